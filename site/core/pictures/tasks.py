"""What is done about pictures by the clock."""

from celery import shared_task

from core.pictures.actions import take_files_away


@shared_task(name="core.keep_pictures")
def keep_pictures() -> None:
    """Take away the files of pictures whose last day has passed, or whose withdrawal was cut short."""
    take_files_away()
