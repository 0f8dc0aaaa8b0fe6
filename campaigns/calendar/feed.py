"""The calendar as a file for the calendars of staff (RFC 5545). It names nobody and says no reason of a decision."""

import uuid
from collections import defaultdict
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Event as Item

from campaigns.calendar.entries import Entry, midnight, today
from campaigns.calendar.gathering import Gathered, gather
from core.calendars import new_calendar

BACK = timedelta(days=92)
AHEAD = timedelta(days=548)
ASK_AGAIN = timedelta(hours=1)


def feed(day: date | None = None) -> bytes:
    """Return the calendar from three months before ``day`` to a year and a half after it.

    The bytes change with what is in it, and with the day.
    """
    day = day or today()
    found = gather(day - BACK, day + AHEAD)
    whole = new_calendar(of="Calendar for staff", name="Groundswell")
    whole.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    clashes = _clashes(found)
    for entry in found.entries:
        whole.add_component(_item(entry, clashes[entry.name], day))
    return whole.to_ical()


def _clashes(found: Gathered) -> defaultdict[tuple[str, str], list[str]]:
    """Return the sentences of what clashes with each entry."""
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for clash in found.clashes:
        for entry in clash.entries:
            said[entry.name].append(clash.sentence)
    return said


def _item(entry: Entry, clashes: list[str], day: date) -> Item:
    item = Item()
    item.add("uid", _uid(entry))
    item.add("dtstamp", midnight(day).astimezone(UTC))
    if entry.is_timed:
        britain = timezone.get_default_timezone()
        item.add("dtstart", entry.span[0].astimezone(britain))
        item.add("dtend", entry.span[1].astimezone(britain))
    else:
        item.add("dtstart", entry.first)
        item.add("dtend", entry.last + timedelta(days=1))
    sample = "Sample data: " if entry.is_sample else ""
    item.add("summary", f"{entry.kind.label}: {sample}{entry.title}")
    item.add("description", "\n".join(filter(None, [entry.state, *clashes])))
    item.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    item.add("transp", "TRANSPARENT")  # nobody is busy because something is on
    if entry.url:
        item.add("url", f"{settings.SITE_URL}{entry.url}")
    return item


def _uid(entry: Entry) -> str:
    """Return a name that stays: of pages in several languages, which a decision calls the same, each has its own."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{entry.kind} {entry.key} {entry.url}")
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"
