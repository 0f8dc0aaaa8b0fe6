"""The picture of an indicator: what the public sees of it, over time."""

import logging

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import files
from core.charts.timeseries import Point, TimeSeries
from core.refreshing import refresh_pages
from indicators.enums import Marker
from indicators.models import Indicator
from indicators.publish import Published, figure
from indicators.queries import Series, public_series

logger = logging.getLogger(__name__)


def _points(published: list[Published]) -> tuple[Point, ...]:
    """The values that may be shown; the line stops at a break and where a value is withheld."""
    points, segment = [], 0
    for value in published:
        if value.value is None or Marker.BREAK in value.markers:
            segment += 1
        if value.value is not None:
            points.append(
                Point(on=value.period_end, value=value.value, lower=value.lower, upper=value.upper, segment=segment)
            )
    return tuple(points)


def description(series: Series) -> str:
    """Return in words what the picture shows: from where to where."""
    shown = [point for point in series.points if not point.is_withheld]
    if not shown:
        return _("No values yet.")
    unit = "" if series.indicator.is_percentage else f" {series.indicator.unit}"
    first, last = (
        f"{figure(p.value, p.unit)}{unit} ({date_format(p.period_end, 'YEAR_MONTH_FORMAT')})"
        for p in (shown[0], shown[-1])
    )
    if len(shown) == 1:
        return _("One value: %(value)s. The table below has the same number.") % {"value": first}
    return ngettext(
        "%(number)s value, from %(first)s to %(last)s. The table below has the same number.",
        "%(number)s values, from %(first)s to %(last)s. The table below has the same numbers.",
        len(shown),
    ) % {"number": len(shown), "first": first, "last": last}


def picture(series: Series) -> TimeSeries:
    """Return what is drawn for ``series``: published numbers only."""
    return TimeSeries(
        title=series.indicator.title,
        description=description(series),
        unit=series.indicator.unit,
        points=_points(series.points),
        target=series.target.value if series.target else None,
        is_sample=series.is_sample,
    )


def draw_for(indicator: Indicator) -> str:
    """Draw the picture of ``indicator`` if its numbers have changed, and return the stored name.

    It is empty without a value to show. A drawing that fails is logged, and the page keeps its table alone.
    """
    series = public_series(indicator.code)
    try:
        drawn = picture(series) if series else None
        name = files.keep(drawn) if drawn and drawn.points else ""
    except Exception:  # A bucket's client raises errors of its own; whatever it is, the others are drawn.
        logger.exception("Chart not drawn", extra={"indicator": indicator.code})
        name = ""
    Indicator.objects.filter(pk=indicator.pk).update(chart=name)
    refresh_pages()
    return name


def remove_unused() -> int:
    """Remove the pictures that no indicator shows any more; return how many.

    Where storage fails, a log line says so, and the next round removes them.
    """
    try:
        return files.remove_unused(set(Indicator.objects.exclude(chart="").values_list("chart", flat=True)))
    except Exception:
        logger.exception("Unused charts not removed")
        return 0
