"""What is done to campaigns."""

from campaigns.actions.starting import NoCampaignIndexError, address_is_taken, start_campaign

__all__ = ["NoCampaignIndexError", "address_is_taken", "start_campaign"]
