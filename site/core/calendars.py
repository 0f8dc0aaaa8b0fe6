"""Calendar files (RFC 5545) in the clock time of Britain, and how they are answered."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from icalendar import Calendar, Timezone

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


def new_calendar(*, of: str, name: str = "") -> Calendar:
    """Return a calendar without entries yet, with the clocks of Britain; ``of`` says in English what is in it."""
    whole = Calendar()
    whole.add("prodid", f"-//Groundswell//{of}//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    if name:
        whole.add("name", name)
        whole.add("x-wr-calname", name)
    whole.add_component(CLOCKS)
    return whole


def calendar_response(request: HttpRequest, content: bytes, filename: str, *, caching: str) -> HttpResponseBase:
    """Answer with the file, or with 304 where the caller has these very bytes."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = caching
    return response
