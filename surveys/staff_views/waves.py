"""Where a wave is signed off, opened, watched, paused, extended and closed."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access
from wagtail.models import ModelLogEntry

from core.models import User
from surveys import actions
from surveys.board import composition, fieldwork, response_rates
from surveys.content import items_of
from surveys.enums import ResultState, WaveState
from surveys.models import SignOff, Wave
from surveys.queries import (
    count_of_answers,
    drafted_items,
    faults_of,
    marked,
    notices,
    results_of,
    signed_digest,
    why_not_sign_off,
    wordings_to_pilot,
)
from surveys.staff_views.access import require
from surveys.staff_views.forms import ExtendForm, ReasonForm, SignOffForm
from surveys.staff_views.words import unspoken

EACH_TEXT = ("surveys.open_text", "surveys.read_text", "surveys.redact_text")


def find_wave(pk: int) -> Wave:
    """Return the wave with this key, with its survey and its questionnaire, or answer 404."""
    return get_object_or_404(Wave.objects.select_related("survey", "questionnaire"), pk=pk)


@require_admin_access
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a wave stands, what can be done with it next, and what was done."""
    require(request, "view_wave", "change_wave", "open_wave", "close_wave")
    return render(request, "surveys/admin/wave.html", _context(request, find_wave(pk)))


def _context(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """Return what the page shows: each of its sections adds its own."""
    return (
        {"wave": wave}
        | headed(wave)
        | _standing(request, wave)
        | _before_opening(wave)
        | _languages(wave)
        | _answers(wave)
        | _texts(request, wave)
        | _board(wave)
        | _comparing(wave)
        | _history(wave)
        | _files(request, wave)
        | _marks(wave)
        | _published(wave)
    )


def _published(wave: Wave) -> dict[str, Any]:
    """Return the results on their way to the public, and those that it reads: whoever approves may see no others."""
    shown = (ResultState.SUBMITTED, ResultState.APPROVED)
    closed = wave.state == WaveState.CLOSED
    return {"result_sets": [one for one in results_of(wave) if one.state in shown] if closed else []}


def _standing(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    opens, closes = (request.user.has_perm(f"surveys.{name}") for name in ("open_wave", "close_wave"))
    is_draft, runs = wave.state == WaveState.DRAFT, wave.state in WaveState.running
    return {
        "runs": runs,
        "signed": SignOff.objects.filter(wave=wave).first(),
        "may_edit": is_draft and request.user.has_perm("surveys.change_wave"),
        "may_sign_off": is_draft and _may_sign_off(request, wave),
        "may_open": is_draft and opens,
        "may_pause": wave.state == WaveState.OPEN and closes,
        "may_resume": wave.state == WaveState.PAUSED and opens,
        "may_correct": runs and opens,
        "may_close": runs and closes,
    }


def _may_sign_off(request: HttpRequest, wave: Wave) -> bool:
    return request.user.has_perm("surveys.sign_off_wave") and not why_not_sign_off(wave, who(request))


def _before_opening(wave: Wave) -> dict[str, Any]:
    if wave.state != WaveState.DRAFT:
        return {}
    return {
        "faults": faults_of(wave, on=timezone.localdate()),
        "drafted": drafted_items(wave.questionnaire),
        "items": items_of(wave.questionnaire),
    }


def _languages(wave: Wave) -> dict[str, Any]:
    """Return the languages that are offered and not spoken yet; what a closed wave offered helps nobody."""
    if wave.state == WaveState.CLOSED:
        return {}
    offered = wave.asks.body.get("translations", {}) if wave.instrument_id else wave.questionnaire.languages[1:]
    return {"unspoken": unspoken(offered)}


def _answers(wave: Wave) -> dict[str, Any]:
    return {"count": count_of_answers(wave), "pages": wave.survey.pages.filter(live=True).select_related("locale")}


def _texts(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    return {"may_read": request.user.has_perm("surveys.view_text"), "unread": wave.texts.count()}


def _board(wave: Wave) -> dict[str, Any]:
    if wave.state == WaveState.DRAFT:
        return {}
    return {"fieldwork": fieldwork(wave), "rates": response_rates(wave), "composition": composition(wave)}


def _comparing(wave: Wave) -> dict[str, Any]:
    return {
        "corrections": wave.revisions.select_related("by").order_by("number"),
        "others": Wave.objects.filter(survey=wave.survey).exclude(pk=wave.pk).select_related("survey"),
        "to_pilot": wordings_to_pilot(wave),
    }


def _history(wave: Wave) -> dict[str, Any]:
    """Return what was done with the wave, newest first: not each text that was read, which the whole log has."""
    done = ModelLogEntry.objects.for_instance(wave).exclude(action__in=EACH_TEXT).select_related("user")
    return {"history": done.order_by("-timestamp", "-pk")}


def _files(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    return {
        "may_see_files": request.user.has_perm("surveys.view_export"),
        "may_export": request.user.has_perm("surveys.add_export"),
        "exports": wave.exports.select_related("by"),
    }


def _marks(wave: Wave) -> dict[str, Any]:
    return {"marks": marked(wave)} if wave.state == WaveState.CLOSED else {}


def headed(wave: Wave) -> dict[str, Any]:
    """Return what the head of the page shows: the way back to the list, and the wave's name."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[wave.pk]), "label": str(wave)},
    ]
    return {"breadcrumbs_items": way, "header_title": str(wave), "header_icon": "date"}


@require_admin_access
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that a sign-off is about, and record that it was looked at."""
    require(request, "sign_off_wave")
    wave = find_wave(pk)
    refused = why_not_sign_off(wave, who(request))
    if refused:
        messages.error(request, refused)
        return redirect("survey_wave", wave.pk)
    shown = signed_digest(wave)
    form = SignOffForm(request.POST or None, initial={"looked_at": shown})
    if form.is_valid():
        try:
            actions.sign_off(wave=wave, by=who(request), looked_at=form.cleaned_data["looked_at"])
        except ValidationError as changed:
            messages.error(request, changed.messages[0])
            form = SignOffForm(initial={"looked_at": shown})
        else:
            messages.success(request, f"You have signed off {wave}.")
            return redirect("survey_wave", wave.pk)
    context = {"wave": wave, "form": form, "items": items_of(wave.questionnaire), **headed(wave)}
    context["notices"] = notices(wave)
    return render(request, "surveys/admin/sign_off.html", context)


@require_admin_access
def open_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a wave after asking whether that is meant."""
    return _after_asking(request, pk, verb="open", action=actions.open_wave, permission="open_wave")


@require_admin_access
def pause_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a wave after asking why."""
    return _after_asking(request, pk, verb="pause", action=actions.pause_wave, permission="close_wave", asks=ReasonForm)


@require_admin_access
def resume_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a paused wave go on after asking whether that is meant."""
    return _after_asking(request, pk, verb="resume", action=actions.resume_wave, permission="open_wave")


@require_admin_access
def extend_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a wave's last day after asking to which, and why."""
    return _after_asking(
        request, pk, verb="extend", action=actions.extend_wave, permission="close_wave", asks=ExtendForm
    )


@require_admin_access
def close_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a wave after asking whether that is meant."""
    return _after_asking(request, pk, verb="close", action=actions.close_wave, permission="close_wave")


def _after_asking(
    request: HttpRequest,
    pk: int,
    *,
    verb: str,
    action: Callable[..., Wave],
    permission: str,
    asks: type[forms.Form] = forms.Form,
) -> HttpResponse:
    """Ask for what ``action`` needs to know, and do it; what it refuses is said beside what was typed."""
    require(request, permission)
    wave = find_wave(pk)
    form = asks(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wave = action(wave=wave, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            until = f" Its last day is {wave.closes:%-d %B %Y}." if wave.state in WaveState.running else ""
            messages.success(request, f"{wave} is now {wave.get_state_display().lower()}.{until}")
            return redirect("survey_wave", wave.pk)
    return render(request, "surveys/admin/confirm.html", {"wave": wave, "verb": verb, "form": form, **headed(wave)})


def who(request: HttpRequest) -> User:
    """Return whoever asks: the admin lets nobody else in."""
    return cast("User", request.user)
