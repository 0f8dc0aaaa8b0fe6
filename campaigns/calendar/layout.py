"""A month as a calendar draws it: weeks from Monday, what lasts several days across them, the rest in its day."""

from calendar import Calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.calendar.entries import Entry
from campaigns.calendar.enums import EntryKind


@dataclass(frozen=True)
class Bar:
    """What lasts several days, as one week shows it: from which column, over how many, and whether it is going on."""

    entry: Entry
    column: int
    days: int
    has_begun: bool
    goes_on: bool


@dataclass(frozen=True)
class Day:
    """One day, with what begins and ends on it."""

    date: date
    is_of_month: bool
    is_today: bool
    is_restricted: bool
    things: list[Entry]


@dataclass(frozen=True)
class Week:
    """Seven days from Monday."""

    days: list[Day]
    bars: list[Bar]

    @property
    def first(self) -> date:
        """Its Monday."""
        return self.days[0].date


def bounds(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of the weeks that ``month`` touches."""
    days = list(Calendar().itermonthdates(year, month))
    return days[0], days[-1]


def weeks_of(year: int, month: int, entries: Iterable[Entry], *, today: date) -> list[Week]:
    """Return the weeks that the month touches, each with its share of ``entries``."""
    several = list(entries)
    single = [entry for entry in several if entry.first == entry.last]
    long = [entry for entry in several if entry.first != entry.last]
    periods = [entry for entry in several if entry.kind == EntryKind.PERIOD]
    dates = list(Calendar().itermonthdates(year, month))
    return [
        Week(
            [_day(day, month, single, periods, today=today) for day in dates[start : start + 7]],
            [bar for entry in long if (bar := _bar(entry, dates[start]))],
        )
        for start in range(0, len(dates), 7)
    ]


def _day(day: date, month: int, single: Iterable[Entry], periods: Collection[Entry], *, today: date) -> Day:
    return Day(
        date=day,
        is_of_month=day.month == month,
        is_today=day == today,
        is_restricted=any(period.first <= day <= period.last for period in periods),
        things=[entry for entry in single if entry.first == day],
    )


def _bar(entry: Entry, monday: date) -> Bar | None:
    sunday = monday + timedelta(days=6)
    if entry.last < monday or entry.first > sunday:
        return None
    first, last = max(entry.first, monday), min(entry.last, sunday)
    return Bar(entry, first.weekday() + 1, (last - first).days + 1, entry.first < monday, entry.last > sunday)
