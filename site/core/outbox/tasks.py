"""Nudges and the sweeper: both only find rows and delegate."""

from celery import shared_task

from core.outbox import actions

# Below the lease of a message that is being sent, so that none is put in doubt by the clock while its worker talks.
LIMITS = {"soft_time_limit": 200, "time_limit": 240}


@shared_task(name="core.outbox.deliver", **LIMITS)
def deliver(message_id: int) -> None:
    """Send one message if it is waiting and due."""
    actions.deliver(message_id)


@shared_task(name="core.outbox.sweep", **LIMITS)
def sweep() -> None:
    """Send what was forgotten, and put in doubt what a dead worker was sending."""
    actions.sweep()
