"""Where an analyst decides about marked responses, and raises the limit for a venue and a day."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from core.models import User
from surveys import actions
from surveys.enums import CollectorKind, Mark, WaveState
from surveys.models import Collector, MarkDecision, RaisedLimit, Wave
from surveys.staff_views.access import require
from surveys.staff_views.forms import SAY_WHY, ReasonForm, missing
from surveys.staff_views.heads import headed


class DecisionForm(forms.ModelForm):
    """Whether responses with a mark stay in the results, and why."""

    excludes = forms.TypedChoiceField(
        label="These answers",
        choices=MarkDecision.EITHER,
        coerce=lambda said: said == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether these answers stay in the results."},
    )

    class Meta:
        model = MarkDecision
        fields = ("excludes", "reason")
        error_messages = missing(reason=SAY_WHY)


@require_admin_access
def decide_mark(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """Decide about the responses of a closed wave with one mark."""
    require(request, "close_wave")
    wave = get_object_or_404(Wave.objects.select_related("survey"), pk=pk, state=WaveState.CLOSED)
    if mark not in Mark.values:
        raise Http404
    standing = wave.mark_decisions.filter(mark=mark).first() or MarkDecision(wave=wave, mark=mark)
    form = DecisionForm(request.POST or None, instance=standing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_mark(wave=wave, mark=Mark(mark), by=signed_in(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "The decision is kept. The results follow at the next refresh.")
            return redirect("survey_wave", wave.pk)
    context = {"form": form, "wave": wave, "mark": Mark(mark), **headed(f"Marked: {Mark(mark).label}", wave)}
    return render(request, "surveys/admin/decide_mark.html", context, status=422 if form.errors else 200)


class RaisedLimitForm(forms.ModelForm, ReasonForm):
    """Where and when many people answer over one connection, and why."""

    class Meta:
        model = RaisedLimit
        fields = ("venue", "day", "most")
        widgets = {"day": forms.DateInput(attrs={"type": "date"})}
        error_messages = missing(
            venue="Say where, such as: Kirklees College, Huddersfield.",
            day="Give the day.",
            most="Say how many people may send their answers within ten minutes.",
        )


@require_admin_access
def raised_limits(request: HttpRequest, pk: int) -> HttpResponse:
    """List the venues and days for which the limit of a way in is raised, and add one or take one away."""
    require(request, "change_collector")
    ways = Collector.objects.exclude(kind__in=CollectorKind.by_staff).select_related("wave__survey")
    collector = get_object_or_404(ways, pk=pk)
    form = RaisedLimitForm()
    if "remove" in request.POST:
        gone = collector.raised_limits.filter(pk=request.POST["remove"]).first() if _is_key(request) else None
        if gone:
            actions.lower_limit(limit=gone, by=signed_in(request))
            messages.success(request, f"The limit for {gone.venue} is no longer raised.")
        return redirect("survey_raised_limits", collector.pk)
    if request.method == "POST":
        form = RaisedLimitForm(request.POST, instance=RaisedLimit(collector=collector))
        if _raised(form, by=signed_in(request)):
            messages.success(request, f"The limit is raised for {form.instance.venue}.")
            return redirect("survey_raised_limits", collector.pk)
    context = {"form": form, "collector": collector, "limits": collector.raised_limits.all()}
    context |= headed(f"Limit: {collector.title}", collector.wave)
    return render(request, "surveys/admin/raised_limits.html", context, status=422 if form.errors else 200)


def _is_key(request: HttpRequest) -> bool:
    return request.POST["remove"].isdecimal() and len(request.POST["remove"]) < 19


def _raised(form: RaisedLimitForm, *, by: User) -> bool:
    """Raise the form's limit, and tell whether that went well; what is refused is said in the form."""
    if not form.is_valid():
        return False
    try:
        actions.raise_limit(limit=form.instance, reason=form.cleaned_data["reason"], by=by)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
