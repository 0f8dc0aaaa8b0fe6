"""What the worker does for surveys: by the clock, and when it is nudged."""

from celery import shared_task
from django.utils import timezone

from surveys import actions
from surveys.models import ResultSet
from surveys.publishing import pictures
from surveys.queries import results_to_compute


@shared_task(name="surveys.keep_days")
def keep_days() -> None:
    """Open the waves whose day has come, and close those whose last day has passed."""
    actions.keep_days(on=timezone.localdate())


@shared_task(name="surveys.rewrite")
def rewrite() -> None:
    """Shuffle the new answers of every wave that has a batch of them."""
    actions.rewrite_due()


@shared_task(name="surveys.compute_results")
def compute_results(results_id: int) -> None:
    """Compute the figures of one wave that an analyst asked for."""
    results = ResultSet.objects.filter(pk=results_id).first()
    if results:
        actions.compute_results(results=results)


@shared_task(name="surveys.sweep_results")
def sweep_results() -> None:
    """Compute the results that a worker forgot or died over."""
    for results in results_to_compute(silent_since=timezone.now() - actions.LOST_AFTER):
        actions.compute_results(results=results)


@shared_task(name="surveys.draw_results")
def draw_results() -> None:
    """Draw the pictures of approved results that have none yet."""
    pictures.draw_due()
