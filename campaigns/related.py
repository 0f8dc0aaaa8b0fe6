"""The campaign's own pages stand beside whatever else belongs to it."""

from campaigns.models import Campaign, CampaignPage, CampaignPageQuerySet
from campaigns.registry import related


@related.offer("campaigns")
def pages(campaign: Campaign) -> CampaignPageQuerySet:
    """Return the pages that tell of ``campaign``."""
    return CampaignPage.objects.filter(campaign=campaign)
