"""The forms of campaigns, in the admin."""

from campaigns.forms.campaigns import CampaignForm

__all__ = ["CampaignForm"]
