"""What can be asked about events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from core.approvals.showing import approved_version, as_approved
from core.languages.trees import in_language
from core.models.pages import closed_to_some
from events.enums import Audience, Setting
from events.models import EventPage, Occurrence, OccurrenceQuerySet

DATES_A_PAGE = 20


@dataclass(frozen=True)
class ListedDate:
    """One date of an event with the page that tells about it."""

    occurrence: Occurrence
    page: EventPage

    @property
    def title(self) -> str:
        """The event's title in lists."""
        return self.page.card_title

    @property
    def summary(self) -> str:
        """The event's summary in lists."""
        return self.page.card_summary

    @property
    def meta(self) -> str:
        """When and where, in one line."""
        return f"{self.occurrence.when} · {self.occurrence.place}"

    @property
    def tag(self) -> str:
        """What is unusual about this date: cancelled or postponed, else nothing."""
        return "" if self.occurrence.is_standing else self.occurrence.get_state_display()


@dataclass(frozen=True)
class EventDates:
    """The dates of one event: those to come, and those that have been."""

    coming: list[tuple[Occurrence, str]]
    past: list[Occurrence]


def live_event_pages() -> Any:
    """Return the event pages that everybody may see in the language that is read, with their events."""
    unexpired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    pages = in_language(EventPage.objects.live().filter(~closed_to_some(), unexpired))
    return pages.select_related("event__campaign").order_by("pk")


def shown_occurrences() -> OccurrenceQuerySet:
    """Return the dates of events that have a page for everybody, with venue and event."""
    live = live_event_pages().values("event")
    return Occurrence.objects.filter(event__in=live).select_related("venue", "event")


def listed(occurrences: Iterable[Occurrence], request: HttpRequest | None = None) -> list[ListedDate]:
    """Pair dates with the live page of their event as it was approved, in as many queries for one as for all."""
    dates = list(occurrences)
    live = live_event_pages().filter(event__in={date.event_id for date in dates})
    pages = {page.event_id: page for page in as_approved(live, request)}
    return [ListedDate(date, pages[date.event_id]) for date in dates if date.event_id in pages]


def coming_occurrences(limit: int | None = None, request: HttpRequest | None = None) -> list[ListedDate]:
    """Return the dates to come that everybody may see, soonest first, cancelled ones among them."""
    return listed(shown_occurrences().coming(timezone.now())[:limit], request)


def page_with(*, slug: str, occurrence: UUID) -> ListedDate | None:
    """Return the date ``occurrence`` with its live page at ``slug``, or None."""
    page = live_event_pages().filter(slug=slug, event__occurrences__uuid=occurrence).first()
    shown = approved_version(page) if page else None
    if shown is None or shown.event_id != page.event_id:
        return None
    return ListedDate(Occurrence.objects.select_related("venue", "event").get(uuid=occurrence), shown)


def dates_of(page: EventPage) -> EventDates:
    """Return the dates of a page's event, each coming one with the address of its calendar file."""
    dates, now = page.event.occurrences.select_related("venue"), timezone.now()
    coming = [(date, page.calendar_address(date) if page.live else "") for date in dates.coming(now)]
    return EventDates(coming=coming, past=list(dates.past(now)))


@dataclass(frozen=True)
class Choice:
    """What a visitor asks for: coming or past, for whom, where. What makes no sense is passed over."""

    past: bool = False
    audience: str = ""
    setting: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        """Read a choice from an address."""
        audience, setting = query.get("audience", ""), query.get("where", "")
        return cls(
            past=query.get("when") == "past",
            audience=audience if audience in Audience.values else "",
            setting=setting if setting in Setting.values else "",
        )

    def narrow(self, occurrences: OccurrenceQuerySet) -> OccurrenceQuerySet:
        """Return those of ``occurrences`` that fit, in order."""
        now = timezone.now()
        found = occurrences.past(now) if self.past else occurrences.coming(now)
        if self.audience:
            found = found.filter(event__audience=self.audience)
        if self.setting:
            found = found.filter(venue__isnull=self.setting == Setting.ONLINE)
        return found

    @property
    def words(self) -> list[str]:
        """What was chosen but the time, as people read it."""
        audience = [str(Audience(self.audience).label)] if self.audience else []
        return audience + ([str(Setting(self.setting).label)] if self.setting else [])

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        named = {"when": "past" if self.past else "", "audience": self.audience, "where": self.setting}
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True)
class Option:
    """One answer to choose, with the number of dates that it leads to."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Options:
    """What can be chosen, each with the number of dates that it leads to, given the other choices."""

    audiences: list[Option]
    settings: list[Option]


def options(choice: Choice) -> Options:
    """Return what can be chosen beside ``choice``, in two queries."""
    by_audience = replace(choice, audience="").narrow(shown_occurrences())
    by_setting = replace(choice, setting="").narrow(shown_occurrences())
    audiences = dict(by_audience.values_list("event__audience").annotate(number=Count("pk")).order_by())
    online = Q(venue=None)
    settings = by_setting.aggregate(
        **{Setting.IN_PERSON: Count("pk", filter=~online), Setting.ONLINE: Count("pk", filter=online)}
    )
    return Options(
        audiences=[Option(value, str(label), audiences.get(value, 0)) for value, label in Audience.choices],
        settings=[Option(value, str(label), settings[value]) for value, label in Setting.choices],
    )


def page_of(choice: Choice, request: HttpRequest) -> ListPage:
    """Return the page of the dates that fit which ``request`` asks for; the nearest where that makes no sense."""
    found = Paginator(choice.narrow(shown_occurrences()), DATES_A_PAGE).get_page(request.GET.get("page"))
    found.object_list = listed(found.object_list, request)  # type: ignore[assignment]  # what a template goes through
    return found
