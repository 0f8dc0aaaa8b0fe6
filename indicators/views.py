"""The public pages of the strategy."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.languages.marks import said_in
from core.numbers import number
from core.pagecache import may_be_kept
from indicators import charts, queries, sharing, words
from indicators.registry import Kind


def _answer(request: HttpRequest, template: str, context: dict, *, noindex: bool) -> HttpResponse:
    may_be_kept(request)
    response = render(request, template, context | {"noindex": noindex})
    if noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show every objective of the strategy with its indicators; search engines stay out while any is sample data."""
    strategy = queries.strategy_in_force()
    place = queries.whole_area()
    found = queries.by_objective(strategy, place) if strategy else []
    objectives = [(objective, [words.tell(series) for series in several]) for objective, several in found]
    is_sample = any(told.is_sample for _, several in objectives for told in several)
    context = {
        "strategy": strategy,
        "objectives": objectives,
        "definitions": queries.definitions_in_force(),
        "is_sample": is_sample,
    }
    return _answer(request, "indicators/dashboard.html", context, noindex=is_sample)


def _rows(series: queries.Series) -> list[dict[str, str]]:
    """The table beside the chart, newest first, every number as published."""
    kind = Kind(series.indicator.kind)
    return [
        {
            "period": words.period(point),
            "area": said_in(point.area_name, settings.LANGUAGE_CODE) or _("Whole area"),
            "value": words.value(point),
            "interval": words.limits(point),
            "base": number(point.n) if point.n is not None else "",
            "status": "" if kind == Kind.PLAIN else status,
            "source": point.source,
        }
        for point, status in reversed(series.rows)
    ]


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: value, doubt, direction, chart and table.

    Raises:
        Http404: there is no indicator with this code.
    """
    series = queries.public_series(code)
    if series is None:
        raise Http404(f"There is no indicator {code}.")
    told = words.tell(series)
    shown = series.indicator
    context = {
        "told": told,
        "indicator": shown,
        "rows": _rows(series),
        "chart": default_storage.url(shown.chart) if shown.chart else "",
        "chart_words": charts.description(series),
        "crumbs": [(_("Strategy"), reverse("indicators:dashboard"))],
        "definitions": queries.definitions_in_force(),
        "shared": sharing.shared(series),
    }
    return _answer(request, "indicators/indicator.html", context, noindex=told.is_sample)
