"""Where an analyst has a closed wave's figures computed, watches, and reads them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from core.numbers import number
from surveys import actions
from surveys.enums import ResultState, WaveState
from surveys.models import Breakdown, ResultSet, Wave
from surveys.publishing.method import NOT_PROOF
from surveys.queries import results_of
from surveys.results import Choices
from surveys.staff_views import result_tables
from surveys.staff_views.access import require
from surveys.staff_views.result_forms import BreakdownsForm, ChoicesForm
from surveys.staff_views.waves import find_wave

SECONDS_BETWEEN_LOOKS = 2
MOST_SHIFTS = 5


def find_results(pk: int) -> ResultSet:
    """Return the result set with this key, with its wave and survey, or answer 404."""
    return get_object_or_404(ResultSet.objects.select_related("wave__survey", "wave__instrument"), pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
@require_admin_access
def wave_results(request: HttpRequest, pk: int) -> HttpResponse:
    """List the results of a wave, and ask for new ones."""
    require(request, "add_resultset")
    wave = find_wave(pk)
    closed, form = wave.state == WaveState.CLOSED, None
    if request.method == "POST" and closed:
        form = ChoicesForm(request.POST, wave=wave)
        if form.is_valid():
            user = signed_in(request)
            try:
                choices = form.choices(user.get_full_name() or user.username)
                results = actions.ask_for_results(wave=wave, choices=choices, by=user)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                return redirect("survey_result_set", results.pk)
    else:
        form = ChoicesForm(wave=wave, initial=_initial(request, wave)) if closed else None
    context = {
        "wave": wave,
        "form": form,
        "rows": [(one, result_tables.said(Choices.from_json(one.choices))) for one in results_of(wave)],
        "breakdowns": _breakdowns(wave),
        "recalls": [str(one.campaign) for one in wave.survey.recalls.select_related("campaign")],
        **headed_results(wave),
    }
    return render(request, "surveys/admin/results/wave.html", context)


def _initial(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """Return the choices to begin with: those of the results that the address names, to change one of them."""
    like = request.GET.get("like", "")
    known = ResultSet.objects.filter(wave=wave, number=int(like)).first() if _is_number(like) else None
    return ChoicesForm.chosen(Choices.from_json(known.choices)) if known else {}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5


def _breakdowns(wave: Wave) -> list[str]:
    return list(Breakdown.objects.filter(survey=wave.survey_id).values_list("question__code", flat=True))


@require_safe
@never_cache
@require_admin_access
def result_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the computing is, why it failed, or what was found."""
    require(request, "add_resultset")
    results = find_results(pk)
    context = {
        "results": results,
        "wave": results.wave,
        "said": result_tables.said(Choices.from_json(results.choices)),
        **headed_results(results.wave, results),
    }
    if results.is_readable and results.figures:
        context |= {"record": results.record, "items": [_row(item) for item in results.figures["items"]]}
        context |= _weights(results.record) | _quality(results.record["quality"])
    response = render(request, "surveys/admin/results/result_set.html", context)
    if results.state in ResultState.unfinished:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _row(item: Any) -> dict[str, Any]:
    """Return a question's line in the list: what most people said, or the top of the scale, with its interval."""
    best = item["top"] or max((one for one in item["options"] if one["share"] is not None), key=_share, default=None)
    changes = [one for one in item["change"] if one["comparable"]]
    return {
        "item": item,
        "best": best,
        "share": result_tables.percent(best["share"]) if best else result_tables.DASH,
        "interval": result_tables.interval(best) if best else result_tables.DASH,
        "change": result_tables.moved_by(changes[0], best) if changes and best else "",
        "breaks": result_tables.breaks(item),
    }


def _share(option: Any) -> float:
    return float(option["share"])


def _weights(record: Any) -> dict[str, Any]:
    weights, percent = record["weights"], result_tables.percent
    return {
        "n_eff": number(weights["n_eff"]),
        "deff": number(weights["deff"], 2),
        "least": number(weights["min"], 2),
        "most": number(weights["max"], 2),
        "margins": [
            (
                margin,
                [
                    (row["label"], percent(row["target"]), percent(row["before"]), percent(row["after"]))
                    for row in margin["rows"]
                ],
            )
            for margin in record["margins"]
        ],
    }


def _quality(quality: Any) -> dict[str, Any]:
    shifts = sorted(quality["marked"]["shifts"], key=lambda one: -abs(one["shift"]))[:MOST_SHIFTS]
    return {
        "quality": quality,
        "response_rate": result_tables.percent(quality["response_rate"]),
        "answered": result_tables.percent(quality["completion"]["answered"]),
        "shifts": [(one["key"].upper(), one["code"], f"{100 * one['shift']:+.1f}") for one in shifts],
        "ways": [(way, result_tables.percent(way["share"])) for way in quality["by_collector"]],
        "weeks": [
            (date.fromisoformat(week["week"]), sum(week["by_collector"].values())) for week in quality["by_week"]
        ],
        "left_out": [
            (one, result_tables.percent(one["left_out"] / one["asked"] if one["asked"] else None))
            for one in quality["items"]
        ],
    }


@require_safe
@never_cache
@require_admin_access
def result_item(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show all that was found of one question: for everybody, and by group."""
    require(request, "add_resultset")
    results = find_results(pk)
    item = next((one for one in results.figures.get("items", ()) if one["key"] == key), None)
    if item is None:
        raise Http404("These results have no such question.")
    lacking = item["lacking_margin"]
    context = {
        "results": results,
        "wave": results.wave,
        "item": item,
        "heads": result_tables.changes_heads(item),
        "table": result_tables.table_of(item, lacking=lacking, changes=item["change"]),
        "breaks": result_tables.breaks(item),
        "by": [
            (
                one["text"],
                [result_tables.table_of(group, label=group["label"], lacking=lacking) for group in one["groups"]],
            )
            for one in item["by"]
        ],
        "contrasts": [result_tables.contrast_of(item, one) for one in item.get("contrasts", ())],
        "not_proof": NOT_PROOF,
        **headed_results(results.wave, results, item["question"]),
    }
    return render(request, "surveys/admin/results/item.html", context)


@require_POST
@require_admin_access
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute it again, and say whether the same digits came out."""
    require(request, "add_resultset")
    results = find_results(pk)
    try:
        found = actions.recompute(results=results)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        (messages.success if found.same else messages.warning)(request, found.sentence)
    return redirect("survey_result_set", results.pk)


@require_http_methods(["GET", "POST"])
@require_admin_access
def breakdowns(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose by which questions the tables of the wave's survey are broken down."""
    require(request, "change_breakdown")
    wave = find_wave(pk)
    if not wave.instrument_id:
        raise Http404("A wave that has not opened asks nothing yet.")
    form = BreakdownsForm(request.POST or None, wave=wave, initial={"questions": _breakdowns(wave)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_breakdowns(survey=wave.survey, codes=form.cleaned_data["questions"], by=signed_in(request))
        except ValidationError as refused:
            form.add_error("questions", refused)
        else:
            messages.success(request, "The next results of this survey are broken down like this.")
            return redirect("survey_results", wave.pk)
    return render(
        request, "surveys/admin/results/breakdowns.html", {"wave": wave, "form": form, **headed_results(wave)}
    )


def headed_results(wave: Wave, results: ResultSet | None = None, title: str = "") -> dict[str, Any]:
    """Return the way back to the wave, and the page's name; ``title`` names a page below the results."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[wave.pk]), "label": str(wave)},
        {"url": reverse("survey_results", args=[wave.pk]), "label": "Results"},
    ]
    if results:
        way.append({"url": reverse("survey_result_set", args=[results.pk]), "label": f"Results {results.number}"})
    if title:
        way.append({"url": "", "label": title})
    title = title or str(way[-1]["label"])
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "doc-full"}
