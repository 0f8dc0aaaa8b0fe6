"""Reading the counts, and the one rule for who is counted on this site."""

from collections.abc import Iterable
from datetime import date

import counter_robots
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest

from reach.models import Count

# The version of the rule below. Counts by different versions are different rows, so a change of rule shows.
RULE_VERSION = 1

DO_NOT_COUNT_COOKIE = "do_not_count"


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


def by_page(
    *,
    metric: str,
    campaign_code: str | None = None,
    start: date | None = None,
    end: date | None = None,
    is_sample: bool = False,
) -> dict[str, int]:
    """Return the sum of one metric by page key, in alphabetical order."""
    found = counts(metric=metric, campaign_code=campaign_code, start=start, end=end, is_sample=is_sample)
    grouped = found.values("page_key").annotate(sum=Sum("quantity")).order_by("page_key")
    return dict(grouped.values_list("page_key", "sum"))
