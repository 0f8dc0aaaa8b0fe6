"""Campaigns, and the pages that tell of them."""

from campaigns.models.campaigns import Campaign, CampaignQuerySet
from campaigns.models.pages import PAGE_KEY, CampaignIndexPage, CampaignPage, CampaignPageQuerySet
from campaigns.models.placements import Placement, PlacementTarget

__all__ = [
    "PAGE_KEY",
    "Campaign",
    "CampaignIndexPage",
    "CampaignPage",
    "CampaignPageQuerySet",
    "CampaignQuerySet",
    "Placement",
    "PlacementTarget",
]
