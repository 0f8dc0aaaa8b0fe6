"""Calendar files (RFC 5545): one entry for each date, in the clock time of Britain, the same bytes each time."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Event as Entry

from core.calendars import new_calendar
from events.enums import State
from events.models import Occurrence
from events.queries import ListedDate


def calendar(dates: Iterable[ListedDate], *, name: str = "") -> bytes:
    """Return a calendar of the dates. The bytes change only where a date, its event or its page changes."""
    whole = new_calendar(of="Events", name=name)
    for date in dates:
        whole.add_component(_entry(date))
    return whole.to_ical()


def _entry(date: ListedDate) -> Entry:
    occurrence, entry = date.occurrence, Entry()
    entry.add("uid", f"{occurrence.uuid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", occurrence.modified.astimezone(UTC))
    entry.add("created", occurrence.created.astimezone(UTC))
    entry.add("last-modified", occurrence.modified.astimezone(UTC))
    entry.add("sequence", occurrence.sequence)
    entry.add("dtstart", occurrence.starts.astimezone(timezone.get_default_timezone()))
    entry.add("dtend", occurrence.ends.astimezone(timezone.get_default_timezone()))
    entry.add("summary", _summary(occurrence, date.page.title))
    entry.add("description", date.page.summary)
    entry.add("location", _location(occurrence))
    entry.add("url", f"{settings.SITE_URL}{date.page.get_url_parts()[2]}")
    # RFC 5545 knows no "postponed": at the old time nobody should turn up, so calendars are told it is off.
    entry.add("status", "CONFIRMED" if occurrence.is_standing else "CANCELLED")
    return entry


def _summary(occurrence: Occurrence, title: str) -> str:
    return title if occurrence.is_standing else f"{State(occurrence.state).label}: {title}"


def _location(occurrence: Occurrence) -> str:
    return ", ".join(occurrence.venue.address_lines) if occurrence.venue else occurrence.online_address
