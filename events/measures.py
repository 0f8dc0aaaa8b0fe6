"""What the events room can be measured by."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from events.models import Occurrence
from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures

SOURCE = "The dates entered on this site"


def _by_period(months: int) -> tuple[Counter[date], Counter[date]]:
    """Return the real dates held and the sample ones, by the first day of their period."""
    real: Counter[date] = Counter()
    sample: Counter[date] = Counter()
    for occurrence in Occurrence.objects.held(timezone.now()).select_related("event"):
        found = sample if occurrence.event.is_sample else real
        found[first_day(timezone.localdate(occurrence.starts), months)] += 1
    return real, sample


def read_held(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return how many dates of events were held by calendar period; the running one is provisional ([p]).

    A date counts once it is over, and only if it was neither cancelled nor postponed. A period with events of its
    own never takes in sample ones.

    Raises:
        ValueError: a parameter is wrong.
    """
    months = months_in(parameters.get("period") or "")
    real, sample = _by_period(months)
    return readings(counted=real, sample=sample, months=months, today=timezone.localdate(), source=SOURCE)


measures.offer("events.held")(
    Measure(
        name="Events held",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="events",
        read=read_held,
        parameters={"period": "month, quarter or year; quarter unless told."},
        note="Each date counts once, when it is over; cancelled and postponed dates do not count.",
    )
)
