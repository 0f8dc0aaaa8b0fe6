"""The files of a pack: what arrived, what is passed on of it, and what can be looked at of that."""

import hashlib
import uuid
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from modelcluster.fields import ParentalKey

from campaigns.languages import direction, languages
from core.enums import MakingState
from core.making.models import Made
from core.making.packing import safe_name
from core.privacy import Declaration
from core.storage import discard
from schools.checks import check_lesson_file, format_of
from schools.enums import Audience, FileKind, FileState, Format, Licence
from schools.models.packs import LessonPack, private_storage, stored_name

# What the worker writes: a form that was opened before never puts it back.
OF_WORKER = {"file", "format", "size", "sha256", "pages", "is_tagged", "taken_out", "noticed"}
OF_ARRIVAL = {"arrived", "making", "claim", "done", "of", "touched", "problem"}
KEPT_FOR = timedelta(days=30)


def arrived_name(file: "LessonFile", name: str) -> str:
    """Return where a file waits until it was looked through."""
    return f"{file.stored_under}/arrived-{file.uuid}.{format_of(name)}"


def known_languages() -> list[tuple[str, str]]:
    """Return the languages that a file may be in."""
    return list(languages().items())


class LessonFile(Made):
    """One file of a pack. What ``arrived`` waits for the worker; only what that passed on stands in ``file``.

    Teachers get ``file`` through our own view, and only while a page of the pack is live. A new one takes its place
    once it has been looked through, so that a refusal takes nothing away from them.
    """

    stored_under = "lessons"

    pack = ParentalKey(LessonPack, on_delete=models.CASCADE, related_name="files")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=FileKind)
    audience = models.CharField(max_length=10, choices=Audience)
    language = models.CharField(max_length=10, default="en", choices=known_languages)
    licence = models.CharField(
        max_length=20, choices=Licence, blank=True, help_text="Only where it is another than the pack's."
    )
    arrived = models.FileField(
        "file", storage=private_storage, upload_to=arrived_name, validators=[check_lesson_file], blank=True
    )
    file = models.FileField(storage=private_storage, upload_to=stored_name, blank=True, editable=False)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    format = models.CharField(max_length=10, choices=Format, editable=False, blank=True)
    size = models.PositiveBigIntegerField("size in bytes", editable=False, default=0)
    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    pages = models.PositiveSmallIntegerField("pages or slides", editable=False, null=True)
    is_tagged = models.BooleanField(
        "made to be read aloud", null=True, editable=False, help_text="Of a PDF alone; none where nobody looked."
    )
    why_no_alternative = models.CharField(
        "why there is no accessible alternative",
        max_length=300,
        blank=True,
        help_text="Only for a PDF that cannot be read aloud, where the pack can hold no other form of it.",
    )
    taken_out = models.JSONField(
        "personal details taken out", default=list, editable=False, help_text="Pairs: what it was, and what it said."
    )
    noticed = models.JSONField(default=list, editable=False, help_text="Sentences for whoever added it.")

    sort_order_field = "sort_order"

    class Meta:
        ordering = ("sort_order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("pack", "title"), name="lesson_file_title_unique_in_pack"),
            models.CheckConstraint(condition=Q(file="") | Q(size__gt=0), name="lesson_file_not_empty"),
            models.CheckConstraint(condition=Q(file="") | Q(format__in=Format.values), name="lesson_file_format_known"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="lesson_file_kind_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="lesson_file_audience_known"),
            models.CheckConstraint(
                condition=Q(file="") | Q(sha256__regex=r"^[0-9a-f]{64}$"), name="lesson_file_sha256_is_hex"
            ),
            models.CheckConstraint(condition=Q(licence__in=["", *Licence.values]), name="lesson_file_licence_known"),
            models.CheckConstraint(condition=Q(making__in=MakingState.values), name="lesson_file_making_known"),
            models.CheckConstraint(
                condition=~Q(making="ready") | ~Q(file="") & Q(arrived=""), name="lesson_file_ready_is_there"
            ),
            models.CheckConstraint(
                condition=~Q(making="refused") | ~Q(problem=""), name="lesson_file_refused_for_a_reason"
            ),
        ]

    class Privacy(Declaration):
        """Who wrote a file, as the file itself said when it came."""

        fields = ("taken_out",)
        purpose = "To show whoever adds a lesson file which personal details it held before it was passed on."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's schools leads."
        retention = "30 days after it is noticed. The details are taken out of the file itself before anybody gets it."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Forget what files said more than 30 days ago."""
            return LessonFile.objects.filter(touched__lt=now - KEPT_FOR).exclude(taken_out=[]).update(taken_out=[])

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a new row without a file.

        Raises:
            ValidationError: nothing was chosen.
        """
        if self._state.adding and not self.arrived and not self.file:
            raise ValidationError({"arrived": "Choose a file."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let a newly chosen file wait for the worker; the one in whose place it comes goes."""
        is_new, is_written = _is_fresh(self.arrived), _is_fresh(self.file)
        before = LessonFile.objects.filter(pk=self.pk).values_list("arrived", "file").first() or ("", "")
        if is_new:
            self.making, self.claim, self.problem = MakingState.WAITING, None, ""
        if is_written:
            self.format = format_of(str(self.file.name))
            self.size = self.file.size
            self.sha256 = hashlib.file_digest(self.file.open("rb"), "sha256").hexdigest()
            self.file.seek(0)
        if self.pk and not self._state.adding and "update_fields" not in kwargs:
            left = (set() if is_new else OF_ARRIVAL) | (set() if is_written else OF_WORKER)
            kwargs["update_fields"] = {field.name for field in self._meta.local_concrete_fields[1:]} - left
        super().save(*args, **kwargs)
        for name, is_replaced in zip(before, (is_new, is_written), strict=True):
            if name and is_replaced:
                discard(private_storage(), name)

    @property
    def state(self) -> FileState:
        """What became of the file that came last."""
        if self.making == MakingState.READY:
            return FileState.CLEAN
        if self.making == MakingState.REFUSED:
            return FileState.UNCHECKED if self.arrived else FileState.REFUSED
        return FileState.PENDING

    @property
    def download_name(self) -> str:
        """What the file is called on a teacher's disk: pack and title, in a name that every system takes."""
        return safe_name(f"{self.pack.title} {self.title}", self.format)

    @property
    def known_format(self) -> Format:
        """The format with its name and media type."""
        return Format(self.format)

    @property
    def known_licence(self) -> Licence:
        """The licence that it is given under: its own, or the pack's."""
        return Licence(self.licence or self.pack.licence)

    @property
    def direction(self) -> str:
        """How its lines run, as HTML says it."""
        return direction(self.language)

    @property
    def readable_size(self) -> str:
        """The size as people say it: "120.5 KB"."""
        return filesizeformat(self.size)


def _is_fresh(file: Any) -> bool:
    """Tell whether a file was chosen and is not yet stored: Django gives no other sign of it."""
    return bool(file) and not getattr(file, "_committed", True)


def leaf_name(leaf: "FileLeaf", _name: str) -> str:
    """Return where the picture of a leaf lies in storage: a name of its own each time it is made."""
    return f"{leaf.stored_under}/{uuid.uuid4()}.webp"


class FileLeaf(models.Model):
    """One page or slide of a lesson file, for looking inside: its words, and its picture where it has one."""

    shown_on_pages = False  # the worker refreshes the pages once a file is passed on
    stored_under = "leaves"

    file = models.ForeignKey(LessonFile, on_delete=models.CASCADE, related_name="leaves")
    number = models.PositiveSmallIntegerField()
    pieces = models.JSONField(default=list, help_text="Pairs: heading, text or item, and its words.")
    picture = models.FileField(storage=private_storage, upload_to=leaf_name, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("file", "number"), name="file_leaf_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="file_leaf_number_from_1"),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(sha256="") & Q(width__gt=0, height__gt=0),
                name="file_leaf_picture_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, {self.number}"

    @property
    def grouped(self) -> list[tuple[str, list[str]]]:
        """The pieces by kind, those of a kind that follow each other together: the items of a list."""
        return [(kind, [words for _, words in group]) for kind, group in groupby(self.pieces, lambda piece: piece[0])]


@receiver(post_delete, sender=LessonFile)
def discard_files(instance: LessonFile, **_: Any) -> None:
    """Let the files go with their row; a signal, because a row that goes with its pack is asked in no other way."""
    for kept in filter(None, (instance.file, instance.arrived)):
        discard(kept.storage, str(kept.name))


@receiver(post_delete, sender=FileLeaf)
def discard_picture(instance: FileLeaf, **_: Any) -> None:
    """Let the picture go with its row."""
    if instance.picture:
        discard(instance.picture.storage, str(instance.picture.name))
