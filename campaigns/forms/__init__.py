"""The forms of campaigns, in the admin."""

from campaigns.forms.campaigns import CampaignForm
from campaigns.forms.closing import ReopenForm

__all__ = ["CampaignForm", "ReopenForm"]
