"""Events that belong to a campaign."""

from typing import Any

from django.utils import timezone

from campaigns.models import Campaign
from campaigns.registry import related
from events.models import EventPage, Occurrence


@related.offer("events")
def pages(campaign: Campaign) -> Any:
    """Return the pages of the campaign's events that still have a date to come."""
    coming = Occurrence.objects.filter(ends__gt=timezone.now())
    return EventPage.objects.filter(event__campaign=campaign, event__in=coming.values("event"))
