"""What the worker does for schools: an id in, fetch, delegate."""

from celery import shared_task

from schools.actions import register_files
from schools.actions.worker import make_next
from schools.models import RegisterImport


@shared_task(name="schools.carry_register_file")
def carry_register_file(file_id: int) -> None:
    """Compare a file of the school register, or bring it in, whichever is next."""
    brought = RegisterImport.objects.filter(pk=file_id).first()
    if brought:
        register_files.carry_on(brought=brought)


@shared_task(name="schools.sweep_register_files")
def sweep_register_files() -> None:
    """Carry on files of the school register that a worker forgot or died over."""
    register_files.sweep()


@shared_task(name="schools.make_files")
def make_files() -> None:
    """Look through one file or pack one pack, and come again for the next; beat comes for what was forgotten."""
    if make_next():
        make_files.delay()
