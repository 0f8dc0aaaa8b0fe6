"""What surveys found, for machines: published results only."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from surveys.models import ResultSet, Survey
from surveys.publishing.method import INTERVAL_NAMES
from surveys.queries import survey_page_at
from surveys.queries.published import standing_at

router = Router(tags=["Survey results"])


class EstimateOut(Schema):
    """A number with its range and its marker; without a number the marker says why."""

    value: float | None
    lower: float | None
    upper: float | None
    marker: str


class OptionOut(EstimateOut):
    """An answer, or several that are shown together; the share of those who gave it, in percent."""

    code: str
    codes: list[str]
    label: str
    merged: bool


class TopOut(EstimateOut):
    """The top of a scale: the share of those who gave one of these answers, in percent."""

    codes: list[str]
    label: str


class OutsideOut(Schema):
    """How many gave an answer that is out of the base, to the nearest 5."""

    code: str
    label: str
    count: int | None
    marker: str


class ColumnOut(Schema):
    """What a table by groups shows of each group."""

    code: str
    label: str


class CellOut(EstimateOut):
    """One number of a group."""

    code: str


class GroupOut(Schema):
    """A group of people; without a base the marker says why nothing of it is shown."""

    code: str
    label: str
    base: int | None
    marker: str
    options: list[CellOut]


class TableOut(Schema):
    """A question by groups of people: those who gave each answer to another question."""

    question: str
    text: str
    columns: list[ColumnOut]
    groups: list[GroupOut]


class DifferenceOut(CellOut):
    """The difference between two groups in points, or of a mean in its own unit, with what may be said of it."""

    verdict: str


class ContrastOut(TableOut):
    """Those who came across a campaign, those who did not, and the differences. It is no proof of what caused them."""

    differences: list[DifferenceOut]


class ChangeOut(Schema):
    """What changed since an earlier wave, in words; [b] where the two may not be compared."""

    since: int
    kind: str
    marker: str
    why: str
    top: str
    options: dict[str, str]


class ItemOut(Schema):
    """One question."""

    key: str
    question: str
    wording: str
    text: str
    kind: str
    sensitive: bool
    strands_omitted: list[str]
    base: int | None
    marker: str
    options: list[OptionOut]
    top: TopOut | None
    net: EstimateOut | None
    mean: EstimateOut | None
    outside: list[OutsideOut]
    by: list[TableOut]
    recalled: TopOut | None = None
    contrasts: list[ContrastOut] = []
    change: list[ChangeOut]


class ResultsOut(Schema):
    """What one wave of a survey found, as it was approved."""

    survey: str
    title: str
    wave: int
    opens: date
    closes: date
    population: str
    is_sample: bool
    is_representative: bool
    is_weighted: bool
    speaks_for: str
    interval_name: str
    responses: int
    findings: str
    note: str
    noted_on: date | None
    approved_on: date
    method: list[str]
    page: str
    items: list[ItemOut]


@router.get("/{slug}/waves/{number}/results", response=ResultsOut, summary="What one wave found")
def wave_results(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """Return the approved results of a wave. There are none before they are approved, nor once they are withdrawn."""
    page = survey_page_at(slug)
    results = standing_at(page.survey, number).results if page else None
    if page is None or results is None:
        raise Http404
    return _about(page.survey, results) | {
        "page": request.build_absolute_uri(reverse("surveys:wave_results", args=[slug, number]))
    }


def _about(survey: Survey, results: ResultSet) -> dict[str, Any]:
    wave, public = results.wave, results.public
    return {
        "survey": survey.code,
        "title": survey.title,
        "wave": wave.number,
        "opens": wave.opens,
        "closes": wave.closes,
        "population": wave.population,
        "is_sample": wave.is_sample,
        "is_representative": public["is_random"],
        "is_weighted": public["is_weighted"],
        "speaks_for": survey.sample_statement,
        "interval_name": INTERVAL_NAMES[public["is_random"]],
        **{name: public[name] for name in ("responses", "method", "items")},
        **{name: getattr(results, name) for name in ("findings", "note", "noted_on", "approved_on")},
    }
