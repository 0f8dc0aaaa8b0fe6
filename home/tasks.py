"""What the worker does for the home room."""

from celery import shared_task

from home import actions
from home.search.actions import answer_nudge


@shared_task(name="home.ask_services")
def ask_services() -> None:
    """Ask the services whose review is near; whoever was asked for this review is not asked again."""
    actions.ask_due_services()


@shared_task(name="home.refresh_search")
def refresh_search() -> None:
    """Bring the index of search up to date: after a nudge, and every few minutes for whatever was forgotten."""
    answer_nudge()
