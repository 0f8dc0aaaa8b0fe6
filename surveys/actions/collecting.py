"""What changes the ways in to a wave, and counts the answers that come by each."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from core.models import User
from surveys.enums import WaveState
from surveys.models import Collector, RaisedLimit, Tally, Wave


@transaction.atomic
def keep_collector(*, collector: Collector, by: User | None = None) -> Collector:
    """Add a way in to its wave, or keep what was changed of it.

    Raises:
        ValidationError: its wave is closed, something in it is wrong, or answers have come by it and it would say
            something else about them.
    """
    wave = _refuse_closed(collector)
    is_new = collector.pk is None
    collector.full_clean()
    collector.save()
    log(instance=wave, action="surveys.keep_collector", user=by, data={"code": collector.code, "is_new": is_new})
    return collector


@transaction.atomic
def remove_collector(*, collector: Collector, by: User | None = None) -> None:
    """Take a way in away.

    Raises:
        ValidationError: answers have come by it.
    """
    wave = _lock(collector)
    log(instance=wave, action="surveys.remove_collector", user=by, data={"code": collector.code})
    collector.delete()


@transaction.atomic
def raise_limit(*, limit: RaisedLimit, reason: str, by: User) -> RaisedLimit:
    """Let more people send their answers over one connection, at a venue on a day.

    Raises:
        ValidationError: the wave is closed, something in ``limit`` is wrong, or it is raised there already.
    """
    wave = _refuse_closed(limit.collector)
    limit.full_clean()
    limit.save()
    log(instance=wave, action="surveys.raise_limit", user=by, data=_said_of(limit) | {"reason": reason})
    return limit


@transaction.atomic
def lower_limit(*, limit: RaisedLimit, by: User) -> None:
    """Take a raised limit back."""
    log(instance=_lock(limit.collector), action="surveys.lower_limit", user=by, data=_said_of(limit))
    limit.delete()


def _said_of(limit: RaisedLimit) -> dict[str, Any]:
    return {"code": limit.collector.code, "venue": limit.venue, "day": f"{limit.day}", "most": limit.most}


def _refuse_closed(collector: Collector) -> Wave:
    """Return the wave of ``collector``, locked, unless it is closed."""
    wave = _lock(collector)
    if wave.state == WaveState.CLOSED:
        raise ValidationError("This wave is closed, so its ways in stay as they are.", code="closed")
    return wave


def _lock(collector: Collector) -> Wave:
    """Lock the wave, as whoever sends answers does: none comes between the look and the change."""
    return Wave.objects.select_for_update(of=("self",)).get(pk=collector.wave_id)


def tally(*, collector: Collector, day: date, in_burst: bool = False) -> None:
    """Count one more answer by ``collector`` on ``day``, and whether it was sent in a burst.

    The counts say nothing of which answer it was.
    """
    first = {"count": 1, "in_bursts": int(in_burst)}
    row, is_new = Tally.objects.get_or_create(collector=collector, day=day, defaults=first)
    if not is_new:
        more = {name: F(name) + one for name, one in first.items()}
        Tally.objects.filter(pk=row.pk).update(**more)
