"""The sign of life of worker and beat."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from core.health.checks import TICK_KEY


@shared_task(name="core.beat_ticked")
def beat_ticked() -> None:
    """Note the time: beat sent this, and a worker took it."""
    cache.set(TICK_KEY, timezone.now(), None)
