"""What the home page, the support directory and search ask."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from campaigns.queries import live_campaign_pages
from campaigns.queries import on_now as campaigns_on_now
from core.enums import SupportKind
from core.models import SupportService
from events.queries import ListedDate, coming_occurrences
from schools.queries import live_pack_pages
from surveys.queries import open_survey_pages

SHOWN = 3
MOST_WORDS = 12
LONGEST_QUERY = 200
MOST_RESULTS = 200


@dataclass(frozen=True)
class OnNow:
    """What is on now: a few of each, ready to draw."""

    surveys: list[Any]
    campaigns: list[Any]
    dates: list[ListedDate]
    packs: list[Any]


def on_now() -> OnNow:
    """Return what is on now in every room; where no campaign runs today, the newest ones."""
    return OnNow(
        surveys=list(open_survey_pages()[:SHOWN]),
        campaigns=list(campaigns_on_now()[:SHOWN]) or list(live_campaign_pages()[:SHOWN]),
        dates=coming_occurrences(SHOWN),
        packs=list(live_pack_pages()[:SHOWN]),
    )


@dataclass(frozen=True)
class Group:
    """The support services of one kind."""

    kind: str
    heading: str
    services: list[SupportService]


def support_directory() -> list[Group]:
    """Return the support services with their owners, by kind: emergency first, then reporting, then support."""
    order = list(SupportKind)
    services = sorted(
        SupportService.objects.select_related("owner"), key=lambda found: order.index(SupportKind(found.kind))
    )
    return [
        Group(kind, str(SupportKind(kind).label), list(found)) for kind, found in groupby(services, lambda s: s.kind)
    ]


@dataclass(frozen=True)
class Result:
    """One thing that search found; ``page`` or ``service`` is what it is."""

    title: str
    summary: str
    kind: str
    page: Page | None = None
    service: SupportService | None = None


@dataclass(frozen=True)
class Found:
    """What search found, best first; ``some_words`` where nothing has all the words and these have some."""

    results: list[Result]
    some_words: bool = False


def words_of(typed: str) -> str:
    """Return the words in what somebody typed, without the marks that search engines trip over."""
    return " ".join(re.findall(r"\w+", typed[:LONGEST_QUERY])[:MOST_WORDS])


def search(typed: str) -> Found:
    """Return the support services and live public pages that have all the words typed, or else some of them."""
    words = words_of(typed)
    if not words:
        return Found([])
    everything = _search(words, "and")
    if everything or " " not in words:
        return Found(everything)
    return Found(_search(words, "or"), some_words=True)


def _search(words: str, operator: str) -> list[Result]:
    backend = get_search_backend()
    services = backend.search(words, SupportService.objects.all(), operator=operator)[:SHOWN]
    pages = backend.search(words, Page.objects.live().public(), operator=operator)[:MOST_RESULTS]
    return [*map(_service_result, services), *map(_page_result, _specific(pages))]


def _specific(pages: Any) -> list[Page]:
    """Return the pages as their own types, in the same order: one query for each type there is."""
    keys = [page.pk for page in pages]
    found = {page.pk: page for page in Page.objects.filter(pk__in=keys).specific()}
    return [found[key] for key in keys]


def _page_result(page: Any) -> Result:
    summary = getattr(page, "listing_summary", "") or getattr(page, "summary", "")
    return Result(title=page.title, summary=summary, kind=str(getattr(page, "listed_as", _("Page"))), page=page)


def _service_result(service: SupportService) -> Result:
    return Result(title=service.name, summary=service.description, kind=_("Support service"), service=service)
