"""What was computed from a closed wave, how it was computed, and how far it has come towards the public."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.enums import Strand
from core.privacy import Declaration
from surveys.enums import ResultState
from surveys.models.fieldwork import CONDITION, LAWFUL_BASIS, Wave
from surveys.models.questions import Question
from surveys.models.surveys import Survey

# Which strand each question about the person asks for. The codes are the question bank's, which never change.
STRAND_OF = {
    "DEM01": Strand.RACE,
    "DEM03": Strand.RELIGION,
    "DEM06": Strand.SEXUAL_ORIENTATION,
    "DEM07": Strand.DISABILITY,
    "DEM08": Strand.DISABILITY,
    "DEM05": Strand.TRANSGENDER,
}


def strands_lacking(codes: set[str]) -> list[Strand]:
    """Return the strands that the questions ``codes`` leave out, if they ask for any: all five or none (rule 1)."""
    asked = {STRAND_OF[code] for code in codes if code in STRAND_OF}
    return [strand for strand in Strand if strand not in asked] if asked else []


class Breakdown(models.Model):
    """A question by whose answers the tables of a survey are broken down: one at a time, never two crossed.

    The list is declared for the survey, so that all of its waves have the same tables and no table is made to look
    at somebody. By a strand it is broken down for all five strands or for none.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="breakdowns")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", help_text="A question with one answer, such as DEM11."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "question__code")
        constraints = [
            models.UniqueConstraint(
                fields=("survey", "question"),
                name="breakdown_unique",
                violation_error_message="The tables of this survey are broken down by this question already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey} by {self.question}"


class ResultSetQuerySet(models.QuerySet["ResultSet"]):
    """Result sets by how far they have come."""

    def approved(self) -> "ResultSetQuerySet":
        """Return those that the public reads: one a wave at most."""
        return self.filter(state=ResultState.APPROVED)

    def readable(self) -> "ResultSetQuerySet":
        """Return those that have figures."""
        return self.filter(state__in=ResultState.readable)

    def unfinished(self) -> "ResultSetQuerySet":
        """Return those that the worker still has to compute, or is computing."""
        return self.filter(state__in=ResultState.unfinished)


class ResultSet(models.Model):
    """Everything that was computed from one closed wave, at one time, with one set of choices.

    ``choices`` is what the analyst chose, ``record`` what was computed on and how, so that the method note is written
    from it and the same digits come out again. ``figures`` are not rounded and nothing in them is withheld: they are
    for analysts. Pages, files, charts, indicators and the API read ``public`` and nothing else.
    """

    shown_on_pages = False  # approving, correcting and withdrawing refresh the pages themselves

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="result_sets")
    number = models.PositiveSmallIntegerField(help_text="Counted within the wave.")
    state = models.CharField(max_length=10, choices=ResultState, default=ResultState.WAITING)
    choices = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0, help_text="How many questions are computed.")
    of = models.PositiveIntegerField(default=0, help_text="How many there are; 0 until the answers are read.")
    touched = models.DateTimeField(null=True, help_text="When the worker last said how far it is.")
    problem = models.TextField(blank=True, help_text="Why it was not computed, and the mend, in a sentence.")
    record = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    public = models.JSONField(default=dict)
    findings = models.TextField(
        "key findings", blank=True, help_text="In plain words, made from the numbers and edited by a person."
    )
    findings_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="findings edited by"
    )
    note = models.TextField("what was corrected", blank=True, help_text="Shown with the results, with its day.")
    noted_on = models.DateField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="made by"
    )
    made_by_name = models.CharField(
        "made by", max_length=310, blank=True, help_text="It stays when their account goes."
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="sent for approval by"
    )
    submitted_by_name = models.CharField("sent for approval by", max_length=310, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="approved by"
    )
    approved_by_name = models.CharField("approved by", max_length=310, blank=True)
    computed_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    objects = ResultSetQuerySet.as_manager()

    class Meta:
        ordering = ("wave", "-number")
        permissions = [("approve_results", "Can approve results that a colleague made")]
        constraints = [
            models.UniqueConstraint(fields=("wave", "number"), name="result_set_number_unique"),
            models.UniqueConstraint(
                fields=("wave",), condition=Q(state=ResultState.APPROVED), name="result_set_one_approved_a_wave"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="result_set_number_from_one"),
            models.CheckConstraint(condition=Q(state__in=ResultState.values), name="result_set_state_known"),
            models.CheckConstraint(condition=Q(done__lte=F("of")), name="result_set_not_done_more_than_all"),
            models.CheckConstraint(
                condition=~Q(state=ResultState.FAILED) | ~Q(problem=""), name="result_set_failed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("made_by"))
                & ~Q(approved_by=F("submitted_by"))
                & ~Q(approved_by=F("findings_by")),
                name="result_set_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResultState.APPROVED) | Q(approved_on__isnull=False) & ~Q(approved_by_name=""),
                name="result_set_approved_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResultState.WITHDRAWN) | Q(withdrawn_on__isnull=False),
                name="result_set_withdrawn_on_a_day",
            ),
        ]

    class Privacy(Declaration):
        """Figures of a survey before anything in them is rounded or withheld, and who made and approved them."""

        fields = (
            "figures",
            "record",
            "made_by",
            "made_by_name",
            "submitted_by",
            "submitted_by_name",
            "approved_by",
            "approved_by_name",
            "findings_by",
        )
        purpose = "To compute what a survey found, and to show that a second person looked before it was published."
        lawful_basis = LAWFUL_BASIS
        condition = CONDITION
        recipients = "Figures that are not rounded: the council's survey analysts alone. Approvers' names: its staff."
        retention = (
            "Figures that are not rounded are deleted together with the answers that they were computed from. "
            "Published results, and who approved them, stay."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Empty the unrounded figures of waves whose answers are kept no longer."""
            over = Wave.objects.past_keeping(timezone.localdate(now))
            kept = ResultSet.objects.filter(wave__in=over).exclude(figures={})
            for row in kept:
                row.forget_figures()
            return len(kept)

    def __str__(self) -> str:
        return f"{self.wave}, results {self.number}"

    def save(self, **kwargs: Any) -> None:
        """Save it, unless it is a new one and its wave is not closed.

        Raises:
            ValidationError: it is.
        """
        if self._state.adding and not Wave.objects.closed().filter(pk=self.wave_id).exists():
            raise ValidationError("Results are computed once the wave is closed.", code="open")
        super().save(**kwargs)

    @property
    def is_readable(self) -> bool:
        """Whether there are figures."""
        return self.state in ResultState.readable

    def forget_figures(self) -> None:
        """Empty what could point to a person; what was published, and how it was computed, stays."""
        margins = [{**margin, "rows": []} for margin in self.record.get("margins", [])]
        self.figures, self.record = {}, self.record | {"margins": margins, "quality": {}}
        self.save(update_fields=["figures", "record"])

    def is_kept(self, on: date) -> bool:
        """Tell whether the answers that it was computed from are still kept on the day ``on``."""
        return self.wave.kept_until >= on
