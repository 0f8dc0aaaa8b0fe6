"""What is done about pictures when a colleague confirmed it, and by the clock."""

from celery import shared_task

from core.pictures.actions import take_files_away
from core.pictures.models import Replacement, Step
from core.pictures.replacing import carry_out, is_lost


@shared_task(name="core.replace_picture")
def replace_picture(replacement_id: int) -> None:
    """Put another picture in place of one, as a colleague confirmed."""
    replacement = Replacement.objects.filter(pk=replacement_id).first()
    if replacement:
        carry_out(replacement=replacement)


@shared_task(name="core.keep_pictures")
def keep_pictures() -> None:
    """Take away the files of pictures that may not be used, and carry out what a worker forgot or died over."""
    take_files_away()
    for replacement in Replacement.objects.filter(step__in=(Step.CONFIRMED, Step.RUNNING)):
        if replacement.step == Step.CONFIRMED or is_lost(replacement):
            carry_out(replacement=replacement)
