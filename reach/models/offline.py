"""Figures that were counted elsewhere: leaflets, buses, radio, people in a hall, mailings."""

from collections.abc import Iterator
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from core.enums import Channel
from core.models import Document
from core.privacy import Declaration
from reach.enums import OFFLINE_METHODS, OFFLINE_METRICS, PLACED_METRICS, Confidence

MOST = 1_000_000_000
METRICS = [(metric.value, metric.label) for metric in OFFLINE_METRICS]
METHODS = [(method.value, method.label) for method in OFFLINE_METHODS]
PLACED = [metric.value for metric in PLACED_METRICS]


class OfflineFigureQuerySet(models.QuerySet["OfflineFigure"]):
    """Figures, which can be read and added to."""

    def standing(self) -> Self:
        """Return the figures that hold: neither taken back nor what takes one back."""
        return self.filter(corrects=None, corrected_by=None)

    def update(self, **_: Any) -> NoReturn:
        """Refuse: a figure is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A figure is never changed: take it back and enter the right one.")

    def delete(self) -> NoReturn:
        """Refuse: a figure is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A figure is never deleted: take it back.")

    def erase_samples(self) -> int:
        """Erase every invented figure: only to take the demonstration away."""
        samples = self.filter(is_sample=True)
        corrections = super(OfflineFigureQuerySet, samples.filter(corrects__isnull=False)).delete()[0]
        return corrections + super(OfflineFigureQuerySet, samples.all()).delete()[0]


class OfflineFigure(models.Model):
    """One number of one metric for some days, as somebody reported or estimated it, with what it rests on.

    Added to, never changed: a wrong one is taken back by a counter-entry of the same amount below zero, which names
    what it ``corrects`` and why, and the right one is entered beside it.
    """

    shown_on_pages = False

    campaign_code = models.CharField("campaign", max_length=60)
    placement_code = models.CharField("placement", max_length=40, blank=True)
    ward_key = models.CharField("ward", max_length=80, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    metric = models.CharField("what was counted", max_length=20, choices=METRICS)
    method = models.CharField("how it is known", max_length=10, choices=METHODS)
    quantity = models.BigIntegerField("how many", validators=[MaxValueValidator(MOST)])
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    source = models.CharField(max_length=200, help_text="Who or what says so, such as “Delivery note of the printer”.")
    evidence_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="document"
    )
    evidence_address = models.URLField("web address", blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="corrected_by"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why the figure is taken back.")
    is_sample = models.BooleanField("sample data", default=False, help_text="Invented, for the demonstration.")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = OfflineFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "figure from elsewhere"
        verbose_name_plural = "figures from elsewhere"
        ordering = ("-ends", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, quantity__gt=0, reason="")
                | (Q(corrects__isnull=False, quantity__lt=0) & ~Q(reason="")),
                name="offline_figure_positive_unless_taken_back",
                violation_error_message="A figure is 1 or more; one that takes another back is below 0 and says why.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__lte=MOST, quantity__gte=-MOST), name="offline_figure_within_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="offline_figure_ends_after_it_starts",
                violation_error_message="The last day is before the first day. Change one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(metric__in=[metric.value for metric in OFFLINE_METRICS]), name="offline_figure_metric_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=[method.value for method in OFFLINE_METHODS]), name="offline_figure_method_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="offline_figure_channel_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="offline_figure_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(placement_code="") | Q(metric__in=PLACED),
                name="offline_figure_placement_only_where_placed",
                violation_error_message="Only copies distributed and times shown belong to a placement.",
            ),
            models.CheckConstraint(
                condition=~Q(confidence=Confidence.HIGH.value)
                | Q(evidence_document__isnull=False)
                | ~Q(evidence_address=""),
                name="offline_figure_high_confidence_has_evidence",
                violation_error_message="A figure of high confidence needs evidence: a document or a web address.",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(campaign_code=""), name="offline_figure_says_what_for_and_who_says_so"
            ),
        ]
        indexes = [models.Index(fields=("campaign_code", "metric", "method"), name="offline_figure_by_campaign")]

    class Privacy(Declaration):
        """Who entered how many leaflets were given out and the like, and who said so."""

        fields = ("entered_by", "source", "reason")
        purpose = "To know what a campaign's figures rest on, and whom to ask about one."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's communications staff."
        retention = "Kept as long as the figures. The link to an account goes when the account is deleted."

    def __str__(self) -> str:
        return f"{self.quantity:,} {self.get_metric_display().lower()}, {date_format(self.ends)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one.

        Raises:
            TypeError: the row stands already.
        """
        if not self._state.adding:
            raise TypeError("A figure is never changed: take it back and enter the right one.")
        super().save(*args, **kwargs)

    @property
    def is_taken_back(self) -> bool:
        """Whether a counter-entry takes it back."""
        return getattr(self, "corrected_by", None) is not None

    def clean(self) -> None:
        """Say beside the field what is wrong.

        Raises:
            ValidationError: nothing, or less, is claimed; the days lie ahead or end before they start; a metric that
                has no placement is given one; a high confidence rests on nothing.
        """
        super().clean()
        if problems := dict(self._problems()):
            raise ValidationError(problems)

    def _problems(self) -> Iterator[tuple[str, str]]:
        if self.quantity is not None and self.quantity < 1 and self.corrects_id is None:
            yield "quantity", "Give a number of 1 or more. To correct a figure, take it back in the list."
        yield from self._problems_of_days()
        if self.placement_code and self.metric and self.metric not in PLACED:
            yield "placement_code", "Only copies distributed and times shown belong to a placement. Choose none."
        if self.confidence == Confidence.HIGH and not (self.evidence_document_id or self.evidence_address):
            yield (
                "confidence",
                "High confidence needs evidence. Choose a document, give a web address, or choose medium or low.",
            )

    def _problems_of_days(self) -> Iterator[tuple[str, str]]:
        today = timezone.localdate()
        if self.starts and self.starts > today:
            yield "starts", "This day has not come yet. Enter what has happened."
        elif self.starts and self.ends and self.ends < self.starts:
            yield "ends", "The last day is before the first day. Change one of the two."
        elif self.ends and self.ends > today:
            yield "ends", "This day has not come yet. Enter what has happened."

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a figure is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A figure is never deleted: take it back.")
