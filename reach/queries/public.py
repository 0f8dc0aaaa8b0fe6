"""The counts that anybody may see."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, TruncWeek

from reach.enums import OFFLINE_METRICS, Metric
from reach.models import Count, OfflineFigure
from reach.queries.ledger import monday

# Published day by day and exactly; arrivals, which can be few and come from one poster, are published by week.
EXACT_METRICS = (Metric.VIEWS, Metric.DOWNLOADS, Metric.DAILY_VISITORS)
FEWEST_ARRIVALS = 10  # and fewest of a figure from elsewhere

_CODES = ("page_key", "metric", "placement_code", "channel", "method", "campaign_code", "is_sample")


def published(*, campaign_code: str | None, start: date | None, end: date | None, today: date) -> tuple[QuerySet, int]:
    """Return the counts that anybody may see, newest first, and how many; :func:`as_row` makes a public row of each.

    Arrivals are summed by week and named by its Monday; a week that is not over or not wholly between ``start`` and
    ``end`` is left out, so that no difference of two answers gives a smaller number away. A figure from elsewhere is a
    row of its own, in no sum for the same reason, where all its days lie between the two; one that was taken back is
    none. On a day when the rule for who is counted changed, a page has a row by each. The database sorts, by few
    columns, so that a slice of years costs little time and no more memory than its rows.
    """
    start, end = min(start or date.min, today), min(end or today, today)
    of_campaign = Q() if campaign_code is None else Q(campaign_code=campaign_code)
    parts = [part.filter(of_campaign) for part in (_by_day(start, end), _arrivals(start, end, today))]
    rows = [_as_days(parts[0]), _as_weeks(parts[1]), _as_figures(_elsewhere(start, end).filter(of_campaign))]
    together = rows[0].union(*rows[1:], all=True).order_by("-date", "page_key", "metric", "key")
    return together, sum(part.count() for part in rows)


def _by_day(start: date, end: date) -> QuerySet[Count]:
    return Count.objects.filter(metric__in=EXACT_METRICS, day__gte=start, day__lte=end).order_by()


def _arrivals(start: date, end: date, today: date) -> QuerySet[Count]:
    whole_weeks = {"day__gte": monday(start + timedelta(days=6)), "day__lt": monday(end + timedelta(days=1))}
    over = Count.objects.filter(metric=Metric.ARRIVALS, day__lt=monday(today))
    return over.filter(**whole_weeks).order_by()


def _elsewhere(start: date, end: date) -> QuerySet[OfflineFigure]:
    return OfflineFigure.objects.standing().filter(starts__gte=start, ends__lte=end).order_by()


def _as_days(counts: QuerySet[Count]) -> QuerySet:
    return counts.values(*_CODES, date=F("day"), until=F("day"), total=F("quantity"), key=F("pk"))


def _as_weeks(counts: QuerySet[Count]) -> QuerySet:
    # Cast, since PostgreSQL truncates a date to a time and adds whole numbers up to a decimal.
    week = Cast(TruncWeek("day"), DateField())
    total = Cast(Sum("quantity"), BigIntegerField())
    return counts.values(*_CODES, date=week, until=week).annotate(total=total, key=Min("pk"))


def _as_figures(figures: QuerySet[OfflineFigure]) -> QuerySet:
    of_no_page = figures.annotate(page_key=Value("", output_field=CharField()))
    return of_no_page.values(*_CODES, date=F("starts"), until=F("ends"), total=F("quantity"), key=F("pk"))


def as_row(count: dict[str, Any]) -> dict[str, Any]:
    """Return one of the :func:`published` counts as the public reads it.

    It has date, until, page, campaign, channel, placement, metric, method, quantity, marker and sample. Fewer than 10
    arrivals are withheld, and a figure from elsewhere under 10: quantity None, marker [c].
    """
    is_arrivals = count["metric"] == Metric.ARRIVALS
    is_withheld = count["total"] < FEWEST_ARRIVALS and (is_arrivals or count["metric"] in OFFLINE_METRICS)
    return {
        "date": count["date"],
        "until": count["date"] + timedelta(days=6) if is_arrivals else count["until"],
        "page": count["page_key"],
        "campaign": count["campaign_code"],
        "channel": count["channel"],
        "placement": count["placement_code"],
        "metric": count["metric"],
        "method": count["method"],
        "quantity": None if is_withheld else count["total"],
        "marker": "[c]" if is_withheld else "",
        "sample": count["is_sample"],
    }
