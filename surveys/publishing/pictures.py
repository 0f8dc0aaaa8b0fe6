"""The pictures of published results: drawn by the worker, kept as files, named in what is public."""

from datetime import date

import structlog
from django.core.files.storage import default_storage
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


FOLDER = "charts/results"  # a folder below it for each result set, so that no two share a picture


def draw_due() -> None:
    """Draw the pictures of all approved results that have none yet, and remove what a worker that died left behind.

    A drawing that fails is logged and tried again by the next round; until then the page has its tables alone.
    """
    for results in results_to_draw():
        try:
            draw(results)
        except Exception:  # A bucket's client raises errors of its own; whatever it is, the others are drawn.
            logger.exception("pictures of results not drawn", results=results.pk)
    _remove_left()


def draw(results: ResultSet) -> None:
    """Draw the pictures of ``results`` and name them in what is public."""
    published = list(approved_results(results.wave.survey))
    try:
        charts = {"waves": _of_wave(results), "over_time": _over_time(results, published)}
        _keep(results, published, charts)
    finally:
        tidy(results.pk)


@transaction.atomic
def _keep(results: ResultSet, published: list[ResultSet], charts: dict[str, dict[str, str]]) -> None:
    """Name the pictures, unless what is public of the survey changed, or they were tidied away, while they were drawn.

    Whoever publishes or withdraws locks this row too (`actions.publishing`), so that it comes before or after.
    """
    row = ResultSet.objects.select_for_update().approved().filter(pk=results.pk).first()
    now = set(approved_results(results.wave.survey).values_list("pk", flat=True))
    is_same = row is not None and row.public == results.public and now == {one.pk for one in published}
    names = [name for of_kind in charts.values() for name in of_kind.values()]
    if row is not None and is_same and all(default_storage.exists(name) for name in names):
        row.public = row.public | {"charts": charts}
        row.save(update_fields=["public"])
        refresh_pages()


def tidy(pk: int) -> None:
    """Remove the pictures of the result set with this key that it does not show: all, where the public reads it not."""
    row = ResultSet.objects.approved().filter(pk=pk).only("public").first()
    charts = row.public.get("charts", {}) if row else {}
    shown = {name for of_kind in charts.values() for name in of_kind.values()}
    files.remove_unused(shown, folder=f"{FOLDER}/{pk}")


def _remove_left() -> None:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    approved = set(ResultSet.objects.approved().values_list("pk", flat=True))
    for folder in folders:
        if int(folder) not in approved:
            tidy(int(folder))


def _folder(results: ResultSet) -> str:
    return f"{FOLDER}/{results.pk}"


def _of_wave(results: ResultSet) -> dict[str, str]:
    folder, is_sample = _folder(results), results.wave.is_sample
    found = {item["key"]: bars_of(item, folder=folder, is_sample=is_sample) for item in results.public["items"]}
    return {key: files.keep(bars) for key, bars in found.items() if bars.bars}


def bars_of(item: Public, *, folder: str, is_sample: bool) -> Bars:
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
        folder=folder,
    )


def _over_time(results: ResultSet, published: list[ResultSet]) -> dict[str, str]:
    """Draw the questions over all waves; the latest published wave keeps the pictures."""
    if not published or published[0].pk != results.pk:
        return {}
    found = {trend.key: line_of(trend, folder=_folder(results)) for trend in trends_of(published)}
    return {key: files.keep(line) for key, line in found.items() if line.points}


def line_of(trend: Trend, *, folder: str) -> TimeSeries:
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
        folder=folder,
    )


def _point(on: date, shown: Public, segment: int) -> Point:
    return Point(on=on, value=shown["value"], lower=shown["lower"], upper=shown["upper"], segment=segment)
