"""The counts that anybody may see."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, DateField, F, Min, QuerySet, Sum
from django.db.models.functions import Cast, TruncWeek

from reach.enums import Metric
from reach.models import Count
from reach.queries.ledger import monday

# Published day by day and exactly; arrivals, which can be few and come from one poster, are published by week.
EXACT_METRICS = (Metric.VIEWS, Metric.DOWNLOADS, Metric.DAILY_VISITORS)
FEWEST_ARRIVALS = 10

_CODES = ("page_key", "metric", "placement_code", "channel", "method", "campaign_code", "is_sample")


def published(*, campaign_code: str | None, start: date | None, end: date | None, today: date) -> tuple[QuerySet, int]:
    """Return the counts that anybody may see, newest first, and how many; :func:`as_row` makes a public row of each.

    Arrivals are summed by week and named by its Monday; a week that is not over or not wholly between ``start`` and
    ``end`` is left out, so that no difference of two answers gives a smaller number away. On a day when the rule for
    who is counted changed, a page has a row by each. The database sorts, by few columns, so that a slice of years
    costs little time and no more memory than its rows.
    """
    start, end = min(start or date.min, today), min(end or today, today)
    whole_weeks = {"day__gte": monday(start + timedelta(days=6)), "day__lt": monday(end + timedelta(days=1))}
    exact = Count.objects.filter(metric__in=EXACT_METRICS, day__gte=start, day__lte=end)
    arrivals = Count.objects.filter(metric=Metric.ARRIVALS, day__lt=monday(today)).filter(**whole_weeks)
    if campaign_code is not None:
        exact, arrivals = exact.filter(campaign_code=campaign_code), arrivals.filter(campaign_code=campaign_code)
    by_day = exact.order_by().values(*_CODES, date=F("day"), total=F("quantity"), key=F("pk"))
    # Cast, since PostgreSQL truncates a date to a time and adds whole numbers up to a decimal.
    week = Cast(TruncWeek("day"), DateField())
    total = Cast(Sum("quantity"), BigIntegerField())
    by_week = arrivals.order_by().values(*_CODES, date=week).annotate(total=total, key=Min("pk"))
    rows = by_day.union(by_week, all=True).order_by("-date", "page_key", "metric", "key")
    return rows, by_day.count() + by_week.count()


def as_row(count: dict[str, Any]) -> dict[str, Any]:
    """Return one of the :func:`published` counts as the public reads it.

    It has date, page, campaign, channel, placement, metric, method, quantity, marker and sample. Fewer than 10
    arrivals are withheld: quantity None, marker [c].
    """
    is_withheld = count["metric"] == Metric.ARRIVALS and count["total"] < FEWEST_ARRIVALS
    return {
        "date": count["date"],
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
