"""What the worker does for surveys by the clock."""

from celery import shared_task

from surveys import actions


@shared_task(name="surveys.rewrite")
def rewrite() -> None:
    """Shuffle the new answers of every wave that has a batch of them."""
    actions.rewrite_due()
