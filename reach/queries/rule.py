"""The one rule for who is counted on this site."""

import re
from urllib.parse import urlsplit

import counter_robots
from django.conf import settings
from django.http import HttpRequest

from core.enums import Channel
from reach.enums import Metric

# The version of the rule below and of what counts once (reach.actions.visitors). Counts by different versions are
# different rows, so a change of rule shows. 2: double clicks count once, link scanners do not, visitors are counted.
RULE_VERSION = 2

DO_NOT_COUNT_COOKIE = "do_not_count"

# Programs that follow links before people do, beyond the robots that COUNTER lists.
SCANNERS = re.compile(
    r"barracuda|mimecast|proofpoint|ms-?office|microsoft outlook|safelinks|googleimageproxy|google-safety|symantec"
    r"|messagelabs|sophos|trend ?micro|bitdefender|forcepoint|cloudmark|fireeye|trellix|ironport|mailscanner|urlscan"
    r"|virustotal|phishtank|netcraft|telegrambot|bot/\d",
    re.IGNORECASE,
)


def is_countable(request: HttpRequest, *, metric: str = Metric.VIEWS, channel: str = Channel.WEB) -> bool:
    """Tell whether what ``request`` asks for may be counted.

    Counted is a GET by a person: not HEAD, a preview, anybody signed in, a robot (an empty user agent is one), a
    scanner of links, a browser that fetches ahead or for a part of another page, nor anybody who asked not to be
    counted, here or by Global Privacy Control or Do Not Track. Nothing of the request is kept.

    A scanner may look like any browser. What links in mails lead to is therefore counted only by what scanners lack: a
    download where it is taken from a page here, an arrival by email where the browser says that it goes to a page.
    """
    return (
        request.method == "GET"
        and not getattr(request, "is_preview", False)
        and not _asked_not_to_be_counted(request)
        and not _is_fetched_ahead(request)
        and not _is_robot(request)
        and not _is_signed_in(request)
        and _goes_there(request, metric=metric, channel=channel)
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


# Which user agents are robots, by a hash that only this process can make. To go through the list anew for each request
# would take as long as all else that a kept page needs.
_known: dict[int, bool] = {}
MOST_KNOWN = 1000


def _is_robot(request: HttpRequest) -> bool:
    user_agent = request.headers.get("User-Agent", "").strip()
    found = _known.get(hash(user_agent))
    if found is None:
        found = not user_agent or bool(SCANNERS.search(user_agent)) or counter_robots.is_robot_or_machine(user_agent)
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[hash(user_agent)] = found
    return found


def _is_signed_in(request: HttpRequest) -> bool:
    # Without its cookie nobody is signed in; not looking keeps the session out of public pages.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return hasattr(request, "user") and request.user.is_authenticated


def _goes_there(request: HttpRequest, *, metric: str, channel: str) -> bool:
    """Tell whether somebody goes to this address, and no page of another site loads it as a picture or in a frame."""
    if metric == Metric.DOWNLOADS:
        return _came_from_here(request)
    mode, goal = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    if channel == Channel.EMAIL and mode is None:
        return False
    return mode in {None, "navigate"} and goal in {None, "document"}


def _came_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that it comes from a page of this site; all browsers of the last ten years do."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
