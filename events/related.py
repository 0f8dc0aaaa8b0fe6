"""Events that belong to a campaign."""

from django.db.models import Q
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.registry import related


@related.offer("events")
def pages(campaign: Campaign) -> Q:
    """Return which pages are those of the campaign's events that still have a date to come."""
    return Q(eventpage__event__campaign=campaign, eventpage__event__occurrences__ends__gt=timezone.now())
