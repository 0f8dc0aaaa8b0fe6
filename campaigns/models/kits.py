"""The share kit of a campaign: what partners post, in the words of each channel and language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat

from campaigns.enums import ReviewState
from campaigns.kits.channels import CHANNELS
from campaigns.languages import language_name
from campaigns.models.artwork import private_storage
from campaigns.models.campaigns import Campaign
from campaigns.models.placements import Placement
from campaigns.models.reviewed import Reviewed
from core.enums import MakingState
from core.making.models import Made
from core.privacy import Declaration
from core.storage import discard


class Kit(Reviewed):
    """One kit of a campaign. The newest that is approved is what the public gets: its texts as they were sent in.

    Artwork and links are not frozen with it: each is approved or kept by itself, and the page shows what is out now.
    """

    shown_on_pages = False
    approved_with = "campaigns.approve_kit"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="kits")
    hashtags = models.CharField(
        max_length=200,
        blank=True,
        help_text="With spaces between them, and a capital at each word for screen readers, such as #NoPlaceForHate.",
    )
    digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name, verbose_name_plural = "share kit", "share kits"
        permissions = [("approve_kit", "Can approve a share kit")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="kit_state_known"),
            models.UniqueConstraint(fields=("campaign",), condition=~Q(state="approved"), name="kit_one_being_written"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False) & ~Q(digest=""),
                name="kit_approved_is_bound",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False) & ~Q(frozen={}), name="kit_sent_in_is_frozen"
            ),
        ]

    class Privacy(Declaration):
        """Who wrote and who approved a share kit."""

        fields = ("writers", "approved_by")
        purpose = "To show that a second person looked at a share kit before partners could use it."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = "Kept with the share kit. A name goes when the account is deleted."

    def __str__(self) -> str:
        return f"Share kit of {self.campaign}"


class KitText(models.Model):
    """What to post in one channel and language. ``{link}`` stands where each partner's own link goes."""

    shown_on_pages = False

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="texts")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="en")
    text = models.TextField(max_length=1000)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("kit", "channel", "language"),
                name="kit_text_one_of_each",
                violation_error_message="There is a text for this channel in this language already.",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="kit_text_not_empty"),
        ]

    def __str__(self) -> str:
        channel = CHANNELS.get(self.channel)
        return f"{channel.label if channel else self.channel}, {language_name(self.language)}"


def stored_name(archive: "KitArchive", _name: str) -> str:
    """Return where an archive lies in storage: a name of its own each time it is made."""
    return f"{archive.stored_under}/{uuid.uuid4()}.zip"


class KitArchive(Made):
    """The kit of a campaign as one ZIP file: with the links of one partner's placement, or with the page's own."""

    shown_on_pages = False  # the worker refreshes the pages when one is made
    stored_under = "kits"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="kit_archives")
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, null=True, related_name="+")
    contents = models.CharField(max_length=64, blank=True, help_text="The digest of what the file holds.")
    file = models.FileField(storage=private_storage, upload_to=stored_name, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("campaign",), condition=Q(placement=None), name="kit_archive_one_a_campaign"
            ),
            models.UniqueConstraint(fields=("placement",), name="kit_archive_one_a_placement"),
            models.CheckConstraint(condition=Q(making__in=MakingState.values), name="kit_archive_making_known"),
            models.CheckConstraint(
                condition=~Q(making="ready") | ~Q(file="") & ~Q(sha256="") & ~Q(contents=""),
                name="kit_archive_ready_is_there",
            ),
            models.CheckConstraint(
                condition=~Q(making="refused") | ~Q(problem=""), name="kit_archive_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(making="making") | Q(claim__isnull=False), name="kit_archive_made_by_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, share kit{f' of {self.placement}' if self.placement else ''}"

    @property
    def readable_size(self) -> str:
        """The size as people say it: "12.5 MB"."""
        return filesizeformat(self.bytes)


@receiver(post_delete, sender=KitArchive)
def discard_archive(instance: KitArchive, **_: Any) -> None:
    """Let the file go with its row, whichever way that goes."""
    if instance.file:
        discard(instance.file.storage, str(instance.file.name))
