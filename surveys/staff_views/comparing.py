"""Where the analyst corrects a running wave, compares two waves, and says that a pilot has tried its wordings out."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from surveys import actions, runner
from surveys.comparing import Comparison, compare
from surveys.content import instrument_body
from surveys.models import Wave
from surveys.queries import asked_in, faults_of_correction
from surveys.staff_views.access import require
from surveys.staff_views.forms import CorrectForm
from surveys.staff_views.waves import find_wave, headed, who


@require_admin_access
def correct_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a correction would change, and make it."""
    require(request, "open_wave")
    wave = find_wave(pk)
    faults = faults_of_correction(wave)
    shown = runner.digest(instrument_body(wave.questionnaire))
    form = CorrectForm(request.POST if request.method == "POST" else None, initial={"looked_at": shown})
    if form.is_valid():
        try:
            revision = actions.correct_wave(wave=wave, by=who(request), **form.cleaned_data)
        except ValidationError as refused:
            seen = request.POST.copy()
            seen["looked_at"] = shown
            form = CorrectForm(seen)
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"The correction is made: from now on {wave} asks the new questions.")
            return redirect("survey_wave", revision.wave_id)
    context = {"wave": wave, "form": form, "faults": faults, **headed(wave)}
    if wave.instrument_id:
        context["comparison"] = _with_what_would_be_asked(wave)
    return render(request, "surveys/admin/correct.html", context)


def _with_what_would_be_asked(wave: Wave) -> Comparison:
    before = asked_in(wave)
    return compare(before, replace(before, body=instrument_body(wave.questionnaire)))


@require_safe
@require_admin_access
def compare_waves(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Compare two waves in words: what is the same, what differs, and what that does to their figures."""
    require(request, "view_wave", "change_wave")
    earlier, later = sorted((find_wave(pk), find_wave(other)), key=lambda wave: (wave.opens, wave.number, wave.pk))
    context: dict[str, Any] = {"earlier": earlier, "later": later, "wave": later, **headed(later)}
    context["comparison"] = compare(asked_in(earlier), asked_in(later))
    context["header_title"] = f"{earlier} and {later} compared"
    return render(request, "surveys/admin/compare.html", context)


@require_POST
@require_admin_access
def set_piloted(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the drafted wordings that a closed pilot asked to piloted."""
    require(request, "change_wording")
    wave = find_wave(pk)
    try:
        found = actions.set_piloted(wave=wave, by=who(request))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, f"Piloted now: {', '.join(wording.wording_id for wording in found)}.")
    return redirect("survey_wave", wave.pk)
