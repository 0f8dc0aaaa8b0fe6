"""What a campaign wants to change: the first part of its plan."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from campaigns.models.campaigns import Campaign
from indicators.models import Indicator, Objective

DUE_FIRST = "It is due before the day that it is compared with. Change one of the two."


class CampaignObjective(models.Model):
    """What one campaign wants to change: what, for whom, by how much and by when.

    One that claims an outcome names the indicator that will show it, with where it stood and where it should come to.
    """

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="plan_objectives")
    what = models.CharField(
        "what changes", max_length=300, help_text="One change that can be seen or measured, in plain words."
    )
    whom = models.CharField("for whom", max_length=200)
    serves = models.ForeignKey(
        Objective,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="objective of the strategy",
        help_text="What in the strategy it serves.",
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="If it claims an outcome: the number that will show it. Numbers that take no target are not offered.",
    )
    baseline = models.FloatField(
        "where it stood",
        null=True,
        blank=True,
        help_text="In the indicator's unit. Leave it empty to take the last published value before the first day.",
    )
    baseline_on = models.DateField("when it stood there", null=True, blank=True)
    baseline_source = models.CharField("source of that value", max_length=300, blank=True)
    target = models.FloatField(
        "where it should come to",
        null=True,
        blank=True,
        help_text="In the indicator's unit. Leave it empty to take the indicator's own target, with its day.",
    )
    how_much = models.CharField(
        "by how much",
        max_length=200,
        blank=True,
        help_text="In words, such as “twice as many as last year”. With an indicator its two values say it.",
    )
    due = models.DateField("by when", help_text="Leave it empty to take the day of the indicator's own target.")

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | ~Q(how_much=""),
                name="campaign_objective_says_how_much",
                violation_error_message="Say by how much, or name the indicator that will show it.",
            ),
            models.CheckConstraint(
                condition=Q(indicator=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False, target__isnull=False) & ~Q(baseline_source=""),
                name="campaign_objective_with_indicator_is_whole",
                violation_error_message="With an indicator, say where it stood, when, by which source, and where it "
                "should come to.",
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(baseline_on__lte=F("due")),
                name="campaign_objective_due_after_baseline",
                violation_error_message=DUE_FIRST,
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        """Refuse an indicator that takes no target, a percentage outside 0 to 100, and a day before the baseline's."""
        super().clean()
        if self.baseline_on and self.due and self.due < self.baseline_on:
            raise ValidationError({"due": DUE_FIRST})
        if self.indicator is None:
            return
        if not self.indicator.takes_target:
            raise ValidationError(
                {"indicator": "This indicator takes no target, so it cannot show an outcome. Choose another one."}
            )
        for name in ("baseline", "target"):
            value = getattr(self, name)
            if self.indicator.is_percentage and value is not None and not 0 <= value <= 100:
                raise ValidationError({name: "A percentage lies between 0 and 100."})
