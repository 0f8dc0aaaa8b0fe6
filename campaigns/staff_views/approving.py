"""Where a colleague approves an evaluation or sends it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from campaigns.actions.evaluating import approve_evaluation, send_back_evaluation
from campaigns.enums import ReviewState
from campaigns.evaluation import digest_of
from campaigns.forms.reviewing import ApproveForm
from campaigns.models import Evaluation
from campaigns.queries.evaluations import said_by
from campaigns.staff_views.evaluation import standing
from campaigns.staff_views.keeping import in_its_state, is_kept, require_reader, sent
from campaigns.staff_views.reviewing import is_refused, send_back_with_reason
from campaigns.staff_views.sections import headed
from core.access import signed_in

LOOKED = "I have looked at the numbers, how each is known, and the lessons, and they may stand."


def _waiting(request: HttpRequest, pk: int) -> Evaluation:
    """Return the evaluation of a campaign that waits for approval, or answer 404."""
    require_reader(request, Evaluation)
    found = Evaluation.objects.select_related("campaign__objective")
    return get_object_or_404(found, campaign=pk, state=ReviewState.SUBMITTED)


@never_cache
@in_its_state("campaigns:evaluation")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that it says, and approve it."""
    found = _waiting(request, pk)
    user = signed_in(request)
    if is_refused(request, found):
        return redirect("campaigns:evaluation", pk)
    form = ApproveForm(sent(request), initial={"seen": digest_of(found.frozen)}, statement=LOOKED)
    if is_kept(form, lambda: approve_evaluation(evaluation=found, by=user, seen=form.cleaned_data["seen"])):
        messages.success(request, f"The evaluation of “{found.campaign}” is approved, and stays as it is.")
        return redirect("campaigns:evaluation", pk)
    return _answer(request, found, form)


@never_cache
@in_its_state("campaigns:evaluation")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and give it back to those who wrote it."""
    found, user = _waiting(request, pk), signed_in(request)
    return send_back_with_reason(
        request,
        found,
        lambda reason: send_back_evaluation(evaluation=found, by=user, reason=reason),
        section="evaluation",
        name=f"the evaluation of “{found.campaign}”",
        key=pk,
    )


def _answer(request: HttpRequest, found: Evaluation, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        **headed(request, found.campaign, here="evaluation", title="Approve the evaluation"),
        "evaluation": found,
        "report": said_by(found.campaign, found),
        "state": standing(found),
        "form": form,
    }
    return render(request, "campaigns/admin/approve_evaluation.html", context, status=422 if form.errors else 200)
