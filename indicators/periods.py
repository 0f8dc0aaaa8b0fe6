"""Calendar months, quarters and years, which measures count by."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from indicators.registry import Reading

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
USUAL = "quarter"


def months_in(period: str) -> int:
    """Return the months in a period; nothing said means a quarter.

    Raises:
        ValueError: ``period`` is not month, quarter or year.
    """
    if (period or USUAL) not in MONTHS_IN:
        raise ValueError(f"The period is {period!r}. Give month, quarter or year.")
    return MONTHS_IN[period or USUAL]


def first_day(day: date, months: int) -> date:
    """Return the first day of the calendar period of 1, 3 or 12 ``months`` in which ``day`` falls."""
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def periods(*, first: date, last: date, months: int) -> Iterator[tuple[date, date]]:
    """Go through the calendar periods from the one of ``first`` to the one of ``last``: first and last day of each."""
    start = first_day(first, months)
    while start <= last:
        following = first_day(start + timedelta(days=31 * months), months)
        yield start, following - timedelta(days=1)
        start = following


def readings(
    *, counted: Mapping[date, int], sample: Mapping[date, int], months: int, today: date, source: str
) -> list[Reading]:
    """Return a reading for every period from the first with a count to the one that runs on ``today``.

    ``counted`` and ``sample`` give what was counted, and what was invented for a demonstration, by the first day of
    its period. A period with counts of its own never takes in sample ones, an empty one reads 0, and the running one
    is provisional ([p]).
    """
    first = min([*counted, *sample], default=None)
    return [
        Reading(
            period_start=start,
            period_end=end,
            value=float(counted[start] if start in counted else sample.get(start, 0)),
            source=source,
            marker="p" if end >= today else "",
            is_sample=start not in counted and start in sample,
        )
        for start, end in (periods(first=first, last=today, months=months) if first else ())
    ]
