"""Makers of events, venues, dates and their pages."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone
from wagtail.models import Site

from events.actions import schedule
from events.models import Event, EventIndexPage, EventPage, Occurrence, Venue

_numbers = count(1)


def make_events_index() -> EventIndexPage:
    """Return the events page, made if need be."""
    found = EventIndexPage.objects.first()
    if found is None:
        found = EventIndexPage(title="Events", slug="events", summary="What is on near you.")
        Site.objects.get(is_default_site=True).root_page.add_child(instance=found)
    return found


def make_event(**fields) -> Event:
    number = next(_numbers)
    return Event.objects.create(
        **{"code": f"event-{number}", "title": f"Event {number}", "contact": "events@example.org"} | fields
    )


def make_venue(**fields) -> Venue:
    number = next(_numbers)
    return Venue.objects.create(
        **{"name": f"Hall {number}", "address": "1 High Street\nHuddersfield", "postcode": "HD1 2TT"} | fields
    )


def make_occurrence(event: Event | None = None, *, starts: datetime | None = None, **fields) -> Occurrence:
    starts = starts or timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
    if "online_address" not in fields and "venue" not in fields:
        fields["venue"] = make_venue()
    return schedule(**{"event": event or make_event(), "starts": starts, "ends": starts + timedelta(hours=2)} | fields)


def make_event_page(event: Event | None = None, *, live: bool = True, **fields) -> EventPage:
    event = event or make_event()
    page = EventPage(
        **{"title": event.title, "slug": event.code, "summary": "Come along.", "event": event, "live": live} | fields
    )
    make_events_index().add_child(instance=page)
    return page
