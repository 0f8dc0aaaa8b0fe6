"""Calendar files."""

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.calendars import calendar
from events.queries import coming_occurrences, page_with

CALENDAR_NAME = "Events"


@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """Give every date to come, for a calendar to subscribe to."""
    return _answer(request, calendar(coming_occurrences(), name=CALENDAR_NAME), "events.ics")


@require_safe
def occurrence(request: HttpRequest, event: str, occurrence: UUID) -> HttpResponseBase:
    """Give one date.

    Raises:
        Http404: no live, public page at this address has the date.
    """
    date = page_with(slug=event, occurrence=occurrence)
    if date is None:
        raise Http404("No such date.")
    return _answer(request, calendar([date]), f"{date.page.slug}.ics")


def _answer(request: HttpRequest, content: bytes, name: str) -> HttpResponseBase:
    """Answer with the file, or with 304 where the caller has these very bytes."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response
