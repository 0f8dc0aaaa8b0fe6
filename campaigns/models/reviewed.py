"""What one person writes and another approves, and what a worker makes: the columns that such rows share."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from campaigns.enums import MakingState, ReviewState

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


class Made(models.Model):
    """Something that a worker makes files of. The row is the truth: a task is a nudge, and a sweeper finds the row.

    Whoever makes it holds the ``claim``; one whose maker fell silent is claimed anew, and the old claim writes nothing.
    """

    making = models.CharField(max_length=10, choices=MakingState, default=MakingState.WAITING)
    claim = models.UUIDField(null=True, editable=False)
    done = models.PositiveSmallIntegerField(default=0, help_text="How many files are made.")
    of = models.PositiveSmallIntegerField(default=0, help_text="How many there will be.")
    touched = models.DateTimeField(null=True, help_text="When the worker last said how far it is.")
    problem = models.TextField(blank=True, help_text="Why it was not made, and the mend, in a sentence.")

    class Meta:
        abstract = True
