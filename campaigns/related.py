"""The campaign's own pages stand beside whatever else belongs to it."""

from django.db.models import Q

from campaigns.models import Campaign
from campaigns.registry import related


@related.offer("campaigns")
def pages(campaign: Campaign) -> Q:
    """Return which pages tell of ``campaign``."""
    return Q(campaignpage__campaign=campaign)
