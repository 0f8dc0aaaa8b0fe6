"""Answering, a question a page, by the server alone."""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import wraps
from http.cookies import Morsel
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.languages.addresses import place
from core.languages.queries import checked_words
from core.leaving import lead_away
from core.models import SupportService
from surveys import actions, instruments
from surveys.forms import AnswerForm
from surveys.instruments import Step
from surveys.models import Draft, SurveyPage, Wave
from surveys.queries import draft_of, standing_of, survey_page_at, was_sent, wave_taking_answers

COOKIE = "survey"
SENT = "sent"
TOKEN_BYTES = 32
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)  # 32 bytes in base 64
FROM_CHECK = "from=check"
METHODS = ("GET", "HEAD", "POST")

P = ParamSpec("P")
Answering = Callable[Concatenate[HttpRequest, Wave, str, P], HttpResponse]


def answering(view: Answering[P]) -> Callable[..., HttpResponse]:
    """Give a view the wave that takes answers at this address, or answer that it takes none; keep nothing in caches."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in METHODS:
            return wrong_method(request, METHODS)
        wave = wave_taking_answers(slug=slug, on=timezone.localdate())
        if wave is None:
            return not_taking_answers(request, slug)
        # Its templates are drawn later: the frame in the language shown, questions, answers and errors as here.
        with checked_words(request):
            return view(request, wave, slug, *args, **kwargs)

    return guarded


def wrong_method(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """Answer 405 with a page."""
    response = render(request, "405.html", status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def not_taking_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the survey at ``slug`` has closed (410) or is not open yet (403)."""
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    standing = standing_of(page.survey, on=timezone.localdate())
    context = {"survey": page.survey, "survey_state": standing.state, "wave": standing.wave, "slug": slug}
    status = 410 if standing.state == "closed" else 403
    return TemplateResponse(request, "surveys/not_open.html", context | {"noindex": True}, status=status)


@answering
def step(request: HttpRequest, wave: Wave, slug: str, key: str) -> HttpResponse:
    """Ask one question, or keep its answer and go on."""
    found = {step.key: step for step in instruments.steps(wave.body)}
    if key not in found:
        raise Http404
    here, token = found[key], _token(request)
    if request.method == "POST":
        return _keep(request, wave, slug, here, token)
    draft = _draft(wave, token)
    if not token or (draft is None and here.previous):
        return _ended(slug)
    return _ask(request, slug, here, AnswerForm(here, initial={"answer": draft.answers.get(key) if draft else None}))


def _keep(request: HttpRequest, wave: Wave, slug: str, here: Step, token: str) -> HttpResponse:
    if not token:
        return _ended(slug)
    form = AnswerForm(here, request.POST)
    if not form.is_valid():
        return _ask(request, slug, here, form)
    try:
        actions.save_answer(
            wave=wave,
            token_digest=digest(token),
            key=here.key,
            answer=form.cleaned_data["answer"],
            language=place(),
            may_start=not here.previous,
        )
    except actions.EndedError:
        return _ended(slug)
    to_check = FROM_CHECK in request.META.get("QUERY_STRING", "") or not here.next
    return redirect(_address(slug, "check" if to_check else here.next))


def _ask(request: HttpRequest, slug: str, here: Step, form: AnswerForm) -> HttpResponse:
    from_check = FROM_CHECK in request.META.get("QUERY_STRING", "")
    back = _address(slug, "check") if from_check else _address(slug, here.previous) if here.previous else _start(slug)
    context = {"step": here, "form": form, "back": back, "switch_path": _start(slug), "noindex": True, "slug": slug}
    return TemplateResponse(request, "surveys/step.html", context)


@answering
def check(request: HttpRequest, wave: Wave, slug: str) -> HttpResponse:
    """Show all answers with their change links, and send them."""
    token = _token(request)
    if request.method == "POST":
        return _send(request, wave, slug, token)
    draft = _draft(wave, token)
    return _show_answers(request, wave, slug, draft, {}) if draft else _ended(slug)


def _send(request: HttpRequest, wave: Wave, slug: str, token: str) -> HttpResponse:
    try:
        actions.submit(wave=wave, token_digest=digest(token))
    except actions.UnfinishedError as unfinished:
        return _show_answers(request, wave, slug, _draft(wave, token), unfinished.problems)
    except actions.WaveClosedError:
        return not_taking_answers(request, slug)
    except actions.EndedError:
        if not was_sent(token_digest=digest(token)):
            return _ended(slug)
    response = redirect(thanks(slug))
    response.delete_cookie(COOKIE, path=_start(slug), samesite="Lax")
    return response


def _show_answers(
    request: HttpRequest, wave: Wave, slug: str, draft: Draft | None, problems: dict[str, str]
) -> HttpResponse:
    steps = instruments.steps(wave.body)
    context = {
        "rows": [_row(slug, step, draft.answers if draft else {}, problems) for step in steps],
        "back": _address(slug, steps[-1].key),
        "switch_path": _start(slug),
        "noindex": True,
        "slug": slug,
        "problems": [row for row in (_fault(step, problems) for step in steps) if row],
    }
    return TemplateResponse(request, "surveys/check.html", context)


def _row(slug: str, step: Step, answers: instruments.Answers, problems: dict[str, str]) -> dict[str, Any]:
    return {
        "key": step.key,
        "question": step.item["text"],
        "answers": step.worded(answers.get(step.key)),
        "error": problems.get(step.key, ""),
        "change": f"{_address(slug, step.key)}?{FROM_CHECK}",
    }


def _fault(step: Step, problems: dict[str, str]) -> dict[str, str] | None:
    sentence = problems.get(step.key)
    if not sentence:
        return None
    named = {"number": step.number, "sentence": sentence}
    return {"key": step.key, "sentence": _("Question %(number)s: %(sentence)s") % named}


@never_cache
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank for answers that were sent today or yesterday, and nobody else; a form in progress goes to its check."""
    if request.method not in METHODS[:2]:
        return wrong_method(request, METHODS[:2])
    page = survey_page_at(slug)
    if page is None:
        raise Http404
    token = _token(request)
    if token and Draft.objects.filter(token_digest=digest(token), wave__survey=page.survey).exists():
        return redirect(_address(slug, "check"))
    if not _is_proof(request.GET.get(SENT, ""), slug):
        return _ended(slug)
    context = {"survey": page.survey, "services": SupportService.objects.all(), "noindex": True, "slug": slug}
    return render(request, "surveys/done.html", context)


@answering
def start(request: HttpRequest, wave: Wave, slug: str) -> HttpResponse:
    """Begin a form, or go on with the one on this device, and lead to its first question.

    Nobody comes to a question without having passed here: so a form that ended stays ended, however Back is pressed.
    """
    response = redirect(_address(slug, instruments.steps(wave.body)[0].key))
    token = _token(request)
    token = token if _draft(wave, token) else new_token()
    response.set_cookie(COOKIE, token, path=_start(slug), secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@require_safe
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """End the form on this device and lead away at once, whatever survey this is."""
    token = _token(request)
    if token:
        actions.end_form(token_digest=digest(token))
    response = lead_away(request)
    response.delete_cookie(COOKIE, path=_start(slug), samesite="Lax")
    return response


def forget_forms(response: HttpResponse) -> None:
    """End every form on this device: ``response`` takes its cookie away. The draft, out of reach, goes in the night.

    A form's cookie comes to its own survey's pages alone, so others can only end it unseen, at each address there is.
    """
    for path in _paths_of_open_surveys():
        cookie: Morsel[str] = Morsel()
        cookie.set(COOKIE, "", "")
        cookie.update({"path": path, "max-age": "0", "samesite": "Lax"})
        # Under its path: Django keeps one cookie a name, and a name can stand at many paths.
        response.cookies[f"{COOKIE} {path}"] = cookie


def _paths_of_open_surveys() -> set[str]:
    slugs = set(SurveyPage.objects.taking_answers(timezone.localdate()).values_list("slug", flat=True))
    paths = set()
    for language in dict(settings.LANGUAGES):
        with override(language):
            paths |= {_start(slug) for slug in slugs}
    return paths


# The form's cookie


def new_token() -> str:
    """Return a random token."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is stored of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    return token if TOKEN.fullmatch(token) else ""


def _draft(wave: Wave, token: str) -> Draft | None:
    return draft_of(token_digest=digest(token), wave=wave) if token else None


# The proof of having sent, in the address of the confirmation: nothing on the device, and nothing beside the answers


def thanks(slug: str) -> str:
    """Return the address that thanks for answers to the survey at ``slug`` sent today."""
    return f"{_address(slug, 'done')}?{SENT}={_proof(slug, timezone.localdate())}"


def _proof(slug: str, day: date) -> str:
    return Signer(salt="surveys.sent").signature(f"{slug} {day}")


def _is_proof(given: str, slug: str) -> bool:
    today = timezone.localdate()
    return any(constant_time_compare(given, _proof(slug, day)) for day in (today, today - timedelta(days=1)))


# Addresses


def _start(slug: str) -> str:
    return reverse("surveys:done", args=[slug]).removesuffix("done/")


def _address(slug: str, key: str) -> str:
    return f"{_start(slug)}{key}/"


def _ended(slug: str) -> HttpResponse:
    return redirect(f"{_start(slug)}?ended")
