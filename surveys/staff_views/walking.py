"""Where a questionnaire is walked as people will walk it, in any language, before any wave: nothing is kept."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, override
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from core.languages.addresses import codes
from surveys import instruments, runner
from surveys.content import preview_body
from surveys.forms import PageForm
from surveys.models import Questionnaire
from surveys.runner import Answers, Instrument, Item, Page
from surveys.staff_views.access import may, require

MAY_LOOK = ("view_questionnaire", "change_questionnaire")


@require_http_methods(["GET", "POST"])
@require_admin_access
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one page of a questionnaire; the answers so far come with each form, and stand nowhere else."""
    require(request, *MAY_LOOK, "view_wordingtranslation")
    found = get_object_or_404(Questionnaire, pk=pk)
    code = request.POST.get("language") or request.GET.get("language", runner.ENGLISH)
    if code not in codes():
        raise Http404
    body, way_out = preview_body(found, code), _way_out(request, found, code)
    faults = runner.unwalkable(body) if any(section["items"] for section in body["sections"]) else ["It asks nothing."]
    if faults:
        messages.error(request, f"It cannot be walked yet. {faults[0]}")
        return redirect(way_out)
    instrument = runner.read(body, code)
    with override(code):
        context = _shown(request, found, instrument, code) | {"way_out": way_out}
        return render(request, "surveys/preview.html", context)


def _way_out(request: HttpRequest, questionnaire: Questionnaire, code: str) -> str:
    """Return where the preview is left to: to the questionnaire's check, or its words for whoever reads only those."""
    if may(request, *MAY_LOOK):
        return f"{reverse('survey_questionnaire', args=[questionnaire.pk])}?language={code}"
    if code == runner.ENGLISH:
        return reverse("survey_languages")
    return reverse("survey_questionnaire_words", args=[code, questionnaire.pk])


def _shown(request: HttpRequest, questionnaire: Questionnaire, instrument: Instrument, code: str) -> dict[str, Any]:
    """Return what the page shows: the question that comes next, or the same one with what is wrong."""
    answers = _so_far(request)
    route = runner.on_route(instrument, answers)
    here = next((page for page in route if page.key == request.POST.get("page")), None)
    form = None
    if here and "back" in request.POST:
        here = _before(route, here)
    elif here and ("on" in request.POST or "speak" in request.POST):
        form = PageForm(here, answers, request.POST)
        if form.is_valid():
            answers = {**answers, **form.answers}
            here = _after(instrument, answers, here) if "on" in request.POST else here
            form = None
        elif "speak" in request.POST:
            form = None
    elif "page" not in request.POST:
        here = route[0]
    ends = runner.ends(instrument, answers)
    here = None if ends else here
    return _context(questionnaire, instrument, code, answers) | {
        "here": here,
        "ends": ends,
        "form": (form or PageForm(here, answers)) if here else None,
        "first": here is not None and _before(runner.on_route(instrument, answers), here) == here,
    }


def _so_far(request: HttpRequest) -> Answers:
    """Return the answers that came with the form; none where it brought nothing of any sense."""
    try:
        found = json.loads(request.POST.get("so_far", "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _before(route: tuple[Page, ...], here: Page) -> Page:
    return next((page for page in reversed(route) if page.place < here.place), here)


def _after(instrument: Instrument, answers: Answers, here: Page) -> Page | None:
    return next((page for page in runner.on_route(instrument, answers) if page.place > here.place), None)


def _context(questionnaire: Questionnaire, instrument: Instrument, code: str, answers: Answers) -> dict[str, Any]:
    items = [item for item in runner.route(instrument, answers) if item.asks]
    return {
        "questionnaire": questionnaire,
        "code": code,
        "shown_in": get_language_info(code)["name"],
        "choices": [(other, get_language_info(other)["name"]) for other in codes()],
        "so_far": json.dumps(answers),
        "rows": [(item.body["text"], instruments.worded(item, answers), _codes(item, answers)) for item in items],
        "noindex": True,
        "switch_path": "/",
    }


def _codes(item: Item, answers: Answers) -> str:
    """Return the codes of the options chosen; nothing for words."""
    chosen = item.chosen(answers)
    return ", ".join(code for code in item.labels if code in chosen)
