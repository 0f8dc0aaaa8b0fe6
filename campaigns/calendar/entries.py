"""What a room offers to the calendar, and when that is on the clocks of Britain.

A day in the calendar is a day in Britain, whatever the time zone of whoever looks: staff may have set another one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from campaigns.calendar.enums import EntryKind, Rule

LEAST = timedelta(minutes=1)  # what happens at one moment, such as a page going live, lasts so long


@dataclass(frozen=True)
class Claim:
    """Something that only one entry should have at a time: a venue, an audience, a channel.

    Two entries that claim the same ``key`` by the same ``rule`` at once clash; ``name`` says what it is.
    """

    rule: Rule
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in the calendar. ``kind`` and ``key`` name it for as long as it lives.

    ``starts`` and ``ends`` are days (both count) or moments with a time zone. ``needs_decision`` says that the public
    meets it, so that it may not fall into a restricted period unless somebody decides so; a decision about the campaign
    with the code ``campaign`` is enough for it. ``url`` leads to it in the admin, for those who have ``permission``.
    """

    kind: EntryKind
    key: str
    title: str
    starts: date | datetime
    ends: date | datetime
    state: str = ""
    url: str = ""
    permission: str = ""
    needs_decision: bool = False
    campaign: str = ""
    claims: tuple[Claim, ...] = ()
    is_off: bool = False  # it was called off: calendars strike it out
    is_sample: bool = False

    @property
    def name(self) -> tuple[str, str]:
        """What decisions call it."""
        return self.kind, self.key

    @property
    def answers_to(self) -> set[tuple[str, str]]:
        """The names of what a decision may be about for this to be decided."""
        campaign = {(str(EntryKind.CAMPAIGN), self.campaign)} if self.campaign else set()
        return {(str(self.kind), self.key), *campaign}

    @property
    def is_timed(self) -> bool:
        """Whether it begins at an hour, not with a day."""
        return isinstance(self.starts, datetime)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From which moment until when, the second one no longer part of it."""
        first = self.starts if isinstance(self.starts, datetime) else midnight(self.starts)
        if not isinstance(self.ends, datetime):
            return first, midnight(self.ends + timedelta(days=1))
        return first, max(self.ends, first + LEAST)

    @property
    def first(self) -> date:
        """Its first day in Britain."""
        return in_britain(self.span[0]).date()

    @property
    def last(self) -> date:
        """Its last day in Britain; what ends at midnight ends with the day before."""
        return in_britain(self.span[1] - timedelta(microseconds=1)).date()

    @property
    def clock(self) -> str:
        """The hour at which it begins in Britain; nothing where it begins with a day."""
        return f"{in_britain(self.starts):%H:%M}" if isinstance(self.starts, datetime) else ""

    @property
    def when(self) -> str:
        """Its days, and its hours where it has any, in words."""
        if isinstance(self.starts, datetime) and isinstance(self.ends, datetime):
            begins, ends = in_britain(self.starts), in_britain(self.ends)
            if ends <= begins:
                return f"{_said(begins)}, {begins:%H:%M}"
            if begins.date() == ends.date():
                return f"{_said(begins)}, {begins:%H:%M} to {ends:%H:%M}"
            return f"{_said(begins)}, {begins:%H:%M}, to {_said(ends)}, {ends:%H:%M}"
        return days_in_words(self.first, self.last)


def midnight(day: date) -> datetime:
    """Return the moment at which ``day`` begins in Britain."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def in_britain(moment: datetime) -> datetime:
    """Return ``moment`` on the clocks of Britain."""
    return moment.astimezone(timezone.get_default_timezone())


def today() -> date:
    """Return the day that it is in Britain."""
    return in_britain(timezone.now()).date()


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Tell whether two spans have a moment in common. Moments are compared in UTC: an hour comes twice in October."""
    return one[0].timestamp() < other[1].timestamp() and other[0].timestamp() < one[1].timestamp()


def days_in_words(first: date, last: date) -> str:
    """Return the days from ``first`` to ``last``: "10 to 17 October 2026"."""
    if first == last:
        return _said(first)
    if first.year != last.year:
        return f"{_said(first)} to {_said(last)}"
    return f"{date_format(first, 'j' if first.month == last.month else 'j F')} to {_said(last)}"


def _said(day: date) -> str:
    return date_format(day, "j F Y")
