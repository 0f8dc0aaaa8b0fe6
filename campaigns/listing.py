"""The list of campaigns: what a visitor asks for, and what fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from campaigns.enums import When
from campaigns.models import CampaignIndexPage, CampaignPage
from campaigns.queries import Card, card, live_campaign_pages
from core.approvals.showing import as_approved

CAMPAIGNS_A_PAGE = 12


@dataclass(frozen=True)
class Listed:
    """What the list has to know of every campaign before it shows some."""

    pk: int
    when: When
    objective: str
    objective_title: str


@dataclass(frozen=True)
class Option:
    """One answer to choose, with the number of campaigns that it leads to."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Section:
    """One heading of the list of campaigns and the pages under it."""

    heading: str
    cards: list[Card]


@dataclass(frozen=True)
class Listing:
    """One page of the list, ready to draw, with what was chosen and what else can be."""

    parts: list[Section]
    page_obj: ListPage
    whens: list[Option]
    objectives: list[Option]
    when: str
    objective: str
    chosen: list[str]
    query: str


def listing(index: CampaignIndexPage, request: HttpRequest, today: date | None = None) -> Listing:
    """Return the live pages under ``index`` that fit what ``request`` asks for: when, objective, page.

    What is on comes first, then what is coming, soonest first, then what has been, latest first. What makes no sense
    is passed over; a page number that there is none of shows the nearest.
    """
    asked = request.GET
    rows = _rows(index, today or timezone.localdate())
    titles = {row.objective: row.objective_title for row in rows}
    when, objective = asked.get("when", ""), asked.get("objective", "")
    when, objective = when if when in When.values else "", objective if objective in titles else ""
    fitting = [row for row in rows if when in {"", row.when} and objective in {"", row.objective}]
    page = Paginator(fitting, CAMPAIGNS_A_PAGE).get_page(asked.get("page"))
    return Listing(
        parts=_sections(list(page), request),
        page_obj=page,
        whens=_options(dict(When.choices), (row.when for row in rows if objective in {"", row.objective})),
        objectives=_options(titles, (row.objective for row in rows if when in {"", row.when})),
        when=when,
        objective=objective,
        chosen=[*([str(When(when).label)] if when else []), *([titles[objective]] if objective else [])],
        query=urlencode({name: value for name, value in (("when", when), ("objective", objective)) if value}),
    )


def _rows(index: CampaignIndexPage, day: date) -> list[Listed]:
    """Return every live page under ``index`` in the order of the list."""
    pages = CampaignPage.objects.live().unrestricted().child_of(index)
    columns = ("pk", "campaign__starts", "campaign__ends", "campaign__objective__code", "campaign__objective__title")
    found = [
        (_when(starts, ends, day), starts, Listed(pk, _when(starts, ends, day), code, title))
        for pk, starts, ends, code, title in pages.order_by("campaign__title", "pk").values_list(*columns)
    ]
    order = list(When)
    found.sort(key=lambda row: (order.index(row[0]), row[1].toordinal() * (1 if row[0] == When.COMING else -1)))
    return [listed for _, _, listed in found]


def _when(starts: date, ends: date, day: date) -> When:
    if ends < day:
        return When.PAST
    return When.COMING if starts > day else When.NOW


def _options(labels: Mapping[str, Any], values: Iterable[str]) -> list[Option]:
    several = list(values)
    return [Option(value, str(label), several.count(value)) for value, label in labels.items()]


def _sections(rows: list[Listed], request: HttpRequest) -> list[Section]:
    live = live_campaign_pages().filter(pk__in=[row.pk for row in rows])
    pages = {page.pk: page for page in as_approved(live, request)}
    shown = [row for row in rows if row.pk in pages]
    return [
        Section(str(When(when).label), [card(pages[row.pk], leads=row is shown[0]) for row in several])
        for when, several in groupby(shown, lambda row: row.when)
    ]
