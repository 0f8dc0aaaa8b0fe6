"""A class that answers a few questions before and after a lesson: what it is asked, its codes and what is kept."""

import hashlib
import math
import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any, Never

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.privacy import Declaration
from schools.classes.asking import MOST, MOST_OPTIONS, STAGES, faults_of_hoped, faults_of_wording
from schools.enums import KeyStage
from schools.models.packs import LessonPack
from schools.models.register import School
from surveys.models import Instrument, Wording
from surveys.models.questionnaires import separated

SMALLEST_CLASS, LARGEST_CLASS = 5, 120
CODES_HOLD = timedelta(days=120)  # two half terms with the holidays between them
KEPT_YEARS = 3
ANSWERS = tuple(f"answer_{number}" for number in range(1, MOST + 1))
LAWFUL_BASIS = "Public task, UK GDPR Article 6(1)(e)"

STAGE_CHOICES = [(stage.value, stage.label) for stage in STAGES]
YEARS = {int(year): stage for stage in STAGES for year in stage.years}


class ClassQuestion(models.Model):
    """A wording of the bank that a pack asks classes of one key stage, and which answers its lesson hopes for."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="class_questions")
    key_stage = models.CharField(max_length=10, choices=STAGE_CHOICES)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    hoped = models.CharField(
        "answers that the lesson hopes for",
        max_length=300,
        help_text="Codes of options, with commas between: agree-a-lot, agree-a-little. Figures show their share.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("key_stage", "order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("pack", "key_stage", "wording"),
                name="class_question_unique",
                violation_error_message="This key stage is asked this wording already. Ask it once.",
            ),
            models.CheckConstraint(
                condition=Q(key_stage__in=[stage.value for stage in STAGES]), name="class_question_from_key_stage_2"
            ),
            models.CheckConstraint(condition=~Q(hoped=""), name="class_question_hopes_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {KeyStage(self.key_stage).label}: {self.wording}"

    @property
    def hoped_codes(self) -> list[str]:
        """The codes of the options that the lesson hopes for."""
        return separated(self.hoped)

    def clean(self) -> None:
        """Refuse what no class can be asked, and answers that there are not."""
        super().clean()
        if self.wording_id is None:
            return
        if faults := list(faults_of_wording(self.wording)):
            raise ValidationError({"wording": faults})
        if faults := list(faults_of_hoped(self.wording, self.hoped_codes)):
            raise ValidationError({"hoped": faults})


class UnchangedQuerySet(models.QuerySet[Any]):
    """Rows that are made and never changed."""

    def update(self, **_: Any) -> Never:
        """Refuse to change any.

        Raises:
            ValidationError: always.
        """
        raise ValidationError("These rows never change.", code="frozen")


class Unchanged(models.Model):
    """A row that is made once and never changed."""

    objects = UnchangedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Save a new row; refuse to change one.

        Raises:
            ValidationError: it is stored already.
        """
        if not self._state.adding:
            raise ValidationError(f"A {self._meta.verbose_name} never changes.", code="frozen")
        super().save(**kwargs)


class ClassVersion(Unchanged):
    """What a pack asked classes of one key stage, as it was frozen: both waves of a class ask exactly this.

    ``hoped`` has the codes of the answers that the lesson hopes for, by the item's key.
    """

    pack = models.ForeignKey(LessonPack, on_delete=models.PROTECT, related_name="class_versions")
    key_stage = models.CharField(max_length=10, choices=STAGE_CHOICES)
    number = models.PositiveSmallIntegerField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    hoped = models.JSONField()

    class Meta:
        ordering = ("pack", "key_stage", "-number")
        constraints = [
            models.UniqueConstraint(fields=("pack", "key_stage", "number"), name="class_version_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="class_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {KeyStage(self.key_stage).label}, version {self.number}"


class ClassResult(Unchanged):
    """What is told of one class, or of some small ones together, worked out once when all of it was closed.

    ``figures`` are as they are shown: whole percentages of groups of answers, with nothing in them that is withheld. A
    class belongs to one result at most, so no two of them share a pupil and none can be taken from another.
    """

    figures = models.JSONField()
    made_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return f"Result of {self.made_on:%-d %B %Y}"


def digest_of_link(token: str) -> str:
    """Return what is stored of a private link: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_link() -> str:
    """Return a new random token for a private link."""
    return secrets.token_urlsafe(32)


class ClassSession(models.Model):
    """One class using one pack, made by a teacher without an account, who comes back by a private link."""

    shown_on_pages = False

    version = models.ForeignKey(ClassVersion, on_delete=models.PROTECT, related_name="sessions")
    link_digest = models.CharField(max_length=64, unique=True, editable=False)
    year_group = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(
        "pupils in the class, about",
        validators=[MinValueValidator(SMALLEST_CLASS), MaxValueValidator(LARGEST_CLASS)],
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(
        null=True, editable=False, help_text="The day a schools lead confirmed that it is a class of its school."
    )
    made_on = models.DateField(default=timezone.localdate)
    result = models.ForeignKey(
        ClassResult, on_delete=models.PROTECT, null=True, related_name="sessions", editable=False
    )

    class Meta:
        ordering = ("-made_on", "-pk")
        permissions = [("confirm_classsession", "Can confirm the school of a class")]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_group__gte=min(YEARS), year_group__lte=max(YEARS)), name="class_session_from_year_3"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=SMALLEST_CLASS, size__lte=LARGEST_CLASS), name="class_session_5_to_120_pupils"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(school__isnull=False), name="class_session_confirmed_of_a_school"
            ),
        ]

    class Privacy(Declaration):
        """Classes that teachers make; nothing in them is about the teacher."""

        fields = ("link_digest", "year_group", "size", "school")
        purpose = "To let a teacher ask a class before and after a lesson, and come back to it without an account."
        lawful_basis = LAWFUL_BASIS
        recipients = "The teacher who holds the private link; the council's schools lead, without any answer."
        retention = (
            f"Deleted with all answers {KEPT_YEARS} years after it was made, or when its codes end if nobody answered."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the classes whose time of keeping is over, with all that hangs on them."""
            today = timezone.localdate(now)
            unused = Q(made_on__lt=today - CODES_HOLD) & ~Q(waves__answers__isnull=False)
            over = Q(made_on__lt=today - timedelta(days=365 * KEPT_YEARS))
            old = ClassSession.objects.filter(unused | over).values("pk")
            return ClassSession.objects.filter(pk__in=old).delete()[1].get("schools.ClassSession", 0)

    def __str__(self) -> str:
        return f"Year {self.year_group}, {self.version.pack}, {self.made_on:%-d %B %Y}"

    @property
    def pack(self) -> LessonPack:
        """The lesson that it uses."""
        return self.version.pack

    @property
    def state(self) -> str:
        """How far it has come, for staff."""
        closed = sum(wave.closed_on is not None for wave in self.waves.all())
        return ("Not closed", "Closed before the lesson", "Closed both times")[closed]

    @property
    def key_stage(self) -> KeyStage:
        """The key stage of its year group."""
        return YEARS[self.year_group]

    @property
    def codes_end(self) -> date:
        """The last day on which its codes hold."""
        return self.made_on + CODES_HOLD

    @property
    def most(self) -> int:
        """How many answers each wave takes: the class and a fifth more."""
        return math.ceil(self.size * 6 / 5)


class ClassPhase(models.TextChoices):
    """On which side of the lesson."""

    BEFORE = "before", _("Before the lesson")
    AFTER = "after", _("After the lesson")


class ClassWave(models.Model):
    """One of the two times that a class answers, with its code. It opens once and closes once.

    The code is kept as it is, since a sheet with it can be printed again; it opens a few questions for some weeks and
    leads to nobody's answers.
    """

    shown_on_pages = False

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="waves")
    phase = models.CharField(max_length=6, choices=ClassPhase)
    code = models.CharField(max_length=12, unique=True, editable=False)
    opened_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ("session", "-phase")  # before, then after
        constraints = [
            models.UniqueConstraint(fields=("session", "phase"), name="class_wave_phase_unique"),
            models.CheckConstraint(condition=Q(phase__in=ClassPhase.values), name="class_wave_phase_known"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on__isnull=False, closed_on__gte=F("opened_on")),
                name="class_wave_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}, {ClassPhase(self.phase).label}"

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed since; its code may have ended."""
        return self.opened_on is not None and self.closed_on is None


class ClassAnswer(models.Model):
    """What one pupil chose: the place of an option for each question, in the order of the questions, and nothing else.

    None is a question that a pupil would rather not answer. No column could hold a word, a time or a name. When its
    wave closes every row is replaced by a copy with another key, in shuffled order.
    """

    shown_on_pages = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(ClassWave, on_delete=models.CASCADE, related_name="answers")
    answer_1 = models.PositiveSmallIntegerField(null=True)
    answer_2 = models.PositiveSmallIntegerField(null=True)
    answer_3 = models.PositiveSmallIntegerField(null=True)
    answer_4 = models.PositiveSmallIntegerField(null=True)
    answer_5 = models.PositiveSmallIntegerField(null=True)
    answer_6 = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": MOST_OPTIONS}),
                name=f"class_{name}_is_a_place",
            )
            for name in ANSWERS
        ]

    class Privacy(Declaration):
        """Answers of pupils, of whom nothing is known but their class."""

        fields = ANSWERS
        purpose = "To learn whether lessons against prejudice are followed by other answers in the class as a whole."
        lawful_basis = LAWFUL_BASIS
        recipients = (
            "Nobody, answer by answer. The teacher sees shares of the whole class once both times are closed, from ten "
            "answers each; the public sees many classes of several schools together."
        )
        retention = f"Deleted with the class, {KEPT_YEARS} years after it was made. Results stay."

    def __str__(self) -> str:
        return f"Answer to {self.wave}"


class SentSheet(models.Model):
    """A page of questions that was sent, so that pressing twice counts once. All of them go when their wave closes.

    The digest is of a random number that the page alone holds: another page, on the same device too, has another.
    """

    shown_on_pages = False

    wave = models.ForeignKey(ClassWave, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    class Privacy(Declaration):
        """Pages that were sent."""

        fields = ("digest",)
        purpose = "To count a page of answers once when its button is pressed twice."
        lawful_basis = LAWFUL_BASIS
        recipients = "Nobody."
        retention = "Deleted when the class closes, or when its codes end."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete those of classes whose codes have ended."""
            over = timezone.localdate(now) - CODES_HOLD
            return SentSheet.objects.filter(wave__session__made_on__lt=over).delete()[0]

    def __str__(self) -> str:
        return f"Sheet of {self.wave}"
