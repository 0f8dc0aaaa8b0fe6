"""Beginning with a single-use code from a letter."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys import actions
from surveys.forms import CodeForm
from surveys.queries import form_in_progress, takes_codes
from surveys.views.addresses import start_of
from surveys.views.coming_back import LATER, show_code
from surveys.views.device import digest, give_token, new_token
from surveys.views.guessing import held_up, note_wrong, turn_of
from surveys.views.visits import Visit, answering


@answering
def enter(visit: Visit) -> HttpResponse:
    """Ask for the code from a letter, spend it, and begin: a code to come back with is shown right away.

    The device gets its token with the page that asks, so that whoever presses twice, or loses the connection while the
    code is spent, finds the form that it began. A form that somebody else left open here is not written over.
    """
    if not takes_codes(visit.wave):
        raise Http404
    token = visit.token if visit.token and not visit.draft else new_token()
    form = CodeForm(visit.request.POST or None)
    if visit.request.method == "POST" and form.is_valid():
        return _begin(visit, form, token)
    response = _ask(visit, form)
    if visit.draft is None:
        give_token(visit.request, response, visit.slug, token)
    return response


def _begin(visit: Visit, form: CodeForm, token: str) -> HttpResponse:
    said, seconds = held_up(visit.request)
    if said:
        form.add_error("code", said)
        response = _ask(visit, form, turn=turn_of(visit.request), status=429)
        response["Retry-After"] = str(seconds)
        return response
    try:
        draft = actions.begin_with_code(
            wave=visit.wave,
            code=form.cleaned_data["code"],
            token_digest=digest(token),
            language=visit.instrument.language,
        )
    except actions.UsedCodeError:
        note_wrong(visit.request)
        form.add_error("code", _("Nobody can begin with this code: it is for another survey, or it was used before."))
        return _ask(visit, form)
    except actions.BegunError:
        form.add_error(
            "code",
            _(
                "This code was not used: another code was sent from this device at the same moment, and its form has "
                "begun. Go on with that form, or press again to begin with this code."
            ),
        )
        return _ask(visit, form)
    response = show_code(replace(visit, token=token, draft=draft), begins=True)
    give_token(visit.request, response, visit.slug, token)
    return response


def _ask(visit: Visit, form: CodeForm, *, turn: str = "", status: int = 200) -> HttpResponse:
    # Asked for anew: the first of two presses may have begun one since this one came in.
    begun = form_in_progress(slug=visit.slug, token_digest=visit.token_digest, on=timezone.localdate())
    context = {"form": form, "turn": turn, "goes_on": visit.address(LATER) if begun else ""}
    return visit.show("surveys/enter.html", context | {"back": start_of(visit.slug)}, status=status)
