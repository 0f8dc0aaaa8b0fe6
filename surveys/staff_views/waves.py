"""Where the analyst opens, watches and closes a wave."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from surveys import actions
from surveys.content import items_of
from surveys.enums import WaveState
from surveys.models import Wave
from surveys.queries import count_of_answers, drafted_items, faults_of
from surveys.staff_views.access import require


def _wave(pk: int) -> Wave:
    return get_object_or_404(Wave.objects.select_related("survey", "questionnaire"), pk=pk)


@require_admin_access
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a wave stands: what keeps it from opening, or how many people have answered."""
    require(request, "view_wave", "change_wave", "open_wave", "close_wave")
    return render(request, "surveys/admin/wave.html", _context(request, _wave(pk)))


def _context(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """Return what the page shows: each of its sections adds its own."""
    return (
        {"wave": wave}
        | _headed(wave)
        | _standing(request, wave)
        | _before_opening(wave)
        | _answers(wave)
        | _texts(request, wave)
    )


def _standing(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    return {
        "may_open": wave.state == WaveState.DRAFT and request.user.has_perm("surveys.open_wave"),
        "may_close": wave.state == WaveState.OPEN and request.user.has_perm("surveys.close_wave"),
    }


def _before_opening(wave: Wave) -> dict[str, Any]:
    if wave.state != WaveState.DRAFT:
        return {}
    return {
        "faults": faults_of(wave, on=timezone.localdate()),
        "drafted": drafted_items(wave.questionnaire),
        "items": items_of(wave.questionnaire),
    }


def _answers(wave: Wave) -> dict[str, Any]:
    return {"count": count_of_answers(wave), "pages": wave.survey.pages.filter(live=True)}


def _texts(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    return {"may_read": request.user.has_perm("surveys.view_text"), "unread": wave.texts.count()}


def _headed(wave: Wave) -> dict[str, Any]:
    """Return what the head of the page shows: the way back to the list, and the wave's name."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[wave.pk]), "label": str(wave)},
    ]
    return {"breadcrumbs_items": way, "header_title": str(wave), "header_icon": "date"}


@require_admin_access
def open_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a wave after asking whether that is meant."""
    require(request, "open_wave")
    return _after_asking(request, _wave(pk), actions.open_wave, "open")


@require_admin_access
def close_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a wave after asking whether that is meant."""
    require(request, "close_wave")
    return _after_asking(request, _wave(pk), actions.close_wave, "close")


def _after_asking(request: HttpRequest, wave: Wave, action: Any, verb: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "surveys/admin/confirm.html", {"wave": wave, "verb": verb, **_headed(wave)})
    try:
        wave = action(wave=wave, by=request.user)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"{wave} is now {wave.get_state_display().lower()}.")
    return redirect("survey_wave", wave.pk)
