"""What a teacher takes: a pack, whom it suits, and its files."""

import hashlib
import uuid
from typing import Any

from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaigns.models import Campaign
from core.models import LastingCode
from core.storage import discard
from indicators.models import Objective
from schools.checks import check_lesson_file, format_of
from schools.enums import Audience, FileKind, Format, KeyStage, Licence, Subject

LONGEST_LESSON = 600


class LessonPack(LastingCode, ClusterableModel):
    """A lesson with everything needed to teach it. The page of each language points to it."""

    code = models.SlugField(
        max_length=60, unique=True, help_text="A short lasting name with hyphens, such as words-online."
    )
    title = models.CharField(max_length=150)
    duration = models.PositiveSmallIntegerField(
        "length of the lesson in minutes",
        validators=[
            MinValueValidator(1, "Give the length in minutes: 1 or more."),
            MaxValueValidator(LONGEST_LESSON, "Give the length in minutes: %(limit_value)s or fewer."),
        ],
    )
    learning = models.TextField(
        "what pupils will learn", help_text="One thing on each line, beginning with a verb: Explain what prejudice is."
    )
    content_guidance = models.TextField(
        blank=True,
        help_text="What a teacher must know before using it: upsetting content, words quoted, who may need care. "
        "Shown before the files.",
    )
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.OGL)
    version = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1, "The first version is 1.")],
        help_text="Raise it by one when the files change, so that teachers can tell an old copy.",
    )
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The campaign that the pack belongs to, if any: its downloads count towards it.",
    )
    objective = models.ForeignKey(
        Objective,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What the strategy wants that this lesson serves.",
    )

    class Meta:
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=Q(duration__gte=1, duration__lte=LONGEST_LESSON), name="lesson_pack_lasts_1_to_600_minutes"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="lesson_pack_version_from_1"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="lesson_pack_licence_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key_stages(self) -> list[KeyStage]:
        """The key stages it suits, youngest first."""
        chosen = {row.key_stage for row in self.key_stage_rows.all()}
        return [stage for stage in KeyStage if stage in chosen]

    @property
    def subjects(self) -> list[Subject]:
        """The subjects it can be taught in, in alphabetical order."""
        chosen = {row.subject for row in self.subject_rows.all()}
        return [subject for subject in Subject if subject in chosen]

    @property
    def learning_points(self) -> list[str]:
        """What pupils will learn, one point each."""
        return [line.strip() for line in self.learning.splitlines() if line.strip()]

    def stages_in_words(self) -> str:
        """The key stages in one line."""
        return ", ".join(str(stage.label) for stage in self.key_stages)

    @property
    def known_licence(self) -> Licence:
        """The licence with its name and address."""
        return Licence(self.licence)


class PackKeyStage(models.Model):
    """A key stage that a pack suits."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="key_stage_rows")
    key_stage = models.CharField(max_length=10, choices=KeyStage)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("pack", "key_stage"), name="pack_key_stage_unique"),
            models.CheckConstraint(condition=Q(key_stage__in=KeyStage.values), name="pack_key_stage_known"),
        ]

    def __str__(self) -> str:
        return str(KeyStage(self.key_stage).label)


class PackSubject(models.Model):
    """A subject that a pack can be taught in."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="subject_rows")
    subject = models.CharField(max_length=20, choices=Subject)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("pack", "subject"), name="pack_subject_unique"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="pack_subject_known"),
        ]

    def __str__(self) -> str:
        return str(Subject(self.subject).label)


def private_storage() -> Storage:
    """Return the storage that has no public address; looked up late so that migrations name no place."""
    return storages["private"]


def stored_name(file: "LessonFile", name: str) -> str:
    """Return where a file lies in storage: named by its own key, so that nothing typed reaches the disk."""
    return f"{file.stored_under}/{file.uuid}.{format_of(name)}"


class LessonFile(models.Model):
    """One file of a pack. Teachers get it through our own view, and only while a page of the pack is live."""

    stored_under = "lessons"

    pack = ParentalKey(LessonPack, on_delete=models.CASCADE, related_name="files")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=FileKind)
    audience = models.CharField(max_length=10, choices=Audience)
    file = models.FileField(storage=private_storage, upload_to=stored_name, validators=[check_lesson_file])
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    format = models.CharField(max_length=10, choices=Format, editable=False)
    size = models.PositiveBigIntegerField("size in bytes", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        ordering = ("sort_order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("pack", "title"), name="lesson_file_title_unique_in_pack"),
            models.CheckConstraint(condition=Q(size__gt=0), name="lesson_file_not_empty"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="lesson_file_format_known"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="lesson_file_kind_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="lesson_file_audience_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="lesson_file_sha256_is_hex"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Describe a newly chosen file (format, size, digest) and save; the file in whose place it comes goes."""
        stored = getattr(self.file, "_committed", True)  # the only sign of a file that is not yet stored
        replaced = None if stored else LessonFile.objects.filter(pk=self.pk).values_list("file", flat=True).first()
        if self.file and not stored:
            self.format = format_of(str(self.file.name))
            self.size = self.file.size
            self.sha256 = hashlib.file_digest(self.file.open("rb"), "sha256").hexdigest()
            self.file.seek(0)
        super().save(*args, **kwargs)
        if replaced:
            discard(self.file.storage, replaced)

    @property
    def download_name(self) -> str:
        """What the file is called on a teacher's disk: pack and title in plain letters."""
        return f"{slugify(self.pack.title)}-{slugify(self.title) or self.kind}.{self.format}"

    @property
    def known_format(self) -> Format:
        """The format with its name and media type."""
        return Format(self.format)

    @property
    def readable_size(self) -> str:
        """The size as people say it: "120.5 KB"."""
        return filesizeformat(self.size)


@receiver(post_delete, sender=LessonFile)
def discard_file(instance: LessonFile, **_: Any) -> None:
    """Let the file go with its row; a signal, because a row that goes with its pack is not asked in any other way."""
    if instance.file:
        discard(instance.file.storage, str(instance.file.name))
