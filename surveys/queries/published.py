"""Which results the public may read, and which it ever could."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.models import User
from surveys.enums import ResultState
from surveys.models import ResultSet, Survey


def approved_results(survey: Survey) -> QuerySet[ResultSet]:
    """Return the results of ``survey`` that the public reads, one a wave, the latest wave first."""
    found = ResultSet.objects.approved().filter(wave__survey=survey).select_related("wave")
    return found.defer("figures", "wave__instrument__body").order_by("-wave__opens", "-wave__number")


@dataclass(frozen=True)
class Standing:
    """What stands under the address of a wave's results: the set to show, or that what stood there was withdrawn."""

    results: ResultSet | None
    is_withdrawn: bool


def standing_at(survey: Survey, number: int) -> Standing:
    """Return what the public may read of a wave's results."""
    out = Q(state=ResultState.APPROVED) | Q(state=ResultState.WITHDRAWN)
    found = ResultSet.objects.filter(out, wave__survey=survey, wave__number=number).select_related("wave")
    rows = list(found.defer("figures", "record"))
    approved = next((row for row in rows if row.state == ResultState.APPROVED), None)
    return Standing(approved, bool(rows) and approved is None)


def figures_once_public(results: ResultSet) -> list[dict[str, Any]]:
    """Return the figures of every other result set of the wave that was ever published: what was out is out."""
    once = (ResultState.APPROVED, ResultState.REPLACED, ResultState.WITHDRAWN)
    others = ResultSet.objects.filter(wave=results.wave_id, state__in=once).exclude(pk=results.pk)
    return list(others.values_list("figures", flat=True))


def waves_with_public_results(survey_id: int) -> frozenset[int]:
    """Return the numbers of the waves whose results the public reads."""
    approved = ResultSet.objects.approved().filter(wave__survey=survey_id)
    return frozenset(approved.values_list("wave__number", flat=True))


def results_to_approve(user: User) -> QuerySet[ResultSet]:
    """Return the results that wait for a second person, and that ``user`` may approve."""
    found = ResultSet.objects.filter(state=ResultState.SUBMITTED).select_related("wave__survey", "submitted_by")
    for name in ("made_by", "submitted_by", "findings_by"):
        # "Not made by them" alone would leave out the results of nobody on record.
        found = found.filter(Q(**{name: None}) | ~Q(**{name: user}))
    return found.defer("figures", "public", "record").order_by("pk")


def why_not_approve(results: ResultSet, user: User) -> str:
    """Return why ``user`` may not approve ``results``; empty where they may."""
    if results.state != ResultState.SUBMITTED:
        return "These results do not wait for approval."
    if user.pk in {results.made_by_id, results.submitted_by_id, results.findings_by_id}:
        return "A second person approves: you made these results, sent them or wrote their findings."
    return ""


def results_to_draw() -> list[ResultSet]:
    """Return the approved results whose pictures have not been drawn."""
    found = ResultSet.objects.approved().filter(public__charts__isnull=True).select_related("wave__survey")
    return list(found.defer("figures", "record").order_by("pk"))
