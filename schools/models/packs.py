"""What a teacher takes: a pack, and whom it suits."""

from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from modelcluster.models import ClusterableModel

from campaigns.models import AwarenessDate, Campaign
from core.demonstration import SAMPLE_PREFIX
from core.enums import Strand
from core.models import LastingCode
from indicators.models import Objective
from schools.checks import format_of
from schools.enums import FileKind, KeyStage, Licence, Subject, Supervision, Topic

if TYPE_CHECKING:
    from schools.models.files import LessonFile

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
    nothing_to_warn_of = models.BooleanField(
        default=False, help_text="Tick it where you have looked and found nothing that a teacher must be warned of."
    )
    # The closest where nobody says anything else: to err there harms no pupil.
    supervision = models.CharField(
        max_length=10,
        choices=Supervision,
        default=Supervision.LED,
        help_text="How closely pupils are to be looked after. Shown before the files.",
    )
    curriculum = models.TextField(
        "where it meets the curriculum",
        blank=True,
        help_text="One thing on each line, by the document that asks for it: Citizenship, key stage 3: how the law and "
        "the courts work.",
    )
    strands_left_out = models.CharField(
        max_length=300,
        blank=True,
        help_text="Only where some of the five strands are ticked and not all: which it leaves out, and why.",
    )
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.OGL)
    version = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1, "The first version is 1.")],
        help_text="Raise it by one when the files change, and say what changed, so that teachers can tell an old copy.",
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
            models.CheckConstraint(
                condition=Q(supervision__in=Supervision.values), name="lesson_pack_supervision_known"
            ),
            models.CheckConstraint(
                condition=Q(nothing_to_warn_of=False) | Q(content_guidance=""), name="lesson_pack_warns_or_does_not"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sample(self) -> bool:
        """Whether it is of the demonstration, so that what is said of its classes is invented."""
        return self.code.startswith(SAMPLE_PREFIX)

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
    def topics(self) -> list[Topic]:
        """What it is about, in the order of our list."""
        chosen = {row.topic for row in self.topic_rows.all()}
        return [topic for topic in Topic if topic in chosen]

    @property
    def strands(self) -> list[Strand]:
        """The strands that it speaks of, in their one order."""
        chosen = {row.strand for row in self.strand_rows.all()}
        return [strand for strand in Strand if strand in chosen]

    @property
    def awareness_dates(self) -> list[AwarenessDate]:
        """The awareness dates that it suits, by name."""
        return sorted((row.awareness for row in self.awareness_rows.all()), key=str)

    @property
    def learning_points(self) -> list[str]:
        """What pupils will learn, one point each."""
        return _lines(self.learning)

    @property
    def curriculum_points(self) -> list[str]:
        """Where it meets the curriculum, one point each."""
        return _lines(self.curriculum)

    def stages_in_words(self) -> str:
        """The key stages in one line."""
        return ", ".join(str(stage.label) for stage in self.key_stages)

    @property
    def offered_files(self) -> "list[LessonFile]":
        """The files that teachers get: those that were looked through and passed on."""
        return [file for file in self.files.all() if file.file]

    @property
    def kinds_inside(self) -> list[FileKind]:
        """What kinds of files teachers get, each once, in the order of our list."""
        inside = {file.kind for file in self.offered_files}
        return [kind for kind in FileKind if kind in inside]

    @property
    def known_licence(self) -> Licence:
        """The licence with its name and address."""
        return Licence(self.licence)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


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


class PackTopic(models.Model):
    """Something that a pack is about."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="topic_rows")
    topic = models.CharField(max_length=20, choices=Topic)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("pack", "topic"), name="pack_topic_unique"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="pack_topic_known"),
        ]

    def __str__(self) -> str:
        return str(Topic(self.topic).label)


class PackStrand(models.Model):
    """A strand that a pack speaks of."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="strand_rows")
    strand = models.CharField(max_length=20, choices=Strand)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("pack", "strand"), name="pack_strand_unique"),
            models.CheckConstraint(condition=Q(strand__in=Strand.values), name="pack_strand_known"),
        ]

    def __str__(self) -> str:
        return str(Strand(self.strand).label)


class PackAwareness(models.Model):
    """An awareness date that a pack suits. A date that leaves the calendar leaves the pack too."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="awareness_rows")
    awareness = models.ForeignKey(AwarenessDate, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("pack", "awareness"), name="pack_awareness_unique")]

    def __str__(self) -> str:
        return str(self.awareness)


# Where lesson files lie is named here by the first migration.
def private_storage() -> Storage:
    """Return the storage that has no public address; looked up late so that migrations name no place."""
    return storages["private"]


def stored_name(file: "LessonFile", name: str) -> str:
    """Return where a file lies in storage: named by its own key, so that nothing typed reaches the disk."""
    return f"{file.stored_under}/{file.uuid}.{format_of(name)}"
