"""What the worker does for schools: an id in, fetch, delegate."""

from celery import shared_task

from schools.actions import register_files
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
