"""The strategy's numbers for machines: published values only."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema

from core.spreadsheets import disarmed
from indicators import queries
from indicators.direction import Direction
from indicators.enums import Marker
from indicators.publish import SAMPLE, Published
from indicators.queries import Series

router = Router(tags=["Indicators"])

COLUMNS: dict[str, tuple[str, str]] = {
    "indicator": ("string", "The lasting code of the indicator."),
    "area_code": ("string", "The official code of the place, or our own code of a part of it."),
    "area_name": ("string", "The name of the place."),
    "period_start": ("date", "First day of the period."),
    "period_end": ("date", "Last day of the period."),
    "value": ("number", "The value, rounded."),
    "lower": ("number", "Lower limit of the 95% interval, rounded."),
    "upper": ("number", "Upper limit of the 95% interval, rounded."),
    "n": ("integer", "How many answers or people it rests on, to the nearest 5."),
    "unit": ("string", "The unit; % for percentages."),
    "marker": ("string", "Government Statistical Service shorthand, in square brackets."),
    "status": ("string", "Change since the last comparable value, in words."),
    "source": ("string", "Where the number comes from; begins with “Sample data” where it is invented."),
    "wording_id": ("string", "Which wording of the question was asked."),
}
NUMBERS = ("value", "lower", "upper", "n")
NO_NUMBER = f"[{Marker.NOT_APPLICABLE}]"


class MeasurementOut(Schema):
    """One published number."""

    indicator: str
    area_code: str
    area_name: str
    period_start: date
    period_end: date
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    unit: str
    marker: str
    status: str
    source: str
    wording_id: str


class PeriodOut(Schema):
    """Two days and all between."""

    start: date
    end: date


class TargetOut(Schema):
    """Where the number should be by a day."""

    value: float
    due: date


class IndicatorOut(Schema):
    """One indicator with its latest number."""

    code: str
    title: str
    objective: str
    definition: str
    rationale: str
    kind: str
    unit: str
    polarity: str
    headline: bool
    source: str
    frequency: str
    is_sample: bool
    page: str
    baseline: PeriodOut | None
    target: TargetOut | None
    latest: MeasurementOut | None
    since_last: str
    since_baseline: str


class IndicatorList(Schema):
    """A page of indicators."""

    items: list[IndicatorOut]
    count: int
    next: str | None


class MeasurementList(Schema):
    """A page of numbers."""

    items: list[MeasurementOut]
    count: int
    next: str | None


class Paging(Schema):
    """Which part of a list."""

    limit: int = Query(100, ge=1, le=1000, description="How many at most.")
    offset: int = Query(0, ge=0, le=1_000_000, description="How many to pass over.")


def _measurement(point: Published, status: str) -> dict[str, Any]:
    names = [name for name in COLUMNS if name != "status"]
    return {name: getattr(point, name) for name in names} | {"status": status}


def _measurements(series: Series) -> list[dict[str, Any]]:
    return [_measurement(point, status) for point, status in series.rows]


def _words(direction: Direction | None, series: Series) -> str:
    shown = direction and series.latest and not series.latest.is_withheld
    return direction.verdict.value if direction and shown else ""


def _indicator(request: HttpRequest, series: Series) -> dict[str, Any]:
    shown = series.indicator
    period = {"start": shown.baseline_start, "end": shown.baseline_end} if shown.baseline_start else None
    target = {"value": series.target.value, "due": series.target.due} if series.target else None
    since_last = _words(series.status, series)
    same = ("code", "title", "definition", "rationale", "kind", "unit", "polarity", "headline", "source", "frequency")
    return {name: getattr(shown, name) for name in same} | {
        "objective": shown.objective.code,
        "is_sample": series.is_sample,
        "page": request.build_absolute_uri(shown.get_absolute_url()),
        "baseline": period,
        "target": target,
        "latest": _measurement(series.latest, since_last) if series.latest else None,
        "since_last": since_last,
        "since_baseline": _words(series.baseline, series),
    }


def _page(request: HttpRequest, count: int, paging: Paging, items: list[dict[str, Any]]) -> dict[str, Any]:
    after = paging.offset + paging.limit
    query = urlencode({"limit": paging.limit, "offset": after})
    following = request.build_absolute_uri(f"{request.path}?{query}") if after < count else None
    return {"items": items, "count": count, "next": following}


def _cut(items: Any, paging: Paging) -> Any:
    return items[paging.offset : paging.offset + paging.limit]


def _found(code: str) -> Series:
    series = queries.public_series(code)
    if series is None:
        raise Http404
    return series


@router.get("", response=IndicatorList, summary="All indicators")
def indicators(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Return the indicators in the strategy's order, each with its latest number."""
    every = queries.public_indicators()
    place = queries.whole_area()
    items = [_indicator(request, queries.series(one, place)) for one in _cut(every, paging)]
    return _page(request, every.count(), paging, items)


@router.get("/{code}", response=IndicatorOut, summary="One indicator")
def indicator(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the indicator with this code."""
    return _indicator(request, _found(code))


@router.get(
    "/{code}/measurements",
    response=MeasurementList,
    summary="Its numbers",
)
def measurements(request: HttpRequest, code: str, paging: Query[Paging]) -> dict[str, Any]:
    """Return the current revision of every number of this indicator: the whole area first, oldest first."""
    rows = _measurements(_found(code))
    return _page(request, len(rows), paging, _cut(rows, paging))


def _cell(name: str, row: dict[str, Any]) -> Any:
    """A cell of the file: a marker where there is no number, and no text that a spreadsheet takes for a formula."""
    content = row[name]
    if name in NUMBERS and content is None:
        withheld = row["value"] is None and row["marker"]
        return row["marker"].split()[0] if withheld else NO_NUMBER
    return disarmed(content)


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(name, row) for name in COLUMNS] for row in rows)
    return file.getvalue()


CSV_CONTENT = {"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}}


@router.get("/{code}/measurements.csv", summary="Its numbers as CSV", openapi_extra=CSV_CONTENT)
def measurements_csv(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001  (ninja names it)
    """Return the same numbers as a table; a cell without a number holds its marker."""
    rows = _measurements(_found(code))
    response = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-measurements.csv"'
    response["Link"] = '<measurements.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return response


def _column(name: str) -> dict[str, Any]:
    datatype, words = COLUMNS[name]
    column: dict[str, Any] = {"name": name, "titles": name, "datatype": datatype, "dc:description": words}
    if name in NUMBERS:
        column["null"] = [f"[{marker}]" for marker in ("c", "u", "x", "z")]
    return column


CSVW_CONTENT = {
    "responses": {200: {"description": "OK", "content": {"application/csvm+json": {"schema": {"type": "object"}}}}}
}


@router.get(
    "/{code}/measurements.csv-metadata.json",
    summary="What the columns of the CSV mean",
    openapi_extra=CSVW_CONTENT,
)
def measurements_metadata(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001  (ninja names it)
    """Return the W3C's CSV on the Web metadata of the file beside it."""
    series = _found(code)
    title = f"{SAMPLE}: {series.indicator.title}" if series.is_sample else series.indicator.title
    body = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "measurements.csv",
        "dc:title": title,
        "dc:description": series.indicator.definition,
        "dc:source": series.indicator.source,
        "tableSchema": {
            "columns": [_column(name) for name in COLUMNS],
            "primaryKey": ["indicator", "area_code", "period_start", "period_end"],
        },
    }
    return JsonResponse(body, content_type="application/csvm+json")
