"""Calendar files."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.calendars import calendar_response
from events.calendars import calendar
from events.queries import coming_occurrences, page_with

CALENDAR_NAME = "Events"


@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """Give every date to come, for a calendar to subscribe to."""
    content = calendar(coming_occurrences(request=request), name=CALENDAR_NAME)
    return calendar_response(request, content, "events.ics", caching="no-cache")


@require_safe
def occurrence(request: HttpRequest, event: str, occurrence: UUID) -> HttpResponseBase:
    """Give one date.

    Raises:
        Http404: no live, public page at this address has the date.
    """
    date = page_with(slug=event, occurrence=occurrence)
    if date is None:
        raise Http404("No such date.")
    return calendar_response(request, calendar([date]), f"{date.page.slug}.ics", caching="no-cache")
