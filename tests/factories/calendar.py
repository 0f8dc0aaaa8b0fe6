"""Makers of restricted periods, of awareness dates, and of entries of the calendar."""

from datetime import date, datetime, timedelta

from campaigns.calendar.entries import Entry
from campaigns.calendar.enums import DateRule, EntryKind, PeriodKind
from campaigns.models import AwarenessDate, RestrictedPeriod
from core.models import User


def make_period(starts: date, *, days: int = 10, **fields) -> RestrictedPeriod:
    """Return a restricted period of so many days."""
    return RestrictedPeriod.objects.create(
        **{
            "name": "Local elections",
            "kind": PeriodKind.ELECTION,
            "starts": starts,
            "ends": starts + timedelta(days=days - 1),
            "restricts": "Nothing that could be taken for support of a party.",
            "source": "Notice of election",
        }
        | fields
    )


def make_awareness_date(name: str) -> AwarenessDate:
    """Return an awareness date that is announced each year."""
    return AwarenessDate.objects.create(name=name, rule=DateRule.ANNOUNCED, source="Those who hold it")


def make_entry(starts: date | datetime, ends: date | datetime | None = None, **fields) -> Entry:
    """Return an entry that stands in no room."""
    given = {"kind": EntryKind.CAMPAIGN, "key": "no-place", "title": "No place for hate"} | fields
    return Entry(starts=starts, ends=starts if ends is None else ends, **given)


def decided(period: RestrictedPeriod, entry: Entry, by: User, reason: str = "The monitoring officer agreed."):
    """Record that an entry may go out in a period."""
    from campaigns.actions.calendar import decide

    return decide(period=period, entry=entry, reason=reason, by=by)
