"""What an analyst decided about marked responses, and limits raised for a venue."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from surveys.enums import Mark
from surveys.models.collecting import Collector
from surveys.models.fieldwork import Wave

MOST_RAISED = 2_000


class MarkDecision(models.Model):
    """Whether the responses of a closed wave with one mark are kept in its results, and why."""

    EITHER = ((False, "Keep them in the results"), (True, "Leave them out of the results"))

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="mark_decisions")
    mark = models.CharField(max_length=20, choices=Mark)
    excludes = models.BooleanField(choices=EITHER)
    reason = models.TextField(help_text="Why. It is kept on the record with your name and the day.")
    revised_on = models.DateField(
        null=True, editable=False, help_text="The day, where figures of the wave had been read by then."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("wave", "mark"), name="mark_decision_unique"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="mark_decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_mark_display()}"


class RaisedLimit(models.Model):
    """A venue where many people answer over one connection on one day, such as a college or a library."""

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="raised_limits")
    venue = models.CharField(max_length=100, help_text="Where, such as: Kirklees College, Huddersfield.")
    day = models.DateField()
    most = models.PositiveSmallIntegerField(
        "people in ten minutes",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_RAISED)],
        help_text="As many as may send their answers from one connection within ten minutes before others wait.",
    )

    class Meta:
        ordering = ("day", "venue")
        constraints = [
            models.UniqueConstraint(
                fields=("collector", "venue", "day"),
                name="raised_limit_unique",
                violation_error_message="The limit is raised for this venue and day already. Remove that one first.",
            ),
            models.CheckConstraint(
                condition=models.Q(most__gte=1, most__lte=MOST_RAISED), name="raised_limit_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.day}: {self.most}"
