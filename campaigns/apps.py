"""The room campaigns."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Plans and pages of campaigns."""

    name = "campaigns"
    verbose_name = "Campaigns"
