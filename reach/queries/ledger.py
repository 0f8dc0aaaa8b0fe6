"""Reading the counts: each function for exactly one metric and one method, which are never added to others."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, QuerySet, Sum
from django.db.models.functions import Cast, TruncWeek

from reach.enums import Method, Metric
from reach.models import Count
from reach.queries.amounts import Amount, amount
from reach.registry import every_place


def counts(
    *,
    metric: str,
    method: str = Method.COUNTED,
    page_keys: Iterable[str] | None = None,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> QuerySet[Count]:
    """Return the counts of one metric and method; ``start`` and ``end`` are both included, None means no limit.

    Sample counts and real ones are never returned together.

    Raises:
        ValueError: ``metric`` or ``method`` is not one, or more than one.
    """
    found = Count.objects.filter(metric=Metric(metric), method=Method(method), is_sample=is_sample)
    if page_keys is not None:
        found = found.filter(page_key__in=list(page_keys))
    if campaign_code is not None:
        found = found.filter(campaign_code=campaign_code)
    if start is not None:
        found = found.filter(day__gte=start)
    if end is not None:
        found = found.filter(day__lte=end)
    return found.order_by()


def total(*, metric: str, method: str = Method.COUNTED, **which: Any) -> Amount:
    """Return the sum of one metric; of daily visitors, which are visits by day and never people. As ``counts``."""
    found = counts(metric=metric, method=method, **which).aggregate(sum=Sum("quantity"))
    return amount(metric, method, int(found["sum"] or 0))


def daily(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[date, int]:
    """Return the sum of one metric by day, in order of days; a day without counts is left out. As ``counts``."""
    found = counts(metric=metric, method=method, **which)
    return dict(found.values("day").annotate(sum=Sum("quantity")).order_by("day").values_list("day", "sum"))


def by_page(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the key of the page, most first. As ``counts``."""
    return _by("page_key", metric, method, which)


def by_channel(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by channel, most first. As ``counts``."""
    return _by("channel", metric, method, which)


def by_placement(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the code of the placement, most first; nothing stands for no placement. As ``counts``."""
    return _by("placement_code", metric, method, which)


def _by(column: str, metric: str, method: str, which: dict[str, Any]) -> dict[str, Amount]:
    found = counts(metric=metric, method=method, **which).values_list(column).annotate(sum=Sum("quantity"))
    return {key: amount(metric, method, int(sum_)) for key, sum_ in found.order_by("-sum", column)}


def by_week(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[date, Amount]:
    """Return one metric by week, named by its Monday, in order; a week without counts is left out. As ``counts``."""
    # Cast, since PostgreSQL truncates a date to a time.
    week = Cast(TruncWeek("day"), DateField())
    found = counts(metric=metric, method=method, **which).annotate(week=week).values_list("week")
    summed = found.annotate(sum=Sum("quantity")).order_by("week")
    return {monday: amount(metric, method, int(sum_)) for monday, sum_ in summed}


def by_ward(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the key of the ward of the placement, else of what the page is about. As ``counts``.

    Where a visitor lives is unknown: what has no place of its own stands under nothing.
    """
    known = every_place()
    found = counts(metric=metric, method=method, **which).values_list("placement_code", "page_key")
    wards: Counter[str] = Counter()
    for placement, page, quantity in found.annotate(sum=Sum("quantity")):
        wards[known.placements.get(placement, "") or known.pages.get(page, "")] += int(quantity)
    return {ward: amount(metric, method, quantity) for ward, quantity in wards.most_common()}


def monday(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())
