"""The room campaigns."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Plans and pages of campaigns."""

    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        """Have Django check at every start that artwork can be drawn."""
        from campaigns.artwork import obstacles  # noqa: F401
