"""Calendar months, quarters and years, which measures count by."""

from collections.abc import Iterator
from datetime import date, timedelta

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
