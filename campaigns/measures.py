"""What the campaigns can be measured by: each measure one metric by one method, which are never added to others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.models import PAGE_KEY, Campaign, Placement
from core.enums import Channel
from indicators.periods import first_day, months_in, readings
from indicators.registry import Kind, Measure, Reading, measures
from reach import queries as reach
from reach.enums import OFFLINE_METHODS, OFFLINE_METRICS, Method, Metric
from reach.models import OfflineFigure

SOURCE = "Counted on this site, without cookies"
ELSEWHERE = "Figures from elsewhere, entered with their source"
WHICH = {
    "campaign": "The short name of one campaign, or nothing for all of them.",
    "period": "month, quarter or year; quarter unless told.",
}
CHANNEL = {"channel": f"One of {', '.join(Channel.values)}, or nothing for all of them."}
Days = Iterable[tuple[date, int]]


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


def _one_of(parameters: Mapping[str, Any], name: str, known: Iterable[str], usual: str = "") -> str:
    """Return what was chosen under ``name``, or what is usual where nothing was.

    Raises:
        ValueError: there is no such thing, or nothing was chosen and nothing is usual.
    """
    chosen, choices = parameters.get(name) or usual, list(known)
    if chosen not in choices:
        raise ValueError(f"The {name} is {chosen!r}. Give one of {', '.join(filter(None, choices))}.")
    return chosen


def _by_period(days: Days, months: int) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, quantity in days:
        found[first_day(day, months)] += quantity
    return found


def _readings(*, counted: Days, sample: Days, months: int, source: str) -> list[Reading]:
    """Return what ``counted`` and ``sample`` say day by day as readings of calendar periods.

    The running period is provisional ([p]); a period with counts of its own never takes in sample ones.
    """
    return readings(
        counted=_by_period(counted, months),
        sample=_by_period(sample, months),
        months=months,
        today=timezone.localdate(),
        source=source,
    )


def read_page_views(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the views of campaign pages by calendar period.

    Raises:
        ValueError: a parameter is wrong.
    """
    codes, months = _codes(parameters), months_in(parameters.get("period") or "")

    def views(*, is_sample: bool) -> Days:
        found = reach.counts(metric=Metric.VIEWS, is_sample=is_sample)
        rows = found.filter(campaign_code__in=codes, page_key__startswith=PAGE_KEY)
        return rows.values_list("day", "quantity")

    return _readings(counted=views(is_sample=False), sample=views(is_sample=True), months=months, source=SOURCE)


def read_arrivals(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the arrivals by short links of campaigns by calendar period, of one placement or channel if told.

    Raises:
        ValueError: a parameter is wrong.
    """
    codes, months = _codes(parameters), months_in(parameters.get("period") or "")
    channel = _one_of(parameters, "channel", ["", *Channel.values])
    placements = Placement.objects.filter(campaign__code__in=codes).order_by("code")
    placement = _one_of(parameters, "placement", ["", *placements.values_list("code", flat=True)])
    wanted = {"channel": channel, "placement_code": placement}

    def arrivals(*, is_sample: bool) -> Days:
        found = reach.counts(metric=Metric.ARRIVALS, is_sample=is_sample).filter(campaign_code__in=codes)
        rows = found.filter(**{name: value for name, value in wanted.items() if value})
        return rows.values_list("day", "quantity")

    return _readings(counted=arrivals(is_sample=False), sample=arrivals(is_sample=True), months=months, source=SOURCE)


def read_figures(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return one metric that was counted elsewhere, by one method and by calendar period, where its last day falls.

    Figures that were taken back are not in it.

    Raises:
        ValueError: a parameter is wrong, or no metric is named.
    """
    codes, months = _codes(parameters), months_in(parameters.get("period") or "")
    wanted = {
        "metric": _one_of(parameters, "metric", OFFLINE_METRICS),
        "method": _one_of(parameters, "method", OFFLINE_METHODS, usual=Method.REPORTED),
        "campaign_code__in": codes,
    }
    if channel := _one_of(parameters, "channel", ["", *Channel.values]):
        wanted["channel"] = channel

    def figures(*, is_sample: bool) -> Days:
        found = OfflineFigure.objects.standing().filter(**wanted, is_sample=is_sample)
        return found.order_by().values_list("ends", "quantity")

    return _readings(counted=figures(is_sample=False), sample=figures(is_sample=True), months=months, source=ELSEWHERE)


measures.offer("campaigns.page_views")(
    Measure(
        name="Campaign page views",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="views",
        read=read_page_views,
        parameters=WHICH,
        note="Views are not people: somebody who looks twice is counted twice.",
    )
)
# Few enough to point to somebody: published like counts of people, to 5 and not under 10.
measures.offer("campaigns.arrivals")(
    Measure(
        name="Arrivals by short links",
        kind=Kind.PLAIN,
        unit="arrivals",
        read=read_arrivals,
        parameters=WHICH | CHANNEL | {"placement": "The code of one placement, or nothing for all of them."},
        note="Arrivals are not people: somebody who comes twice is counted twice.",
    )
)
measures.offer("campaigns.figures")(
    Measure(
        name="Campaign figures from elsewhere",
        kind=Kind.PLAIN,
        unit="",
        read=read_figures,
        parameters={
            "metric": f"One of {', '.join(OFFLINE_METRICS)}: never two together.",
            "method": f"{' or '.join(OFFLINE_METHODS)}; reported unless told.",
        }
        | WHICH
        | CHANNEL,
        note="As they were entered under Reach, with their sources: copies given out, times shown, people who came.",
    )
)
