"""Mailings of campaigns."""

from typing import Any

from campaigns.models import Campaign, Mailing
from tests.factories.campaigns import unsaved_campaign


def make_mailing(campaign: Campaign | None = None, **fields: Any) -> Mailing:
    """Return a mailing that is being written, of a campaign without a page unless one is given."""
    if campaign is None:
        campaign = unsaved_campaign()
        campaign.save()
    fields = {"name": "Newsletter", "code": "mail-newsletter", "subject": "You will be believed"} | fields
    return Mailing.objects.create(campaign=campaign, **fields)
