"""What the public asks of campaigns beside their pages."""

from campaigns.views.placements import lead

__all__ = ["lead"]
