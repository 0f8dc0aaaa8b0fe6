"""What is done to campaigns."""

from campaigns.actions.closing import ClosedCampaignError, close_campaign, refuse_if_closed, reopen_campaign
from campaigns.actions.evaluating import take_out
from campaigns.actions.starting import NoCampaignIndexError, address_is_taken, start_campaign

__all__ = [
    "ClosedCampaignError",
    "NoCampaignIndexError",
    "address_is_taken",
    "close_campaign",
    "refuse_if_closed",
    "reopen_campaign",
    "start_campaign",
    "take_out",
]
