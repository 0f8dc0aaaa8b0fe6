"""What the campaigns can be measured by."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from campaigns.models import PAGE_KEY, Campaign
from indicators.registry import Kind, Measure, Reading, measures
from reach import queries as reach
from reach.enums import Metric

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
SOURCE = "Counted on this site, without cookies"


def _start_of_period(day: date, months: int) -> date:
    """Return the first day of the calendar period of so many months in which ``day`` falls."""
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _start_of_next(start: date, months: int) -> date:
    return _start_of_period(start + timedelta(days=31 * months), months)


def _codes(parameters: Mapping[str, Any]) -> list[str]:
    """Return the codes of the campaigns to count.

    Raises:
        ValueError: the campaign named is not there.
    """
    code = parameters.get("campaign") or ""
    known = list(Campaign.objects.order_by("code").values_list("code", flat=True))
    if code and code not in known:
        raise ValueError(f"There is no campaign with the short name {code!r}. Give one from the list of campaigns.")
    return [code] if code else known


def _months(parameters: Mapping[str, Any]) -> int:
    period = parameters.get("period") or "quarter"
    if period not in MONTHS_IN:
        raise ValueError(f"The period is {period!r}. Give month, quarter or year.")
    return MONTHS_IN[period]


def _by_period(codes: list[str], months: int, *, is_sample: bool) -> Counter[date]:
    views: Counter[date] = Counter()
    for code in codes:
        counts = reach.counts(metric=Metric.VIEWS, campaign_code=code, is_sample=is_sample)
        for day, quantity in counts.filter(page_key__startswith=PAGE_KEY).values_list("day", "quantity"):
            views[_start_of_period(day, months)] += quantity
    return views


def _periods(views: Counter[date], months: int, today: date) -> Iterator[tuple[date, date]]:
    """Go through every calendar period from the first with views to the one that runs today, the empty ones too."""
    start = min(views, default=today)
    while start <= today and views:
        following = _start_of_next(start, months)
        yield start, following - timedelta(days=1)
        start = following


def read_page_views(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the views of campaign pages by calendar period; the running one is marked provisional ([p]).

    A period with counts of its own never takes in sample ones.

    Raises:
        ValueError: a parameter is wrong.
    """
    codes, months, today = _codes(parameters), _months(parameters), timezone.localdate()
    counted, sample = (_by_period(codes, months, is_sample=flag) for flag in (False, True))
    return [
        Reading(
            period_start=start,
            period_end=end,
            value=float(counted[start] if start in counted else sample[start]),
            source=SOURCE,
            marker="p" if end >= today else "",
            is_sample=start not in counted and start in sample,
        )
        for start, end in _periods(counted + sample, months, today)
    ]


measures.offer("campaigns.page_views")(
    Measure(
        name="Campaign page views",
        kind=Kind.PLAIN,
        unit="views",
        read=read_page_views,
        parameters={
            "campaign": "The short name of one campaign, or nothing for all of them.",
            "period": "month, quarter or year; quarter unless told.",
        },
        note="Views are not people: somebody who looks twice is counted twice.",
    )
)
