"""All that is known of whom a campaign reached, number beside number and never summed: for its evaluation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from core.enums import Channel
from reach import words
from reach.enums import Confidence, Method, Metric
from reach.models import Count, OfflineFigure
from reach.queries.amounts import Amount, amount


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with what it is, how it is known, who says so, and the rule it was got by.

    ``confidence`` is empty where it was counted; ``is_sample`` says that it was invented for the demonstration.
    """

    amount: Amount
    channel: Channel
    source: str
    rule: str
    confidence: Confidence | None = None
    is_sample: bool = False

    @property
    def metric(self) -> Metric:
        """What was counted."""
        return self.amount.metric

    @property
    def method(self) -> Method:
        """How it is known."""
        return self.amount.method

    @property
    def quantity(self) -> int:
        """How many."""
        return self.amount.quantity

    @property
    def label(self) -> str:
        """What it is, in words; a sum of daily visitors is visits by day."""
        return self.amount.label


def figures(campaign_code: str, start: date | None = None, end: date | None = None) -> list[Figure]:
    """Return the figures of a campaign between two days, both included: by metric, method, channel and source.

    A figure from elsewhere stands where its last day falls. None is a sum of two metrics, methods or sources, and a
    figure that was taken back is not among them.
    """
    found = [*_counted(campaign_code, start, end), *_from_elsewhere(campaign_code, start, end)]
    order = {metric: place for place, metric in enumerate(Metric)}
    return sorted(found, key=lambda figure: (order[figure.metric], figure.is_sample, -figure.quantity))


def _between(column: str, start: date | None, end: date | None) -> Q:
    first = Q(**{f"{column}__gte": start}) if start else Q()
    return first & Q(**{f"{column}__lte": end}) if end else first


def _counted(campaign_code: str, start: date | None, end: date | None) -> list[Figure]:
    # Every metric by name: the index of a campaign's counts begins with it.
    found = Count.objects.filter(_between("day", start, end), campaign_code=campaign_code, metric__in=Metric.values)
    rows = (
        found.order_by()
        .values_list("metric", "method", "channel", "rule_version", "is_sample")
        .annotate(sum=Sum("quantity"))
    )
    # Counts by two versions of the rule are two figures: they were not counted alike.
    return [
        Figure(
            amount=amount(metric, method, int(quantity)),
            channel=Channel(channel),
            source=words.COUNTED_HERE if version else words.COUNTED_BY_STAFF,
            rule=words.rule(metric, method=method, version=version),
            is_sample=is_sample,
        )
        for metric, method, channel, version, is_sample, quantity in rows
    ]


def _from_elsewhere(campaign_code: str, start: date | None, end: date | None) -> list[Figure]:
    found = OfflineFigure.objects.standing().filter(_between("ends", start, end), campaign_code=campaign_code)
    columns = ("metric", "method", "channel", "source", "confidence", "is_sample")
    return [
        Figure(
            amount=amount(metric, method, int(quantity)),
            channel=Channel(channel),
            source=source,
            confidence=Confidence(confidence),
            rule=words.rule(metric, method=method, confidence=confidence),
            is_sample=is_sample,
        )
        for metric, method, channel, source, confidence, is_sample, quantity in found.order_by()
        .values_list(*columns)
        .annotate(sum=Sum("quantity"))
    ]
