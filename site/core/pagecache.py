"""Public pages, kept for anonymous visitors for some minutes at most.

Every key carries one version of the site. Whatever changes what pages show gives the site a new version once it is
committed (core.refreshing), so that every page kept before is out of reach at once, in every process. Two things no
write announces: the time of day, for which pages are kept for some minutes only, and the date, which the key carries.

A page is kept only where it says so (``may_be_kept``), only for a few choices that it understands, and only under a
host that the site is known by: what anybody may type into an address cannot fill the cache. Counting views stands
outside, so a kept answer is counted like a fresh one.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Page as ListPage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

VERSION = "site-version"
LONGEST_QUERY = 200
MOST_CHOICES = 3  # in one address; all combinations of more are more pages than anybody reads


def version() -> str | None:
    """Return the version of the site that kept pages belong to; None where the cache keeps nothing."""
    found = cache.get(VERSION)
    if found is None and cache.add(VERSION, secrets.token_hex(8), None):
        found = cache.get(VERSION)
    return found


def version_for(request: HttpRequest) -> str | None:
    """Return the version of the site as it was when ``request`` first asked: what answers it is of no other."""
    known = request.__dict__
    if "site_version" not in known:
        known["site_version"] = version()
    return known["site_version"]


def renew() -> None:
    """Give the site a new version: every page kept so far is out of reach."""
    cache.set(VERSION, secrets.token_hex(8), None)


def may_be_kept(request: HttpRequest, *, query: str = "") -> None:
    """Say that the answer to ``request`` is the same for every anonymous visitor.

    ``query`` is the part of the address's query that the page understood; with any other query it is not kept.
    """
    request.kept_query = _in_order(query)  # type: ignore[attr-defined]  # ours, read below


def list_may_be_kept(request: HttpRequest, *, query: str, shown: ListPage) -> None:
    """Say so of a list whose choices are ``query``, of which the page ``shown`` is shown."""
    number = [("page", str(shown.number))] if "page" in request.GET else []
    may_be_kept(request, query=urlencode([*parse_qsl(query), *number]))


def kept_until(request: HttpRequest, moment: datetime) -> None:
    """Say that the answer to ``request`` is true no longer than to ``moment``: it is not kept past that."""
    known = request.__dict__
    known["kept_until"] = min(moment, known.get("kept_until", moment))


@dataclass(frozen=True)
class Kept:
    """An answer as the cache holds it, with what a view of it is counted under."""

    content: bytes
    headers: dict[str, str]
    counted_page: Any


class KeepPages:
    """Answer anonymous visitors from the cache, and keep what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from the cache, or pass on and keep the answer if it may be kept."""
        key = _key(request)
        kept = cache.get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            if not (key and _is_for_everybody(request, response)):
                return response
            kept = Kept(response.content, _headers(response), getattr(request, "counted_page", None))
            cache.set(key, kept, _seconds(request))
        request.counted_page = kept.counted_page  # type: ignore[attr-defined]  # read by whoever counts views
        return _answer(request, kept)


def _key(request: HttpRequest) -> str | None:
    """Return the name that the answer is kept under; None where nothing is kept for this request."""
    query = request.META.get("QUERY_STRING", "")
    passed_by = request.method not in {"GET", "HEAD"} or _is_too_much(query) or not settings.PAGES_KEPT_FOR
    # A cookie of the admin may mean anything: its owner always gets a fresh page.
    if passed_by or settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
        return None
    if not _is_known_host(request):
        return None
    of_site = version_for(request)
    if of_site is None:
        return None
    address = (request.scheme or "", request.get_host(), request.path, _in_order(query))
    parts = (of_site, timezone.localdate().isoformat(), get_language() or "", *address)
    return "page-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _seconds(request: HttpRequest) -> int:
    """Return how long the answer is kept: whole seconds, so that it ends before what it shows does."""
    ends = getattr(request, "kept_until", None)
    left = int((ends - timezone.now()).total_seconds()) if ends else settings.PAGES_KEPT_FOR
    return max(0, min(left, settings.PAGES_KEPT_FOR))


def _is_too_much(query: str) -> bool:
    return len(query) > LONGEST_QUERY or query.count("&") >= MOST_CHOICES


def _is_known_host(request: HttpRequest) -> bool:
    """Tell whether the site is asked under a name of its own, not one of any number below it or with any port."""
    asked, ours = urlsplit(f"//{request.get_host()}"), urlsplit(settings.SITE_URL)
    names = {ours.hostname, *(name.strip("[]").lower() for name in settings.ALLOWED_HOSTS)}
    return asked.hostname in names and asked.port in {None, ours.port, int(request.get_port())}


def _in_order(query: str) -> str:
    return urlencode(sorted(parse_qsl(query, keep_blank_values=True)))


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the answer is a whole page that said it may be kept, and holds nothing of who asked."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and getattr(request, "kept_query", None) == _in_order(request.META.get("QUERY_STRING", ""))
        and not getattr(request, "is_preview", False)
        and not _knows_who_asks(request, response)
        and b'method="post"' not in response.content.lower()
    )


def _knows_who_asks(request: HttpRequest, response: HttpResponse) -> bool:
    session = getattr(request, "session", None)
    private = any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
    return bool(
        private
        or response.cookies
        or response.has_header("Vary")
        or getattr(session, "accessed", False)
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _headers(response: HttpResponse) -> dict[str, str]:
    """Return the headers to keep: a browser asks again every time, so that it is never behind, and may hear "304"."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return {**response.headers, "ETag": etag, "Cache-Control": "no-cache"}


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.content, headers=kept.headers)
    return get_conditional_response(request, etag=kept.headers["ETag"], response=response) or response
