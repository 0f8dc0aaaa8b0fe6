"""Where results are sent for approval, approved by a second person, sent back and withdrawn."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from surveys import actions
from surveys.actions.publishing import looked_at, public_of
from surveys.models import ResultSet
from surveys.publishing import Public, words
from surveys.publishing.findings import draft
from surveys.queries.published import approved_results, why_not_approve
from surveys.staff_views.access import require


class FindingsForm(forms.Form):
    """The key findings, and what was corrected."""

    findings = forms.CharField(
        label="Key findings",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Drafted from the numbers below, a line each. Make them plain, take lines out, say what matters.",
        error_messages={"required": "Say in plain words what was found."},
    )
    note = forms.CharField(
        label="What was corrected",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where these replace published results. Readers see it with its day.",
    )


class ApproveForm(forms.Form):
    """That it was looked at; ``seen`` carries the digest of what was."""

    looked = forms.BooleanField(
        label="I have looked at the findings, the numbers and the method note, and they may be published.",
        error_messages={"required": "Tick this once you have looked."},
    )
    seen = forms.CharField(widget=forms.HiddenInput)


def _found(pk: int) -> ResultSet:
    """Return the result set with this key, or answer 404."""
    return get_object_or_404(ResultSet.objects.select_related("wave__survey", "wave__instrument"), pk=pk)


@never_cache
@require_admin_access
def submit_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be published, let the findings be edited, and send it for approval."""
    require(request, "change_resultset")
    results = _found(pk)
    try:
        public = public_of(results)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("survey_wave", results.wave_id)
    form = FindingsForm(request.POST or None, initial={"findings": results.findings or draft(public)})
    if not approved_results(results.wave.survey).filter(wave=results.wave_id).exists():
        del form.fields["note"]
    if form.is_valid() and _done(form, actions.submit_results, results, by=signed_in(request), **form.cleaned_data):
        messages.success(request, f"{results} wait for a colleague's approval.")
        return redirect("survey_wave", results.wave_id)
    return _answer(request, "submit", results, form, public)


@never_cache
@require_admin_access
def approve_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be published, and publish it."""
    require(request, "approve_results")
    results = _found(pk)
    refused = why_not_approve(results, signed_in(request))
    if refused:
        messages.error(request, refused)
        return redirect("survey_wave", results.wave_id)
    form = ApproveForm(request.POST or None, initial={"seen": looked_at(results)})
    if form.is_valid() and _done(
        form, actions.approve_results, results, by=signed_in(request), seen=form.cleaned_data["seen"]
    ):
        messages.success(request, f"{results} are published.")
        return redirect("survey_wave", results.wave_id)
    return _answer(request, "approve", results, form, results.public)


@never_cache
@require_admin_access
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give results back to whoever sent them, after asking."""
    require(request, "approve_results", "change_resultset")
    return _after_asking(request, _found(pk), "send_back", actions.send_back, "sent back, and can be changed.")


@never_cache
@require_admin_access
def withdraw_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Take published results back, after asking."""
    require(request, "approve_results")
    return _after_asking(request, _found(pk), "withdraw", actions.withdraw_results, "withdrawn.")


def _after_asking(
    request: HttpRequest, results: ResultSet, verb: str, action: Callable[..., ResultSet], done: str
) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, action, results, by=signed_in(request)):
        messages.success(request, f"{results}: {done}")
        return redirect("survey_wave", results.wave_id)
    return _answer(request, verb, results, form, {})


def _done(form: forms.Form, action: Callable[..., ResultSet], results: ResultSet, **said: Any) -> bool:
    """Do it, and tell whether that went well; what is refused is said in the form."""
    try:
        action(results=results, **said)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _answer(request: HttpRequest, verb: str, results: ResultSet, form: forms.Form, public: Public) -> HttpResponse:
    items = public.get("items", [])
    context = {
        "results": results,
        "wave": results.wave,
        "verb": verb,
        "form": form,
        "public": public,
        "items": [words.tell(item) for item in items],
        "markers": words.markers_of(items),
        **_headed(results),
    }
    return render(request, f"surveys/admin/publishing/{verb}.html", context, status=422 if form.errors else 200)


def _headed(results: ResultSet) -> dict[str, Any]:
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[results.wave_id]), "label": str(results.wave)},
        {"url": "", "label": f"Results {results.number}"},
    ]
    return {"breadcrumbs_items": way, "header_title": str(results), "header_icon": "doc-full"}
