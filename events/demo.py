"""The demonstration's three events: invented, at real places, some still to come whenever it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.rich_text import RichText

from campaigns.models import Campaign
from core.approvals.keeping import publish_laid
from core.demonstration import Chapter, chapters
from core.languages.trees import in_english
from events.actions import schedule, start_event
from events.enums import Audience, State
from events.models import Event, EventPage, Occurrence, Venue

CONTACT = "events@example.org"
SAMPLE = "<p><b>Sample event.</b> This event was invented to show how the site works. Please do not travel to it.</p>"

# Real places; the streets and postcodes are left to the council, so that nothing here is wrong.
VENUES = {
    "Huddersfield Town Hall": "Huddersfield",
    "Dewsbury Town Hall": "Dewsbury",
    "Batley Town Hall": "Batley",
    "Greenhead Park": "Huddersfield",
}


@dataclass(frozen=True)
class DemoDate:
    """A date so many days from the day of loading, at a venue or (without one) online."""

    days: int
    begins: time
    hours: int
    venue: str = ""
    state: State = State.SCHEDULED


@dataclass(frozen=True)
class DemoEvent:
    """An event of the demonstration."""

    code: str
    title: str
    audience: Audience
    summary: str
    text: str
    dates: tuple[DemoDate, ...]
    campaign: str


EVENTS = (
    DemoEvent(
        code="demo-talk-together",
        title="Talk together: an open afternoon",
        audience=Audience.EVERYONE,
        summary="Sample event. Tea, short talks and stalls by people who support anybody targeted by hate.",
        text="<p>Come for ten minutes or the whole afternoon. Meet local groups, hear what happens when somebody asks "
        "for help, and ask your questions.</p>",
        dates=(
            DemoDate(-60, time(13), 3, "Dewsbury Town Hall"),
            DemoDate(12, time(13), 3, "Huddersfield Town Hall"),
            DemoDate(26, time(13), 3, "Batley Town Hall", State.CANCELLED),
            DemoDate(40, time(13), 3, "Dewsbury Town Hall"),
        ),
        campaign="five-days-one-message",
    ),
    DemoEvent(
        code="demo-walk-in-the-park",
        title="Walk and picnic in the park",
        audience=Audience.FAMILIES,
        summary="Sample event. A gentle walk with stops for stories and games, then a picnic together.",
        text="<p>Bring something to eat. We go at the pace of whoever is slowest, and there is time to sit down.</p>",
        dates=(DemoDate(-95, time(11), 2, "Greenhead Park"), DemoDate(19, time(11), 2, "Greenhead Park")),
        campaign="no-place-for-hate",
    ),
    DemoEvent(
        code="demo-spot-and-support",
        title="Spot it, say it, support: an hour for people at work",
        audience=Audience.PROFESSIONALS,
        summary="Sample event. An online hour on noticing hate incidents at the counter, and what to do next.",
        text="<p>For anybody who meets the public at work. We look at what a hate incident is, how to listen well, and "
        "where to point people.</p>",
        dates=(DemoDate(-30, time(12, 30), 1), DemoDate(9, time(12, 30), 1)),
        campaign="safe-ways-to-help",
    ),
)


def load(report: Callable[[str], None]) -> None:
    """Make the events that are not there yet, with their dates and their live pages."""
    with transaction.atomic():
        for demo in EVENTS:
            if not Event.objects.filter(code=demo.code).exists():
                _make(demo)
            report(demo.title)


def _make(demo: DemoEvent) -> None:
    event = Event.objects.create(
        code=demo.code,
        title=demo.title,
        audience=demo.audience,
        contact=CONTACT,
        campaign=Campaign.objects.filter(code=demo.campaign).first(),
    )
    for date in demo.dates:
        _add(event, date)
    page = start_event(event=event)
    page.summary = demo.summary
    page.body = [("text", RichText(SAMPLE + demo.text))]
    publish_laid(page)


def _add(event: Event, date: DemoDate) -> None:
    day = timezone.localdate() + timedelta(days=date.days)
    starts = datetime.combine(day, date.begins, tzinfo=timezone.get_default_timezone())
    schedule(
        event=event,
        starts=starts,
        ends=starts + timedelta(hours=date.hours),
        venue=_venue(date.venue) if date.venue else None,
        online_address="" if date.venue else "https://meet.example.org/spot-and-support",
        state=date.state,
    )


def _venue(name: str) -> Venue:
    return Venue.objects.get_or_create(name=name, defaults={"address": VENUES[name]})[0]


@transaction.atomic
def remove() -> None:
    """Take the demonstration's events away with their pages and dates, and their venues where nobody else uses them."""
    codes = [demo.code for demo in EVENTS]
    for page in in_english(EventPage.objects).filter(event__code__in=codes):
        page.delete()
    Occurrence.objects.filter(event__code__in=codes).delete()
    Event.objects.filter(code__in=codes).delete()
    Venue.objects.filter(name__in=VENUES, postcode="", transport="", ward=None, occurrences=None).delete()


chapters.offer("events")(Chapter(order=51, steps=len(EVENTS), load=load, remove=remove))
