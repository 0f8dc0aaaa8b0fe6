"""Dates of events in the calendar of staff."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from campaigns.calendar.entries import Claim, Entry, midnight
from campaigns.calendar.enums import EntryKind, Rule
from campaigns.registry import calendar_entries
from events.enums import State
from events.models import Occurrence


@calendar_entries.offer("events")
def dates(first: date, last: date) -> Iterator[Entry]:
    """Offer every date that touches the time. One that was called off takes no venue and goes out to nobody."""
    touching = Occurrence.objects.filter(starts__lt=midnight(last + timedelta(days=1)), ends__gt=midnight(first))
    for occurrence in touching.select_related("event", "venue"):
        venue = occurrence.venue if occurrence.is_standing else None
        yield Entry(
            kind=EntryKind.EVENT,
            key=str(occurrence.uuid),
            title=f"{occurrence.event.title}, {occurrence.place}",
            starts=occurrence.starts,
            ends=occurrence.ends,
            state=str(State(occurrence.state).label),
            url=reverse("wagtailsnippets_events_occurrence:edit", args=[occurrence.pk]),
            permission="events.change_occurrence",
            needs_decision=occurrence.is_standing,
            is_off=not occurrence.is_standing,
            claims=(Claim(Rule.VENUE, str(venue.pk), venue.name),) if venue else (),
            is_sample=occurrence.event.is_sample,
        )
