"""What one person writes and another approves: the columns that such rows share."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from campaigns.enums import ReviewState

if TYPE_CHECKING:
    from campaigns.models.campaigns import Campaign


class Reviewed(models.Model):
    """Something of a campaign that is written, sent in, and approved by somebody who had no hand in it.

    ``frozen`` is all that it says, from the moment it is sent in. ``approved_with`` names the permission to approve it.
    """

    approved_with: ClassVar[str]
    campaign: "models.ForeignKey[Campaign, Campaign]"

    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.DRAFT)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.CharField("why it was sent back", max_length=500, blank=True)
    frozen = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
