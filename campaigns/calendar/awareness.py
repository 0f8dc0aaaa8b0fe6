"""On which days of a year an awareness date falls."""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from campaigns.calendar.enums import DateRule, Nth

if TYPE_CHECKING:
    from campaigns.models import AwarenessDate

Days = tuple[date, date]


def days_by_rule(awareness: "AwarenessDate", year: int) -> Days | None:
    """Return the first and last day of ``awareness`` in ``year``; None where only an announcement can tell."""
    if awareness.rule == DateRule.ANNOUNCED:
        return None
    month = awareness.month or 1
    if awareness.rule == DateRule.DAY:
        return (date(year, month, awareness.day or 1),) * 2
    if awareness.rule == DateRule.MONTH:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    first = nth_weekday(year, month, awareness.weekday or 0, Nth(awareness.nth or 1))
    last = nth_weekday(year, month, awareness.weekday or 0, Nth(awareness.last_nth or awareness.nth or 1))
    return first, last


def nth_weekday(year: int, month: int, weekday: int, nth: Nth) -> date:
    """Return the ``nth`` such weekday of a month."""
    day_of_first = (weekday - date(year, month, 1).weekday()) % 7 + 1
    days = range(day_of_first, calendar.monthrange(year, month)[1] + 1, 7)
    return date(year, month, days[-1] if nth == Nth.LAST else days[nth - 1])


def next_days(awareness: "AwarenessDate", day: date) -> Days | None:
    """Return the first days of ``awareness`` that have not ended by ``day``; None where none is announced."""
    return min(days_between(awareness, day, day.replace(month=12, day=31, year=day.year + 1)), default=None)


def days_between(awareness: "AwarenessDate", first: date, last: date) -> Iterator[Days]:
    """Go through the days of ``awareness`` that touch the time from ``first`` to ``last``.

    Announced ones are read from ``awareness.announced``, which a list fetches with its rows.
    """
    found: Iterable[Days | None]
    if awareness.rule == DateRule.ANNOUNCED:
        found = [(one.starts, one.ends) for one in awareness.announced.all()]
    else:
        found = [days_by_rule(awareness, year) for year in range(first.year, last.year + 1)]
    yield from (days for days in found if days and days[0] <= last and days[1] >= first)
