"""Lesson packs that belong to a campaign."""

from django.db.models import Q

from campaigns.models import Campaign
from campaigns.registry import related


@related.offer("schools")
def pages(campaign: Campaign) -> Q:
    """Return which pages are those of the campaign's lesson packs."""
    return Q(lessonpackpage__pack__campaign=campaign)
