"""Placements: where each leads now, and how many arrived by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import DateField, Prefetch, QuerySet, Sum
from django.db.models.functions import Cast, TruncWeek
from django.http import HttpRequest
from wagtail.models import Page, Site

from campaigns.models import Campaign, CampaignPage, Placement, PlacementTarget
from core.languages.trees import in_english
from core.models.pages import closed_to_some
from reach import queries as reach
from reach.enums import Metric


@dataclass(frozen=True)
class Way:
    """Where a placement leads now; ``chosen`` is where it should lead, ``is_chosen`` whether it does."""

    page: Page
    chosen: PlacementTarget | None
    is_chosen: bool


@dataclass(frozen=True)
class Arrivals:
    """How many arrived by a placement; numbers of the demonstration are sample ones and are never mixed with others."""

    quantity: int = 0
    is_sample: bool = False


def with_targets(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Return ``placements`` with their campaign, their ward, and where they led so far, the newest first."""
    targets = PlacementTarget.objects.select_related("page", "by")
    return placements.select_related("campaign", "ward").prefetch_related(Prefetch("targets", queryset=targets))


def placement_at(code: str) -> Placement | None:
    """Return the placement that somebody means who types ``code``, in capitals too."""
    return with_targets(Placement.objects.filter(code=code.lower())).first()


def placement_leading_to(page: Page, code: str) -> Placement | None:
    """Return the placement with this code if ``page`` is where it should lead, in whichever language."""
    placement = placement_at(code)
    target = newest(placement) if placement else None
    return placement if target and target.page and target.page.translation_key == page.translation_key else None


def newest(placement: Placement) -> PlacementTarget | None:
    """Return where ``placement`` should lead, from what :func:`with_targets` fetched."""
    return next(iter(placement.targets.all()), None)


def way_of(placement: Placement, request: HttpRequest) -> Way | None:
    """Return where ``placement`` leads; None where the site has no home page."""
    return ways([placement], request).get(placement.pk)


def ways(placements: Sequence[Placement], request: HttpRequest) -> dict[int, Way]:
    """Return where each of ``placements`` leads, by its key: to its page, else its campaign's, else home.

    Only to what anybody may read, in the language of the placement where it stands in that. As many queries for one as
    for fifty.
    """
    home = Site.find_for_request(request).root_page.translation_key
    of_campaigns = _pages_of({placement.campaign_id for placement in placements})
    chosen = {placement.pk: newest(placement) for placement in placements}
    keys = {target.page.translation_key for target in chosen.values() if target and target.page}
    standing = _standing({home, *of_campaigns.values(), *keys})
    found = {}
    for placement in placements:
        target = chosen[placement.pk]
        first = target.page.translation_key if target and target.page else None
        for key in (first, of_campaigns.get(placement.campaign_id), home):
            if page := standing.get((key, placement.language)) or standing.get((key, settings.LANGUAGE_CODE)):
                found[placement.pk] = Way(page, target, is_chosen=key == first)
                break
    return found


def _pages_of(campaigns: Iterable[int]) -> dict[int, UUID]:
    pages = in_english(CampaignPage.objects.filter(campaign__in=campaigns)).order_by("-pk")
    return dict(pages.values_list("campaign_id", "translation_key"))


def _standing(keys: Iterable[UUID]) -> dict[tuple[UUID | None, str], Page]:
    """Return the pages with these keys that anybody may read, by key and language."""
    pages = Page.objects.filter(~closed_to_some(), live=True, translation_key__in=keys).select_related("locale")
    return {(page.translation_key, page.locale.language_code): page for page in pages}


def placements_of(campaign: Campaign) -> QuerySet[Placement]:
    """Return the placements of ``campaign``, the latest first."""
    return with_targets(campaign.placements.all())


def arrivals_by_placement(codes: Iterable[str]) -> dict[str, Arrivals]:
    """Return how many arrived by each of the placements with these ``codes``; one by which nobody came is left out."""
    wanted = list(codes)
    found: dict[str, Arrivals] = {}
    for is_sample in (True, False):
        counts = reach.counts(metric=Metric.ARRIVALS, is_sample=is_sample).filter(placement_code__in=wanted)
        sums = counts.values("placement_code").annotate(sum=Sum("quantity"))
        found |= {code: Arrivals(total, is_sample) for code, total in sums.values_list("placement_code", "sum")}
    return found


def arrivals_by_week(code: str, *, is_sample: bool) -> list[tuple[date, int]]:
    """Return how many arrived by one placement in each week, named by its Monday, the latest first."""
    counts = reach.counts(metric=Metric.ARRIVALS, is_sample=is_sample).filter(placement_code=code)
    weeks = counts.values(week=Cast(TruncWeek("day"), DateField())).annotate(sum=Sum("quantity")).order_by("-week")
    return list(weeks.values_list("week", "sum"))
