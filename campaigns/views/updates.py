"""News by email: signing up, and preferences without an account. No page of these sets a cookie.

Whoever asks, the answer is the same and takes as long: whether an address is known is asked later, by a worker.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions.updates import preferences as by_link
from campaigns.actions.updates import signing_up
from campaigns.forms.updates import AskForm, PreferencesForm, SignUpForm, form_of
from campaigns.models.signups import PreferencesRequest
from campaigns.queries.updates import areas, audience, offer
from core.forms import came_from_elsewhere
from core.languages.addresses import spoken
from core.limits import Limit, who
from core.remembering import remembered

# A hall full of people signs up over one connection, and waits a little; thousands in a day do not get through.
FROM_ONE_NETWORK = Limit("signed-up-over", most=10, minutes=2)
ASKED_FROM_ONE_NETWORK = Limit("asked-over", most=10, minutes=2)
WAIT = 120  # seconds
TRAP = "message"

View = Callable[..., HttpResponse]


def _form(view: View) -> View:
    """Make ``view`` one of a form that needs no cookie and comes from no other site."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and came_from_elsewhere(request):
            raise PermissionDenied("This form was sent from another site.")
        return view(request, *args, **kwargs)

    return guarded


@_form
def sign_up(request: HttpRequest) -> HttpResponse:
    """Offer to sign up for news; on POST keep what was agreed to. ``?campaign=`` says which campaign led here."""
    language = spoken()
    form_in_force = remembered("updates form", partial(_form_in_force, language), request=request, on_every_site=True)
    if form_in_force is None:
        return _page(request, "closed", {"noindex": True})
    sent = request.POST if request.method == "POST" else None
    form = form_in_force(sent, language=language, campaign=request.GET.get("campaign", ""))
    if sent is None or not form.is_valid():
        return _show(request, "sign_up", form)
    if wait := _held_up(request, FROM_ONE_NETWORK):
        form.add_error(None, wait)
        return _show(request, "sign_up", form, status=429)
    signing_up.sign_up(
        address=form.cleaned_data["email"],
        wording=form.offer.wording,
        areas=form.chosen,
        language=form.cleaned_data["language"],
        page=request.path[:200],
        campaign=form.cleaned_data["campaign"],
        is_machine=bool(sent.get(TRAP)),
    )
    return HttpResponseRedirect(f"{request.path}sent/")  # `signed_up`: finding it by name takes as long as the row.


def _form_in_force(language: str) -> type[SignUpForm] | None:
    """Return the form for what ``language`` offers; None where nobody can sign up."""
    offered = offer(language)
    return form_of(offered) if offered else None


@require_safe
@never_cache
def signed_up(request: HttpRequest) -> HttpResponse:
    """Say what comes next, to whomever it is: an email to confirm by first, where the audience asks twice."""
    to = audience()
    must_confirm = to is None or to.double_optin
    return render(request, "campaigns/updates/signed_up.html", {"noindex": True, "must_confirm": must_confirm})


@_form
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and have a link sent to it if it is known."""
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent)
    if sent is None or not form.is_valid():
        return _show(request, "ask", form)
    if wait := _held_up(request, ASKED_FROM_ONE_NETWORK):
        form.add_error(None, wait)
        return _show(request, "ask", form, status=429)
    by_link.ask_for_link(address=form.cleaned_data["email"], language=spoken())
    return redirect("updates:asked")


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way if the address is known, to whomever it is."""
    hours = by_link.LINK_HOLDS.seconds // 3600
    return render(request, "campaigns/updates/asked.html", {"noindex": True, "hours": hours})


@_form
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever came by the link in their mail change or stop their news. Opening the link changes nothing."""
    row = by_link.request_of(token)
    if row is None:
        return _gone(request)
    to = audience()
    offered = areas(to, spoken()) if to else []
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, areas=offered, known=row.known)
    if sent is None or not form.is_valid():
        return _show(request, "preferences", form)
    if not _is_changed(row, form):
        return _gone(request)
    return redirect("updates:changed")


def _is_changed(row: PreferencesRequest, form: PreferencesForm) -> bool:
    """Keep what was chosen; False where the link was used meanwhile."""
    if form.leaves:
        return by_link.stop(row=row)
    language = form.cleaned_data["language"] or row.known.get("language", "")
    chosen = form.cleaned_data.get("areas", [])
    return by_link.change(row=row, language=language, interests=chosen, offered=form.offered)


@require_safe
@never_cache
def changed(request: HttpRequest) -> HttpResponse:
    """Say that what was chosen is kept."""
    return render(request, "campaigns/updates/changed.html", {"noindex": True})


def _held_up(request: HttpRequest, limit: Limit) -> str:
    """Count one more from this network; return a sentence for whoever has to wait, empty for everybody else."""
    if limit.lets(who(request)):
        return ""
    return _(
        "Many forms were sent from your connection in the last minutes. Wait two minutes, then press the button "
        "again. What you typed is still here."
    )


def _show(request: HttpRequest, template: str, form: Any, *, status: int = 200) -> HttpResponse:
    response = _page(request, template, _shown(form), status=status)
    if status == 429:
        response["Retry-After"] = str(WAIT)
    return response


def _shown(form: Any) -> dict[str, Any]:
    # The link's own address is for nobody else: other languages begin where a new link is asked for.
    is_by_link = isinstance(form, PreferencesForm)
    return {"form": form, "noindex": bool(form.errors) or is_by_link} | (
        {"switch_path": "/updates/preferences/"} if is_by_link else {}
    )


def _gone(request: HttpRequest) -> HttpResponse:
    return _page(request, "gone", {"noindex": True}, status=410)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page that is kept in no cache. What only leads on needs no such word: no cache keeps that by itself."""
    response = render(request, f"campaigns/updates/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response
