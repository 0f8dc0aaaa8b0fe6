"""Reading the counts: each function for exactly one metric and one method, which are never added to others."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from reach.enums import Method, Metric
from reach.models import Count, OfflineFigure
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


def elsewhere(
    *,
    metric: str,
    method: str,
    page_keys: Iterable[str] | None = None,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> QuerySet[OfflineFigure]:
    """Return the figures from elsewhere of one metric and method that hold; each stands where its last day falls.

    They are about no page, and none is counted by this site.

    Raises:
        ValueError: ``metric`` or ``method`` is not one, or more than one.
    """
    found = OfflineFigure.objects.standing().filter(metric=Metric(metric), method=Method(method), is_sample=is_sample)
    if page_keys is not None or method == Method.COUNTED:
        return found.none()
    if campaign_code is not None:
        found = found.filter(campaign_code=campaign_code)
    if start is not None:
        found = found.filter(ends__gte=start)
    if end is not None:
        found = found.filter(ends__lte=end)
    return found.order_by()


def total(*, metric: str, method: str = Method.COUNTED, **which: Any) -> Amount:
    """Return the sum of one metric; of daily visitors, which are visits by day and never people. As ``counts``."""
    found = _both(metric, method, which)
    return amount(metric, method, sum(int(rows.aggregate(sum=Sum("quantity"))["sum"] or 0) for rows in found))


def daily(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[date, int]:
    """Return the sum of one metric by day, in order of days; a day without counts is left out. As ``counts``."""
    found = counts(metric=metric, method=method, **which)
    return dict(found.values("day").annotate(sum=Sum("quantity")).order_by("day").values_list("day", "sum"))


def by_page(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the key of the page, most first. As ``counts``; figures from elsewhere are about no page."""
    found = counts(metric=metric, method=method, **which).values_list("page_key").annotate(sum=Sum("quantity"))
    return _amounts(metric, method, Counter({key: int(quantity) for key, quantity in found}))


def by_channel(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by channel, most first. As ``counts``."""
    return _by("channel", metric, method, which)


def by_placement(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the code of the placement, most first; nothing stands for no placement. As ``counts``."""
    return _by("placement_code", metric, method, which)


def by_week(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[date, Amount]:
    """Return one metric by week, named by its Monday, in order; a week without any is left out. As ``counts``.

    A figure from elsewhere for several weeks stands in the one in which it ends.
    """
    counted, reported = _both(metric, method, which)
    weeks: Counter[date] = Counter()
    for column, found in (("day", counted), ("ends", reported)):
        for day, quantity in found.values_list(column).annotate(sum=Sum("quantity")):
            weeks[monday(day)] += int(quantity)
    return {week: amount(metric, method, weeks[week]) for week in sorted(weeks)}


def by_ward(*, metric: str, method: str = Method.COUNTED, **which: Any) -> dict[str, Amount]:
    """Return one metric by the key of the ward of the placement, else of what the page is about. As ``counts``.

    Where a visitor lives is unknown: what has no place of its own stands under nothing.
    """
    known = every_place()
    counted, reported = _both(metric, method, which)
    wards: Counter[str] = Counter()
    for placement, page, quantity in counted.values_list("placement_code", "page_key").annotate(sum=Sum("quantity")):
        wards[known.placements.get(placement, "") or known.pages.get(page, "")] += int(quantity)
    for placement, ward, quantity in reported.values_list("placement_code", "ward_key").annotate(sum=Sum("quantity")):
        wards[ward or known.placements.get(placement, "")] += int(quantity)
    return _amounts(metric, method, wards)


def _both(metric: str, method: str, which: dict[str, Any]) -> tuple[QuerySet[Count], QuerySet[OfflineFigure]]:
    return counts(metric=metric, method=method, **which), elsewhere(metric=metric, method=method, **which)


def _by(column: str, metric: str, method: str, which: dict[str, Any]) -> dict[str, Amount]:
    sums: Counter[str] = Counter()
    for found in _both(metric, method, which):
        for key, quantity in found.values_list(column).annotate(sum=Sum("quantity")):
            sums[key] += int(quantity)
    return _amounts(metric, method, sums)


def _amounts(metric: str, method: str, sums: Counter[str]) -> dict[str, Amount]:
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return {key: amount(metric, method, quantity) for key, quantity in ordered}


def monday(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())
