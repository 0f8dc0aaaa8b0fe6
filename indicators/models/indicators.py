"""What the strategy is judged by, and what it aims at."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import LastingCode
from indicators.enums import Frequency, KindChoice, Polarity
from indicators.models.strategy import Objective
from indicators.registry import Kind, Measure, measures


class Indicator(LastingCode):
    """One number that shows how an objective fares: computed by a room's measure, or entered by hand."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9-]+\Z", "Use letters, digits and hyphens only, such as B5.")],
        help_text="A short lasting name, such as B5. It stands in addresses and files, so it never changes.",
    )
    title = models.CharField(max_length=150)
    definition = models.TextField(help_text="What the number is, in plain words: of whom, of what, when.")
    rationale = models.TextField("why it matters", blank=True)
    measure = models.CharField(
        max_length=80, blank=True, help_text="How the number is got. Empty: somebody enters it by hand."
    )
    parameters = models.JSONField(default=dict, blank=True, help_text="What the measure needs to know.")
    kind = models.CharField(max_length=12, choices=KindChoice)
    unit = models.CharField(max_length=40, default="%", help_text="% for percentages; otherwise such as reports.")
    per = models.PositiveIntegerField(default=1, help_text="For a rate: for each how many, for example 1000.")
    counts_people = models.BooleanField(
        "counts people or reports",
        default=True,
        help_text="Counts of people, and of what happened to them, are rounded to 5 and withheld under 10.",
    )
    polarity = models.CharField(max_length=8, choices=Polarity, default=Polarity.NONE)
    headline = models.BooleanField(default=False, help_text="Headline indicators say in which direction they moved.")
    source = models.CharField(max_length=300, help_text="Where the number comes from.")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.YEARLY)
    baseline_start = models.DateField(null=True, blank=True, help_text="First day of the period to compare with.")
    baseline_end = models.DateField(null=True, blank=True, help_text="Last day of the period to compare with.")
    order = models.PositiveSmallIntegerField(default=0)
    chart = models.CharField(max_length=200, blank=True, editable=False)
    refreshed_at = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ("order", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline_start=None, baseline_end=None)
                | Q(
                    baseline_start__isnull=False,
                    baseline_end__isnull=False,
                    baseline_end__gte=F("baseline_start"),
                ),
                name="indicator_baseline_is_a_period",
                violation_error_message="Give both days of the baseline, the later one last, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(per__gte=1),
                name="indicator_per_is_positive",
                violation_error_message="A rate is for each one, thousand or so: give a number above zero.",
            ),
            models.CheckConstraint(condition=Q(kind__in=KindChoice.values), name="indicator_kind_known"),
            models.CheckConstraint(condition=Q(polarity__in=Polarity.values), name="indicator_polarity_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return reverse("indicators:indicator", args=[self.code])

    @property
    def takes_target(self) -> bool:
        """Whether a target makes sense: not for plain numbers (web counts among them), nor for context."""
        return self.kind != Kind.PLAIN and self.polarity != Polarity.NONE

    @property
    def is_percentage(self) -> bool:
        """Whether values run from 0 to 100 and changes are points."""
        return self.unit == "%"

    @property
    def is_in_points(self) -> bool:
        """Whether changes are points of a hundred: of a percentage, or of a net score of answers."""
        return self.is_percentage or (self.kind == Kind.SURVEY and self.unit == "points")

    def offered(self) -> Measure | None:
        """Return the measure that computes it; None where it is entered by hand or nobody offers the measure."""
        return measures[self.measure] if self.measure and self.measure in measures else None

    def clean(self) -> None:
        """Take kind and unit from the measure, and refuse parameters that the measure does not know.

        Raises:
            ValidationError: the measure is not offered, or a parameter is unknown or may feed no headline indicator.
        """
        super().clean()
        offered = self.offered()
        if self.measure and not offered:
            raise ValidationError({"measure": f"No part of this site measures “{self.measure}”. Choose from the list."})
        if offered:
            self.kind, self.unit = KindChoice(offered.kind.value), offered.unit
            self.counts_people = offered.counts_people
        self.parameters = self._known_parameters(offered)
        if self.headline and offered and (problem := offered.headline_problem(self.parameters)):
            raise ValidationError({"headline": problem})
        self._refuse_targets_that_no_longer_fit()

    def _known_parameters(self, offered: Measure | None) -> dict[str, Any]:
        given = self.parameters or {}
        if not isinstance(given, dict):
            raise ValidationError({"parameters": 'Write the parameters as {"name": "value"}.'})
        unknown = sorted(set(given) - set(offered.parameters if offered else {}))
        if unknown:
            known = ", ".join(sorted(offered.parameters)) if offered and offered.parameters else "none"
            raise ValidationError({"parameters": f"Unknown here: {', '.join(unknown)}. This measure takes: {known}."})
        return given

    def _refuse_targets_that_no_longer_fit(self) -> None:
        if self.pk and not self.takes_target and self.targets.exists():
            raise ValidationError(
                "This indicator has a target, which a plain or context number cannot. Remove it first."
            )


class Target(models.Model):
    """Where the number should be by a day."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    value = models.FloatField(help_text="In the indicator's unit.")
    due = models.DateField(help_text="By when.")

    class Meta:
        ordering = ("due",)
        constraints = [
            models.UniqueConstraint(
                fields=("indicator", "due"),
                name="target_one_a_day",
                violation_error_message="There is a target for that day already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value:g} by {self.due}"

    def clean(self) -> None:
        """Refuse a target for a number that takes none, and a percentage outside 0 to 100."""
        super().clean()
        if not hasattr(self, "indicator"):
            return
        if not self.indicator.takes_target:
            raise ValidationError(
                {"indicator": "Plain numbers, web counts and context take no target. Choose another indicator."}
            )
        if self.indicator.is_percentage and self.value is not None and not 0 <= self.value <= 100:
            raise ValidationError({"value": "A percentage lies between 0 and 100."})
