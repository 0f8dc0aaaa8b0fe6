"""The published results of surveys: a page a wave, a page over all waves, and the same numbers as files."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.languages.addresses import spoken
from core.pagecache import may_be_kept
from surveys.models import ResultSet, SurveyPage
from surveys.publishing import Public, pictures, r_script, table, words
from surveys.publishing.trends import Trend, trends_of
from surveys.queries import survey_page_at
from surveys.queries.published import approved_results, standing_at
from surveys.views.addresses import start_of

GONE = 410


def _page_at(slug: str) -> SurveyPage:
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    return page


def _published(page: SurveyPage, number: int) -> ResultSet | None:
    """Return the results of a wave; None where they were withdrawn.

    Raises:
        Http404: there are none, or not yet.
    """
    standing = standing_at(page.survey, number)
    if standing.results is None and not standing.is_withdrawn:
        raise Http404
    return standing.results


def _answer(request: HttpRequest, template: str, context: dict[str, Any], *, noindex: bool) -> HttpResponse:
    may_be_kept(request)
    response = render(request, template, context | {"noindex": noindex})
    if noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def survey_results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published waves of a survey, and each question over time.

    Raises:
        Http404: nothing of it is published.
    """
    page = _page_at(slug)
    published = list(approved_results(page.survey))
    if not published:
        raise Http404
    drawn = published[0].public.get("charts", {}).get("over_time", {})
    trends = [_trend(trend, drawn.get(trend.key, "")) for trend in trends_of(published)]
    is_sample = any(results.wave.is_sample for results in published)
    context = {
        "notice": page.survey.notice_in(spoken()),
        "survey_page": page,
        "waves": published,
        "trends": trends,
        "markers": _markers(trends),
        "is_random": all(results.public["is_random"] for results in published),
        "is_weighted": all(results.public["is_weighted"] for results in published),
        "is_sample": is_sample,
        "crumbs": [(page.title, start_of(slug))],
    }
    return _answer(request, "surveys/results/survey.html", context, noindex=is_sample)


def _trend(trend: Trend, picture: str) -> dict[str, Any]:
    return {
        "key": trend.key,
        "text": trend.text,
        "label": trend.label,
        "chart": default_storage.url(picture) if picture else "",
        "rows": [words.over_time(point, trend.unit) for point in reversed(trend.points)],
        "points": trend.points,
    }


def _markers(trends: list[dict[str, Any]]) -> list[tuple[str, str]]:
    shown: list[dict[str, Any]] = [point.shown for trend in trends for point in trend["points"]]
    breaks = [{"marker": "b"} for trend in trends for point in trend["points"] if point.is_break]
    return words.markers_of([*({"shown": one} for one in shown), *breaks])


@require_safe
def wave_results(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the published results of one wave, or that they were withdrawn.

    Raises:
        Http404: none are published.
    """
    page = _page_at(slug)
    results = _published(page, number)
    crumbs = [(page.title, start_of(slug)), (_("Results"), reverse("surveys:results", args=[slug]))]
    context = {"survey_page": page, "number": number, "crumbs": crumbs}
    if results is None:
        return render(
            request, "surveys/results/withdrawn.html", context | {"noindex": True, "crumbs": crumbs[:1]}, status=GONE
        )
    public, drawn = results.public, results.public.get("charts", {}).get("waves", {})
    context |= {
        "notice": page.survey.notice_in(spoken()),
        "results": results,
        "wave": results.wave,
        "public": public,
        "items": [_item(item, drawn.get(item["key"], ""), results) for item in public["items"]],
        "markers": words.markers_of(public["items"]),
        "is_sample": results.wave.is_sample,
    }
    return _answer(request, "surveys/results/wave.html", context, noindex=results.wave.is_sample)


def _item(item: Public, picture: str, results: ResultSet) -> words.Told:
    if not picture:
        return words.tell(item)
    height = pictures.bars_of(item, folder="", is_sample=results.wave.is_sample).height
    return words.tell(item, chart=default_storage.url(picture), chart_height=height)


def _for_files(slug: str, number: int) -> tuple[SurveyPage, ResultSet]:
    """Return the results that a file is made of.

    Raises:
        Http404: none are published, or they were withdrawn.
    """
    page = _page_at(slug)
    results = _published(page, number)
    if results is None:
        raise Http404
    return page, results


def _file(request: HttpRequest, content: str, name: str, kind: str) -> HttpResponse:
    may_be_kept(request)
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def results_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return the published numbers of a wave as a table; a cell without a number holds its marker."""
    page, results = _for_files(slug, number)
    response = _file(request, table.as_csv(page.survey, results), f"{slug}-wave-{number}-results.csv", "text/csv")
    response["Link"] = '<results.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return response


@require_safe
def results_metadata(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return the W3C's CSV on the Web metadata of the file beside it."""
    page, results = _for_files(slug, number)
    may_be_kept(request)
    return JsonResponse(table.metadata(page.survey, results), content_type="application/csvm+json")


@require_safe
def results_r(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return a script in R that computes the page's numbers again from the answers that analysts can take out."""
    page, results = _for_files(slug, number)
    return _file(request, r_script.script(page.survey, results), f"{slug}-wave-{number}-results.R", "text/plain")
