"""What was counted, by day: numbers, and nothing about anybody."""

from django.db import models
from django.db.models import Q

from core.enums import Channel
from reach.enums import PLACED_METRICS, WEB_METRICS, Method, Metric


class Count(models.Model):
    """How much of one metric one day brought, for one page, campaign, channel and placement.

    The codes are given by whoever counts; they are never keys of rows, so that a count outlives what it counted.
    """

    shown_on_pages = False

    day = models.DateField(help_text="The day in local time.")
    page_key = models.CharField(
        "page", max_length=100, blank=True, help_text="The page or file, the same in every language."
    )
    campaign_code = models.CharField("campaign", max_length=60, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    placement_code = models.CharField("placement", max_length=40, blank=True)
    metric = models.CharField(max_length=20, choices=Metric)
    method = models.CharField(max_length=10, choices=Method)
    rule_version = models.PositiveSmallIntegerField(
        default=0, help_text="The rule for who is counted on this site; 0 where the number comes from elsewhere."
    )
    is_sample = models.BooleanField("sample data", default=False, help_text="Invented, for the demonstration.")
    quantity = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("-day", "page_key", "metric")
        constraints = [
            models.UniqueConstraint(
                fields=(
                    "day",
                    "page_key",
                    "campaign_code",
                    "channel",
                    "placement_code",
                    "metric",
                    "method",
                    "rule_version",
                    "is_sample",
                ),
                name="count_unique",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="count_quantity_positive"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="count_channel_known"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="count_metric_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="count_method_known"),
            models.CheckConstraint(
                condition=Q(placement_code="") | Q(metric__in=[metric.value for metric in PLACED_METRICS]),
                name="count_placement_only_where_placed",
            ),
            models.CheckConstraint(
                condition=Q(method=Method.COUNTED.value, metric__in=[metric.value for metric in WEB_METRICS])
                ^ Q(rule_version=0),
                name="count_rule_version_where_counted_here",
            ),
        ]
        indexes = [
            models.Index(fields=("metric", "campaign_code", "day"), name="count_by_campaign"),
            models.Index(fields=("metric", "page_key", "day"), name="count_by_page"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}: {self.quantity} {self.get_metric_display().lower()}"
