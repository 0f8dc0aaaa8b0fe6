"""Where a colleague approves an evaluation or sends it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from campaigns.actions.evaluating import approve_evaluation, send_back_evaluation
from campaigns.enums import EvaluationState
from campaigns.evaluation import digest_of
from campaigns.forms.evaluations import ApproveForm, SendBackForm
from campaigns.models import Evaluation
from campaigns.queries.evaluations import said_by, why_not_approve
from campaigns.staff_views.evaluation import require_reader, standing
from campaigns.staff_views.sections import headed
from core.access import signed_in


def _waiting(request: HttpRequest, pk: int) -> Evaluation:
    """Return the evaluation of a campaign that waits for approval, or answer 404."""
    require_reader(request)
    found = Evaluation.objects.select_related("campaign__objective")
    return get_object_or_404(found, campaign=pk, state=EvaluationState.SUBMITTED)


@never_cache
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that it says, and approve it."""
    found = _waiting(request, pk)
    if why := why_not_approve(found, signed_in(request)):
        messages.error(request, why)
        return redirect("campaigns:evaluation", pk)
    form = ApproveForm(request.POST or None, initial={"seen": digest_of(found.frozen)})
    if form.is_valid():
        try:
            approve_evaluation(evaluation=found, by=signed_in(request), seen=form.cleaned_data["seen"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"The evaluation of “{found.campaign}” is approved, and stays as it is.")
            return redirect("campaigns:evaluation", pk)
    return _answer(request, found, "Approve the evaluation", "approve_evaluation", form)


@never_cache
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and give it back to those who wrote it."""
    found = _waiting(request, pk)
    if why := why_not_approve(found, signed_in(request)):
        messages.error(request, why)
        return redirect("campaigns:evaluation", pk)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            send_back_evaluation(evaluation=found, by=signed_in(request), reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"The evaluation of “{found.campaign}” is sent back to those who wrote it.")
            return redirect("campaigns:evaluation", pk)
    return _answer(request, found, "Send the evaluation back", "send_back_evaluation", form)


def _answer(request: HttpRequest, found: Evaluation, title: str, template: str, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        **headed(request, found.campaign, here="evaluation", title=title),
        "evaluation": found,
        "report": said_by(found.campaign, found),
        "state": standing(found),
        "form": form,
    }
    return render(request, f"campaigns/admin/{template}.html", context, status=422 if form.errors else 200)
