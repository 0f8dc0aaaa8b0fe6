"""Artwork: pictures with words, from which every poster and post of a campaign in one language is made."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat

from campaigns.enums import FileKind, ReviewState
from campaigns.models.campaigns import Campaign
from campaigns.models.placements import Placement
from campaigns.models.reviewed import Reviewed
from core.enums import MakingState
from core.making.models import Made
from core.models import Image
from core.privacy import Declaration
from core.storage import discard

LONGEST_CODE = 30


class Artwork(Reviewed):
    """The words, the picture and the layout of one artwork in one language, as they are being written.

    Sending it in freezes its design; approving that makes an :class:`ArtworkVersion`, of which files are made. Its
    ``code`` and its language stand in the names of the files, so they stay as they were first given.
    """

    shown_on_pages = False
    approved_with = "campaigns.approve_artwork"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="artworks")
    title = models.CharField(max_length=100)
    code = models.SlugField(max_length=LONGEST_CODE, editable=False)
    language = models.CharField(max_length=10)
    layout = models.CharField(max_length=40, blank=True)
    picture = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    picture_alternative = models.CharField("what the picture shows", max_length=250, blank=True)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    headline = models.CharField(max_length=255, blank=True)
    text = models.TextField(max_length=600, blank=True)
    action = models.CharField("what to do", max_length=120, blank=True)

    class Meta:
        ordering = ("title", "language", "pk")
        verbose_name = verbose_name_plural = "artwork"
        permissions = [("approve_artwork", "Can approve artwork")]
        constraints = [
            models.UniqueConstraint(fields=("campaign", "code", "language"), name="artwork_code_unique"),
            models.CheckConstraint(condition=~Q(code=""), name="artwork_has_a_code"),
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="artwork_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False) & ~Q(frozen={}),
                name="artwork_sent_in_is_frozen",
            ),
        ]

    class Privacy(Declaration):
        """Who wrote an artwork."""

        fields = ("writers",)
        purpose = "To show that a second person looked at an artwork before it was made."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = "Kept with the artwork. A name goes when the account is deleted."

    def __str__(self) -> str:
        return self.title


class ArtworkVersionQuerySet(models.QuerySet["ArtworkVersion"]):
    """Versions by whether they are the newest of their artwork."""

    def current(self) -> "ArtworkVersionQuerySet":
        """Return those that no later one supersedes."""
        newer = ArtworkVersion.objects.filter(artwork=OuterRef("artwork"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))


class ArtworkVersion(Made):
    """A design as it was approved, bound by its digest, and how far the worker is with its files."""

    artwork = models.ForeignKey(Artwork, on_delete=models.PROTECT, related_name="approved_versions")
    number = models.PositiveSmallIntegerField()
    design = models.JSONField()
    digest = models.CharField(max_length=64)
    alternative_text = models.TextField()
    concerns = models.JSONField(default=list, help_text="What does not look well in some size, a sentence each.")
    # A picture of people is deleted some time after it was withdrawn; that it was there, the design says.
    picture = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by_name = models.CharField(
        "approved by",
        max_length=310,
        blank=True,
        help_text="It stays when their account goes. Empty for what commands lay.",
    )
    approved_at = models.DateTimeField(auto_now_add=True)

    objects = ArtworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("artwork", "number"), name="artwork_version_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="artwork_version_from_one"),
            models.CheckConstraint(condition=Q(making__in=MakingState.values), name="artwork_version_making_known"),
            models.CheckConstraint(
                condition=~Q(making=MakingState.REFUSED) | ~Q(problem=""), name="artwork_version_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(making=MakingState.MAKING) | Q(claim__isnull=False), name="artwork_version_made_by_one"
            ),
            models.CheckConstraint(condition=~Q(digest=""), name="artwork_version_is_bound"),
        ]

    class Privacy(Declaration):
        """Who approved an artwork."""

        fields = ("approved_by", "approved_by_name")
        purpose = "To trace an image back to who approved it, and to show that a second person looked at it."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications officers and managers."
        retention = (
            "Kept with the artwork, also when the account is deleted: posters hang on. Files that show a picture are "
            "deleted when the picture is given up."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:  # noqa: ARG003  (the picture's own retention says when)
            """Delete the stored files of versions whose picture is given up; their digests stay, to trace by."""
            showing = ArtworkFile.objects.filter(version__picture=None).exclude(version__design__picture=None)
            kept = list(showing.exclude(file=""))
            for row in kept:
                row.forget()
            return len(kept)

    def __str__(self) -> str:
        return f"{self.artwork}, version {self.number}"

    @property
    def is_unfinished(self) -> bool:
        """Whether the worker still has to do with it."""
        return self.making in {MakingState.WAITING, MakingState.MAKING}

    def why_not_used(self) -> str:
        """Return the sentence that says why its picture may not be used; nothing where it may."""
        if self.picture is not None:
            return self.picture.why_not_used
        return "Its picture was given up." if self.design["picture"] else ""

    def why_not_given_out(self) -> str:
        """Return the sentence that says why nobody gets its files; nothing where they may be given out."""
        return self.why_not_used() or ("" if self.making == MakingState.READY else "Its files are not made.")


def private_storage() -> Storage:
    """Return the storage that has no public address; looked up late so that migrations name no place."""
    return storages["private"]


def stored_name(file: "ArtworkFile", _name: str) -> str:
    """Return where a file lies in storage: under a name that nobody guesses."""
    return f"{file.stored_under}/{file.uuid}.{file.kind}"


class ArtworkFile(models.Model):
    """One file of a version: one size, as a picture or to print."""

    stored_under = "artwork"

    version = models.ForeignKey(ArtworkVersion, on_delete=models.PROTECT, related_name="files")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    size = models.CharField(max_length=20)
    kind = models.CharField(max_length=3, choices=FileKind)
    name = models.CharField(max_length=160, help_text="What it is called where somebody keeps it.")
    file = models.FileField(storage=private_storage, upload_to=stored_name, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(help_text="In pixels; of a PDF, those of the picture it is the same as.")
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("version", "size", "kind"), name="artwork_file_one_of_each"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="artwork_file_sha256_is_hex"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="artwork_file_kind_known"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="artwork_file_not_empty"),
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z0-9]+(-[a-z0-9]+)*\.(png|pdf)$"), name="artwork_file_name_plain"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def readable_size(self) -> str:
        """The size as people say it: "120.5 KB"."""
        return filesizeformat(self.bytes)

    def forget(self) -> None:
        """Delete the stored file and keep what is known of it."""
        discard(self.file.storage, str(self.file.name))
        self.file = ""
        self.save(update_fields=["file"])


@receiver(post_delete, sender=ArtworkFile)
def discard_file(instance: ArtworkFile, **_: Any) -> None:
    """Let the file go with its row; a signal, because a row that goes with others is not asked in any other way."""
    if instance.file:
        discard(instance.file.storage, str(instance.file.name))
