"""Saving for later: the code, shown once, and coming back with it on any device."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from core.codes import in_threes
from surveys import actions, runner
from surveys.forms import CodeForm
from surveys.models import Draft
from surveys.models.answers import KEPT_UNDER_CODE
from surveys.runner.instrument import EQUALITY, MAIN
from surveys.views.addresses import start_of
from surveys.views.device import digest, give_token, new_token, take_token
from surveys.views.guessing import held_up, note_wrong, turn_of
from surveys.views.visits import Visit, answering

LATER = "later"


@answering
def later(visit: Visit) -> HttpResponse:
    """Give a code to come back with, from a page that has nothing of its own to save."""
    if visit.draft is None:
        return visit.ended()
    return show_code(visit) if visit.request.method == "POST" else visit.go_to(*where_it_stopped(visit, visit.draft))


def show_code(visit: Visit, *, begins: bool = False) -> HttpResponse:
    """Show a new code, once: the page answers the press of a button and cannot be called up again.

    ``begins`` is for whoever begins with a single-use code, which would not let them in a second time.
    """
    try:
        code = actions.give_code(token_digest=visit.token_digest)
    except actions.EndedError:
        return visit.ended()
    context = {
        "begins": begins,
        "code": in_threes(code),
        "days": KEPT_UNDER_CODE.days,
        "closes": visit.wave.closes,
        "come_back": visit.request.build_absolute_uri(visit.address("come-back")),
        "goes_on": visit.address(LATER),
        "close": visit.address("close"),
    }
    return visit.show("surveys/later.html", context)


@answering
def close(visit: Visit) -> HttpResponse:
    """End the form on this device. What is saved waits under its code; without one there is nothing left of it."""
    if visit.request.method != "POST":
        return visit.go_to()
    actions.end_form(token_digest=visit.token_digest)
    response = visit.go_to()
    response["Location"] += "?waits"
    take_token(response, visit.slug)
    return response


@answering
def come_back(visit: Visit) -> HttpResponse:
    """Ask for the code, and go on where the form was left."""
    form = CodeForm(visit.request.POST or None)
    if visit.request.method != "POST" or not form.is_valid():
        return _ask(visit, form)
    said, seconds = held_up(visit.request)
    if said:
        form.add_error("code", said)
        response = _ask(visit, form, turn=turn_of(visit.request), status=429)
        response["Retry-After"] = str(seconds)
        return response
    token = new_token()
    try:
        draft = actions.come_back(wave=visit.wave, code=form.cleaned_data["code"], token_digest=digest(token))
    except actions.UnknownCodeError:
        note_wrong(visit.request)
        form.add_error(
            "code",
            _("No answers wait under this code: they were sent or deleted, or the code is for another survey."),
        )
        return _ask(visit, form)
    response = visit.go_to(*where_it_stopped(visit, draft))
    give_token(visit.request, response, visit.slug, token)
    return response


def _ask(visit: Visit, form: CodeForm, *, turn: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "turn": turn, "days": KEPT_UNDER_CODE.days, "in_progress": visit.draft is not None}
    return visit.show("surveys/come_back.html", context | {"back": start_of(visit.slug)}, status=status)


def where_it_stopped(visit: Visit, draft: Draft) -> tuple[str, ...]:
    """Return the parts of the address of the first page that was not answered; the check where all were."""
    unanswered = runner.first_unanswered(visit.instrument, draft.answers, MAIN)
    if unanswered:
        return (unanswered.key,)
    about_equality = {key for page in visit.instrument.pages if page.part == EQUALITY for key in page.keys}
    if about_equality.isdisjoint(draft.answers):
        return ("check",)
    unanswered = runner.first_unanswered(visit.instrument, draft.answers, EQUALITY)
    return (unanswered.key,) if unanswered else (EQUALITY, "check")
