"""The demonstration's calendar: real awareness dates, and a restricted period that is invented and says so."""

from collections.abc import Callable
from datetime import timedelta

from campaigns.actions.calendar import lay_awareness_dates
from campaigns.calendar.entries import today
from campaigns.calendar.enums import PeriodKind
from campaigns.models import Decision, RestrictedPeriod
from core.demonstration import Chapter, chapters

BEGINS_IN, LASTS = timedelta(days=30), timedelta(days=20)


def load(done: Callable[[str], None]) -> None:
    """Lay the dates that every site begins with, and the period, unless it stands already."""
    lay_awareness_dates()
    begins = today() + BEGINS_IN
    if not RestrictedPeriod.objects.filter(is_sample=True).exists():
        RestrictedPeriod.objects.create(
            name="Before a by-election",
            kind=PeriodKind.ELECTION,
            starts=begins,
            ends=begins + LASTS,
            restricts="Sample data: this election was invented to show how the site works. No new campaign, event or "
            "survey that could be taken for support of a party or a candidate.",
            source="Sample data",
            is_sample=True,
        )
    done("The calendar")


def remove() -> None:
    """Take the invented period away with what was decided about it; awareness dates are real and stay."""
    Decision.objects.filter(period__is_sample=True).delete()
    RestrictedPeriod.objects.filter(is_sample=True).delete()


chapters.offer("campaigns-calendar")(Chapter(order=31, steps=1, load=load, remove=remove))
