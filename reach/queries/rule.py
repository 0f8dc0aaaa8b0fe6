"""The one rule for who is counted on this site."""

import counter_robots
from django.conf import settings
from django.http import HttpRequest

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
