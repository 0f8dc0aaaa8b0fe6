"""Reading the counts, and the one rule for who is counted on this site."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import counter_robots
from django.conf import settings
from django.db.models import BigIntegerField, DateField, F, Min, QuerySet, Sum
from django.db.models.functions import Cast, TruncWeek
from django.http import HttpRequest

from reach.enums import Metric
from reach.models import Count

# The version of the rule below. Counts by different versions are different rows, so a change of rule shows.
RULE_VERSION = 1

DO_NOT_COUNT_COOKIE = "do_not_count"

# Published day by day and exactly; arrivals, which can be few and come from one poster, are published by week.
EXACT_METRICS = (Metric.VIEWS, Metric.DOWNLOADS, Metric.DAILY_VISITORS)
FEWEST_ARRIVALS = 10


def is_countable(request: HttpRequest) -> bool:
    """Tell whether what ``request`` asks for may be counted.

    Counted is a GET by a person: not HEAD, a preview, anybody signed in, a robot (an empty user agent is one), a
    browser that fetches ahead, nor anybody who asked not to be counted, here or by Global Privacy Control or Do
    Not Track. Nothing of the request is kept.
    """
    return (
        request.method == "GET"
        and not getattr(request, "is_preview", False)
        and not _asked_not_to_be_counted(request)
        and not _is_fetched_ahead(request)
        and not _is_robot(request)
        and not _is_signed_in(request)
    )


def _asked_not_to_be_counted(request: HttpRequest) -> bool:
    return (
        DO_NOT_COUNT_COOKIE in request.COOKIES
        or request.headers.get("Sec-GPC", "").strip() == "1"
        or request.headers.get("DNT", "").strip() == "1"
    )


def _is_fetched_ahead(request: HttpRequest) -> bool:
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return any("prefetch" in purpose.lower() or "preview" in purpose.lower() for purpose in purposes)


def _is_robot(request: HttpRequest) -> bool:
    user_agent = request.headers.get("User-Agent", "").strip()
    return not user_agent or counter_robots.is_robot_or_machine(user_agent)


def _is_signed_in(request: HttpRequest) -> bool:
    # Without its cookie nobody is signed in; not looking keeps the session out of public pages.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return hasattr(request, "user") and request.user.is_authenticated


def counts(
    *,
    metric: str,
    page_keys: Iterable[str] | None = None,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> QuerySet[Count]:
    """Return the counts of one metric; ``start`` and ``end`` are both included, None means no limit.

    Sample counts and real ones are never returned together.
    """
    found = Count.objects.filter(metric=metric, is_sample=is_sample)
    if page_keys is not None:
        found = found.filter(page_key__in=list(page_keys))
    if campaign_code is not None:
        found = found.filter(campaign_code=campaign_code)
    if start is not None:
        found = found.filter(day__gte=start)
    if end is not None:
        found = found.filter(day__lte=end)
    return found.order_by()


def total(
    *,
    metric: str,
    page_keys: Iterable[str] | None = None,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> int:
    """Return the sum of one metric. A sum of daily visitors is visits by day, never people."""
    found = counts(
        metric=metric,
        page_keys=page_keys,
        campaign_code=campaign_code,
        start=start,
        end=end,
        is_sample=is_sample,
    )
    return found.aggregate(sum=Sum("quantity"))["sum"] or 0


def daily(
    *,
    metric: str,
    page_keys: Iterable[str] | None = None,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> dict[date, int]:
    """Return the sum of one metric by day, in order of days; a day without counts is left out."""
    found = counts(
        metric=metric,
        page_keys=page_keys,
        campaign_code=campaign_code,
        start=start,
        end=end,
        is_sample=is_sample,
    )
    return dict(found.values("day").annotate(sum=Sum("quantity")).order_by("day").values_list("day", "sum"))


_CODES = ("page_key", "metric", "placement_code", "channel", "method", "campaign_code", "is_sample")


def published(*, campaign_code: str | None, start: date | None, end: date | None, today: date) -> tuple[QuerySet, int]:
    """Return the counts that anybody may see, newest first, and how many; :func:`as_row` makes a public row of each.

    Arrivals are summed by week and named by its Monday; a week that is not over or not wholly between ``start`` and
    ``end`` is left out, so that no difference of two answers gives a smaller number away. On a day when the rule for
    who is counted changed, a page has a row by each. The database sorts, by few columns, so that a slice of years
    costs little time and no more memory than its rows.
    """
    start, end = min(start or date.min, today), min(end or today, today)
    whole_weeks = {"day__gte": _monday(start + timedelta(days=6)), "day__lt": _monday(end + timedelta(days=1))}
    exact = Count.objects.filter(metric__in=EXACT_METRICS, day__gte=start, day__lte=end)
    arrivals = Count.objects.filter(metric=Metric.ARRIVALS, day__lt=_monday(today)).filter(**whole_weeks)
    if campaign_code is not None:
        exact, arrivals = exact.filter(campaign_code=campaign_code), arrivals.filter(campaign_code=campaign_code)
    by_day = exact.order_by().values(*_CODES, date=F("day"), total=F("quantity"), key=F("pk"))
    # Cast, since PostgreSQL truncates a date to a time and adds whole numbers up to a decimal.
    week = Cast(TruncWeek("day"), DateField())
    total = Cast(Sum("quantity"), BigIntegerField())
    by_week = arrivals.order_by().values(*_CODES, date=week).annotate(total=total, key=Min("pk"))
    rows = by_day.union(by_week, all=True).order_by("-date", "page_key", "metric", "key")
    return rows, by_day.count() + by_week.count()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


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
