"""What the campaigns can be measured by."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.models import PAGE_KEY, Campaign
from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from reach import queries as reach
from reach.enums import Metric

SOURCE = "Counted on this site, without cookies"


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


def _by_period(codes: list[str], months: int, *, is_sample: bool) -> Counter[date]:
    views: Counter[date] = Counter()
    for code in codes:
        counts = reach.counts(metric=Metric.VIEWS, campaign_code=code, is_sample=is_sample)
        for day, quantity in counts.filter(page_key__startswith=PAGE_KEY).values_list("day", "quantity"):
            views[first_day(day, months)] += quantity
    return views


def read_page_views(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the views of campaign pages by calendar period; the running one is marked provisional ([p]).

    A period with counts of its own never takes in sample ones.

    Raises:
        ValueError: a parameter is wrong.
    """
    codes, months = _codes(parameters), months_in(parameters.get("period") or "")
    counted, sample = (_by_period(codes, months, is_sample=flag) for flag in (False, True))
    return readings(counted=counted, sample=sample, months=months, today=timezone.localdate(), source=SOURCE)


measures.offer("campaigns.page_views")(
    Measure(
        name="Campaign page views",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="views",
        read=read_page_views,
        parameters={
            "campaign": "The short name of one campaign, or nothing for all of them.",
            "period": "month, quarter or year; quarter unless told.",
        },
        note="Views are not people: somebody who looks twice is counted twice.",
    )
)
