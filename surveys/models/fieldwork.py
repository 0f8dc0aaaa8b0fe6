"""Waves: each one fieldwork of a survey."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from surveys.enums import WaveKind, WaveState
from surveys.models.instruments import Instrument
from surveys.models.questionnaires import Questionnaire
from surveys.models.surveys import Survey

LAWFUL_BASIS = "Public task, UK GDPR Article 6(1)(e)"
CONDITION = "Substantial public interest, equality of opportunity: DPA 2018, Schedule 1, paragraph 8"


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by where they stand."""

    def open(self) -> "WaveQuerySet":
        """Return the waves that are open: not paused, and not closed."""
        return self.filter(state=WaveState.OPEN)

    def running(self) -> "WaveQuerySet":
        """Return the waves that have opened and not closed; a paused one takes no answers but keeps its forms."""
        return self.filter(state__in=WaveState.running)

    def taking_answers(self, on: date) -> "WaveQuerySet":
        """Return the waves that take answers on the day ``on``."""
        return self.open().filter(opens__lte=on, closes__gte=on)

    def closed(self) -> "WaveQuerySet":
        """Return the waves whose answers may be read."""
        return self.filter(state=WaveState.CLOSED)

    def past_keeping(self, on: date) -> "WaveQuerySet":
        """Return the closed waves whose answers are kept no longer on the day ``on``."""
        return self.filter(pk__in=[wave.pk for wave in self.closed() if wave.kept_until < on])


class Wave(models.Model):
    """One fieldwork of a survey: a questionnaire, asked between two days."""

    PLANNED = (
        "survey_id",
        "number",
        "kind",
        "questionnaire_id",
        "population",
        "target",
        "opens",
        "closes",
        "opens_itself",
        "closes_itself",
        "lawful_basis",
        "condition",
        "years_kept",
        "is_sample",
    )

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=WaveKind, default=WaveKind.REAL)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    population = models.CharField(
        max_length=120, help_text="Who is asked, such as: residents of Kirklees aged 16 and over."
    )
    target = models.PositiveIntegerField(
        "answers wanted",
        null=True,  # waves that were planned before this was asked
        validators=[MinValueValidator(1, "Say how many answers the wave should bring: 1 or more.")],
        help_text="How many answers the wave should bring.",
    )
    opens = models.DateField(help_text="The first day of answering.")
    closes = models.DateField(help_text="The last day of answering.")
    opens_itself = models.BooleanField(
        "open by itself", default=False, help_text="Opens on its first day if it is signed off and nothing is wrong."
    )
    closed_on = models.DateField(
        null=True, editable=False, help_text="The day it was closed: paper may have come after its last day."
    )
    closes_itself = models.BooleanField(
        "close by itself",
        default=True,
        help_text="Closes in the night after its last day. Untick it where paper may still come by post.",
    )
    lawful_basis = models.CharField(
        max_length=200, default=LAWFUL_BASIS, help_text="Why the council may handle the answers at all."
    )
    condition = models.CharField(
        "condition for sensitive answers",
        max_length=200,
        default=CONDITION,
        help_text="Why it may handle answers on faith, health, sexual orientation or background (UK GDPR Article 9).",
    )
    years_kept = models.PositiveSmallIntegerField(
        "years the answers are kept",
        default=3,
        help_text="Counted from the day it is closed, and said before the first question. Published results stay.",
    )
    is_sample = models.BooleanField(
        "sample data", default=False, help_text="The answers are invented, for a demonstration."
    )
    state = models.CharField(max_length=10, choices=WaveState, default=WaveState.DRAFT, editable=False)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="waves"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="Who saved the plan last.",
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ("survey__title", "-number")
        permissions = [
            ("open_wave", "Can open a wave for answers"),
            ("close_wave", "Can close a wave"),
            ("sign_off_wave", "Can sign off a wave that a colleague planned"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("survey", "number"),
                name="wave_number_unique",
                violation_error_message="This survey has a wave with this number already. Give the next number.",
            ),
            models.UniqueConstraint(
                fields=("survey",), condition=Q(state__in=WaveState.running), name="wave_one_open_per_survey"
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="wave_closes_after_it_opens",
                violation_error_message="The wave closes before it opens. Give a later closing day.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="wave_number_from_one"),
            models.CheckConstraint(
                condition=Q(years_kept__gte=1, years_kept__lte=20),
                name="wave_answers_kept_1_to_20_years",
                violation_error_message="Say for how many years the answers are kept: 1 to 20.",
            ),
            models.CheckConstraint(
                condition=Q(state=WaveState.DRAFT, instrument=None)
                | Q(~Q(state=WaveState.DRAFT), instrument__isnull=False),
                name="wave_past_draft_has_an_instrument",
            ),
            models.CheckConstraint(condition=Q(state__in=WaveState.values), name="wave_state_known"),
            models.CheckConstraint(
                condition=Q(state=WaveState.CLOSED, closed_on__isnull=False)
                | Q(~Q(state=WaveState.CLOSED), closed_on=None),
                name="wave_closed_on_a_day",
            ),
            models.CheckConstraint(condition=Q(kind__in=WaveKind.values), name="wave_kind_known"),
            models.CheckConstraint(condition=Q(target__gte=1), name="wave_wants_an_answer"),
            models.CheckConstraint(
                condition=~Q(lawful_basis="") & ~Q(condition=""), name="wave_has_its_basis_and_condition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.title}, wave {self.number}"

    @property
    def asks(self) -> Instrument:
        """What it asks, frozen.

        Raises:
            ValueError: it has not opened, so nothing is frozen yet.
        """
        if self.instrument is None:
            raise ValueError(f"{self} has not opened, so it has no instrument yet.")
        return self.instrument

    @property
    def body(self) -> dict[str, Any]:
        """What it asks, as its instrument keeps it.

        Raises:
            ValueError: it has not opened.
        """
        return self.asks.body

    @property
    def kept_until(self) -> date:
        """The last day on which its answers are kept; of a wave that is not closed, as planned."""
        return (self.closed_on or self.closes) + timedelta(days=round(365.25 * self.years_kept))

    def takes_answers(self, on: date) -> bool:
        """Tell whether people can answer on the day ``on``."""
        return self.state == WaveState.OPEN and self.opens <= on <= self.closes

    def clean(self) -> None:
        """Refuse to save the plan of a wave that has opened, changed or not."""
        super().clean()
        if Wave.objects.filter(pk=self.pk).exclude(state=WaveState.DRAFT).exists():
            raise ValidationError(
                "This wave has opened, so its plan stays as it was signed off. Extend or close it on its own page, or "
                "plan a new wave.",
                code="opened",
            )
