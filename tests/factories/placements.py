"""Placements."""

from datetime import date

from wagtail.models import Page

from campaigns.actions.placements import add_placement
from campaigns.models import Campaign, CampaignPage, Placement
from core.enums import Channel
from tests.factories.campaigns import make_live_page


def unsaved_placement(campaign: Campaign, code: str = "bus-42", **fields) -> Placement:
    """Return a placement of ``campaign`` that nothing keeps yet."""
    given = {
        "title": f"Placement {code}",
        "channel": Channel.OUTDOOR,
        "place": "Stand 4",
        "starts": date(2026, 10, 1),
        "ends": date(2026, 10, 31),
    }
    return Placement(campaign=campaign, code=code, **given | fields)


def make_placement(code: str = "bus-42", *, page: Page | None = None, campaign: Campaign | None = None, **fields):
    """Return a placement that leads to ``page``, or else to the live page of its campaign, made if need be."""
    found = CampaignPage.objects.first() if campaign is None else campaign.pages.first()
    goal = page or found or make_live_page()
    campaign = campaign or (found or make_live_page()).campaign
    return add_placement(placement=unsaved_placement(campaign, code, **fields), page=goal, by=None)
