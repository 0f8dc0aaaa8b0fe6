"""The pictures of published results: drawn by the worker, kept as files, named in what is public."""

from datetime import date

import structlog
from django.db import transaction

from core.charts import files
from core.charts.bars import Bar, Bars
from core.charts.timeseries import Point, TimeSeries
from core.refreshing import refresh_pages
from surveys.models import ResultSet
from surveys.publishing.protecting import Public
from surveys.publishing.trends import Trend, trends_of
from surveys.publishing.words import chart_words
from surveys.queries.published import approved_results, results_to_draw

logger = structlog.get_logger(__name__)

FOLDER = "charts/results"


def draw_due() -> None:
    """Draw the pictures of all approved results that have none yet.

    A drawing that fails is logged and tried again by the next round; until then the page has its tables alone.
    """
    for results in results_to_draw():
        try:
            charts = {"waves": _of_wave(results), "over_time": _over_time(results)}
        except Exception:  # A bucket's client raises errors of its own; whatever it is, the others are drawn.
            logger.exception("pictures of results not drawn", results=results.pk)
            continue
        _keep(results, charts)


@transaction.atomic
def _keep(results: ResultSet, charts: dict[str, dict[str, str]]) -> None:
    """Name the pictures in what is public, unless it was taken back while they were drawn."""
    row = ResultSet.objects.select_for_update().approved().filter(pk=results.pk).first()
    if row is None or row.public != results.public:
        files_of = [name for of_kind in charts.values() for name in of_kind.values()]
        transaction.on_commit(lambda: _remove(files_of), robust=True)
        return
    row.public = row.public | {"charts": charts}
    row.save(update_fields=["public"])
    refresh_pages()


def _remove(names: list[str]) -> None:
    from django.core.files.storage import default_storage

    for name in names:
        default_storage.delete(name)


def _of_wave(results: ResultSet) -> dict[str, str]:
    found = {item["key"]: bars_of(item, is_sample=results.wave.is_sample) for item in results.public["items"]}
    return {key: files.keep(bars) for key, bars in found.items() if bars.bars}


def bars_of(item: Public, *, is_sample: bool) -> Bars:
    """Return the picture of one question in one wave."""
    return Bars(
        title=item["text"],
        description=chart_words(item),
        bars=tuple(
            Bar(label=option["label"], value=option["value"], lower=option["lower"], upper=option["upper"])
            for option in item["options"]
            if option["value"] is not None
        ),
        is_sample=is_sample,
        folder=FOLDER,
    )


def _over_time(results: ResultSet) -> dict[str, str]:
    """Draw the questions over all waves; the latest published wave keeps the pictures."""
    published = list(approved_results(results.wave.survey))
    if published[0].pk != results.pk:
        return {}
    found = {trend.key: line_of(trend) for trend in trends_of(published)}
    return {key: files.keep(line) for key, line in found.items() if line.points}


def line_of(trend: Trend) -> TimeSeries:
    """Return the picture of one question over time: the line stops at a break and where a value is withheld."""
    points, segment = [], 0
    for point in trend.points:
        shown = point.shown
        segment += point.is_break or shown["value"] is None
        if shown["value"] is not None:
            points.append(_point(point.results.wave.closes, shown, segment))
    title = f"{trend.text}: {trend.label}" if trend.label else trend.text
    return TimeSeries(
        title=title,
        description=f"{len(points)} values; the table has the same numbers.",
        unit=trend.unit,
        points=tuple(points),
        is_sample=any(point.results.wave.is_sample for point in trend.points),
        folder=FOLDER,
    )


def _point(on: date, shown: Public, segment: int) -> Point:
    return Point(on=on, value=shown["value"], lower=shown["lower"], upper=shown["upper"], segment=segment)
