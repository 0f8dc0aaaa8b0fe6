"""What pupils see: a box for the code of their class, one page of questions, and thanks that lead to a fresh page."""

import secrets
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.codes import CodeError, in_threes, read_code
from core.languages.addresses import codes
from core.languages.marks import direction
from schools.actions.classes import NotTakenError, take_answer
from schools.classes.forms import CodeForm
from schools.models import ClassWave
from schools.queries.classes import Standing, asked_of, languages_of, standing_of, wave_by_code
from schools.views.classes.guessing import PAUSE, must_wait, note_wrong, turn_of
from schools.views.classes.plain import plain
from surveys import runner
from surveys.forms import PageForm
from surveys.views.turns import TURN

SHEETS = Signer(salt="schools.class-sheet")
ENGLISH = runner.ENGLISH
KNOWN = "known"  # in an address: its code was looked up
STATUS = {Standing.UNKNOWN: 404, Standing.CLOSED: 410, Standing.ENDED: 410, Standing.EARLY: 403, Standing.FULL: 403}


def new_sheet(code: str) -> str:
    """Return a signed random number for one page of questions of the class with this code."""
    return SHEETS.sign(f"{code}.{secrets.token_urlsafe(16)}")


def is_sheet(given: str, code: str) -> bool:
    """Tell whether ``given`` came with a page of questions of the class with this code."""
    try:
        return SHEETS.unsign(given).partition(".")[0] == code
    except BadSignature:
        return False


@plain
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a class, and lead to its questions."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    code = form.cleaned_data["code"]
    if must_wait(request):
        return _slowed(request, code)
    if wave_by_code(code) is None:
        note_wrong(request)
        return _not_now(request, Standing.UNKNOWN, form)
    return redirect(f"{_address('class', code, ENGLISH)}?{KNOWN}={new_sheet(code)}")


@plain
def answer(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Show the questions of the class with this ``code``, and take one pupil's answers.

    Whoever typed the code comes with a sheet, which says that it was looked up: they need not wait once more.
    """
    try:
        code = read_code(code)
    except CodeError:
        return _not_now(request, Standing.UNKNOWN, CodeForm(initial={"code": code[:20]}))
    given = request.POST.get("sheet", "") or request.GET.get(KNOWN, "")
    if not is_sheet(given, code) and must_wait(request):
        return _slowed(request, code)
    wave = wave_by_code(code)
    if wave is None:
        note_wrong(request)
        return _not_now(request, Standing.UNKNOWN, CodeForm(initial={"code": in_threes(code)}))
    if language not in languages_of(wave.session.version):
        raise Http404
    with translation.override(language):
        return _questions(request, wave, language, given)


def _questions(request: HttpRequest, wave: ClassWave, language: str, given: str) -> HttpResponse:
    instrument = asked_of(wave, language)
    page = runner.Page(0, "class", "", "", instrument.items)
    standing = standing_of(wave)
    if request.method != "POST":
        if standing != Standing.OPEN:
            return _not_now(request, standing)
        return _sheet(request, wave, PageForm(page, {}), language)
    form = PageForm(page, {}, request.POST)
    if form.is_empty:
        form.add_error(
            None, _("Choose your answers first. If you do not want to answer any of them, you can stop here.")
        )
    if not form.is_valid():
        return _sheet(request, wave, form, language, sheet=given, status=422)
    if not is_sheet(given, wave.code):
        return _sheet(request, wave, form, language)
    try:
        take_answer(wave=wave, sheet=given, places=_places(instrument, form.answers))
    except NotTakenError as refused:
        return _not_now(request, refused.standing)
    return redirect(_address("class_thanks", wave.code, language))


def _places(instrument: runner.Instrument, answers: runner.Answers) -> list[int | None]:
    return [
        list(item.labels).index(str(answers[item.key])) + 1 if answers.get(item.key) else None
        for item in instrument.items
    ]


@plain
def thanks(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Thank a pupil, whoever asks, and offer a fresh page to the next one."""
    if language not in codes():
        raise Http404
    with translation.override(language):
        return _show(request, "thanks", {"next": _address("class", code, language), "language": language})


def _sheet(
    request: HttpRequest, wave: ClassWave, form: PageForm, language: str, *, sheet: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "wave": wave,
        "sheet": sheet or new_sheet(wave.code),
        "language": language,
        "languages": [_language(wave.code, code) for code in languages_of(wave.session.version)],
    }
    return _show(request, "questions", context, status=status)


def _address(name: str, code: str, language: str) -> str:
    return reverse(f"schools:{name}", args=[code] if language == ENGLISH else [code, language])


def _language(code: str, language: str) -> dict[str, str]:
    """Return how a language is offered: its own name, its direction, and where the questions stand in it."""
    name = translation.get_language_info(language)["name_local"]
    return {
        "code": language,
        "name": name,
        "direction": direction(language),
        "url": _address("class", code, language),
    }


def _ask(request: HttpRequest, form: CodeForm, **context: Any) -> HttpResponse:
    return _show(request, "enter", {"form": form} | context, status=422 if form.errors else 200)


def _slowed(request: HttpRequest, code: str) -> HttpResponse:
    form = CodeForm(initial={"code": in_threes(code)})
    response = _show(request, "enter", {"form": form, "turn": turn_of(request), "turn_name": TURN}, status=429)
    response["Retry-After"] = str(PAUSE)
    return response


def _not_now(request: HttpRequest, standing: Standing, form: CodeForm | None = None) -> HttpResponse:
    return _show(request, "not_now", {"standing": standing.value, "form": form or CodeForm()}, status=STATUS[standing])


def _show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page now, in the language that is spoken now."""
    response = TemplateResponse(request, f"schools/classes/{template}.html", context, status=status)
    return response.render()
