"""Calendar files (RFC 5545): one entry for each date, in the clock time of Britain, the same bytes each time."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from events.enums import State
from events.models import Occurrence
from events.queries import ListedDate

# The rules of British clocks since 1996: one hour forward at 01:00 UTC on the last Sunday of March, and back at
# 01:00 UTC on the last Sunday of October (the Summer Time Order 2002, SI 2002/262).
CLOCKS = Timezone.from_ical(
    """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
)


def calendar(dates: Iterable[ListedDate], *, name: str = "") -> bytes:
    """Return a calendar of the dates. The bytes change only where a date, its event or its page changes."""
    whole = Calendar()
    whole.add("prodid", "-//Groundswell//Events//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    if name:
        whole.add("name", name)
        whole.add("x-wr-calname", name)
    whole.add_component(CLOCKS)
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
