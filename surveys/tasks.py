"""What the worker does for surveys by the clock."""

from celery import shared_task
from django.utils import timezone

from surveys import actions


@shared_task(name="surveys.keep_days")
def keep_days() -> None:
    """Open the waves whose day has come, and close those whose last day has passed."""
    actions.keep_days(on=timezone.localdate())


@shared_task(name="surveys.rewrite")
def rewrite() -> None:
    """Shuffle the new answers of every wave that has a batch of them."""
    actions.rewrite_due()
