"""Campaign pages as lists and other pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from campaigns.models import Campaign, CampaignPage, CampaignPageQuerySet
from campaigns.registry import related
from core.approvals.showing import as_approved
from core.languages.trees import in_language
from core.models import Image
from core.models.pages import closed_to_some
from core.remembering import remembered

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Card:
    """A campaign page as lists draw it."""

    title: str
    url: str
    summary: str
    meta: str
    image: Image | None
    of: CampaignPage


def live_campaign_pages() -> CampaignPageQuerySet:
    """Return the campaign pages that anybody may read, with their campaign and picture, newest campaign first."""
    pages = in_language(CampaignPage.objects.live().unrestricted()).select_related("campaign", "hero_image")
    return pages.order_by("-campaign__starts", "campaign__title", "pk")


def on_now(today: date | None = None) -> CampaignPageQuerySet:
    """Return the live pages of campaigns that run today, or on the day given."""
    return live_campaign_pages().on(today or timezone.localdate())


def card(page: CampaignPage, *, leads: bool) -> Card:
    """Return the page as lists draw it.

    The one that ``leads`` its list has its picture, the others have none: each picture is a request, and a first visit
    to a list of any length makes no more than six, on a slow line too.
    """
    return Card(
        title=page.card_title,
        url=page.url or "",
        summary=page.card_summary,
        meta=page.campaign.dates,
        image=page.hero_image if leads else None,
        of=page,
    )


@dataclass(frozen=True)
class Related:
    """A page that belongs to the same campaign, as other pages point to it; ``kind`` says what it is."""

    title: str
    url: str
    kind: "StrOrPromise"  # told in the language of the article, which is not always that of the address
    of: Page


def related_pages(campaign: Campaign | None, *, beside: Page, request: HttpRequest) -> list[Related]:
    """Return what belongs to ``campaign`` in every room, the campaign's own page first, without ``beside`` itself.

    Only pages that anybody may read, in the language of ``beside``. None without a campaign.
    """
    if campaign is None:
        return []
    belonging = remembered(
        ("belongs to campaign", campaign.pk, beside.locale_id),
        lambda: _belonging(campaign, locale_id=beside.locale_id, request=request),
        request=request,
    )
    return [page for page in belonging if page.of.pk != beside.pk]


def _belonging(campaign: Campaign, *, locale_id: int, request: HttpRequest) -> list[Related]:
    """Return every page that belongs to ``campaign``, from all rooms, the same beside each of them.

    A query for all of them, one for each kind of page, and what :func:`as_approved` asks.
    """
    offered = Q(*(offer(campaign) for _name, offer in related.items()), _connector=Q.OR)
    here = Page.objects.filter(~closed_to_some(), offered, live=True, locale_id=locale_id)
    # An event with several dates to come meets the condition by each.
    pages = as_approved(here.order_by("title", "pk").distinct().specific(), request)
    found = [Related(page.title, page.get_url(request) or "", page.listed_as, page) for page in pages]
    return sorted(found, key=lambda page: (not isinstance(page.of, CampaignPage), str(page.kind)))
