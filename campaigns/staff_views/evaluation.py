"""The evaluation of a campaign in the admin: what it says, its lessons, and its files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.actions.evaluating import begin_evaluation, save_lessons, submit_evaluation
from campaigns.enums import ReviewState
from campaigns.evaluation.printing import evaluation_pdf
from campaigns.evaluation.spreadsheet import workbook_of
from campaigns.forms.evaluations import LessonForm
from campaigns.forms.plan import rows_formset
from campaigns.models import Campaign, Evaluation
from campaigns.queries.evaluations import current, is_intact, said_by
from campaigns.queries.reviewing import approves, why_not_approve
from campaigns.staff_views.keeping import in_its_state, require_reader
from campaigns.staff_views.sections import headed
from core.access import require, signed_in
from core.printing import CannotPrintError

WRITES = "campaigns.change_evaluation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shown(request: HttpRequest, pk: int) -> tuple[Campaign, Evaluation | None]:
    """Return a campaign and its evaluation: the one that ``?version=`` asks for, else the newest."""
    require_reader(request, Evaluation)
    campaign = get_object_or_404(Campaign.objects.select_related("objective"), pk=pk)
    version = request.GET.get("version", "")
    if not version:
        return campaign, current(campaign)
    if not version.isdecimal() or len(version) > 9:
        raise Http404
    return campaign, get_object_or_404(campaign.evaluations, pk=int(version))


def standing(evaluation: Evaluation | None) -> str:
    """Return in a sentence how far an evaluation has come."""
    if evaluation is None:
        return "Not an evaluation yet: what is known so far."
    if evaluation.approved_at:
        return f"Approved on {date_format(localtime(evaluation.approved_at))}."
    if evaluation.submitted_at:
        return f"Sent in on {date_format(localtime(evaluation.submitted_at))}, not approved yet."
    return "Being written, not approved yet."


@never_cache
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a campaign, and lead to the next step."""
    campaign, found = shown(request, pk)
    user = signed_in(request)
    writes = user.has_perm(WRITES) and campaign.is_closed
    state = found.state if found else ""
    waits = found if found and state == ReviewState.SUBMITTED else None
    return render(
        request,
        "campaigns/admin/evaluation.html",
        {
            **headed(request, campaign, here="evaluation"),
            "evaluation": found,
            "report": said_by(campaign, found),
            "state": standing(found),
            "writers": list(found.writers.all()) if found else [],
            "may_begin": writes and state in {"", ReviewState.APPROVED},
            "may_write": writes and state == ReviewState.DRAFT,
            "may_approve": waits and not why_not_approve(waits, user),
            "why_not": why_not_approve(waits, user) if waits and approves(user, Evaluation) else "",
            "is_broken": state == ReviewState.APPROVED and found and not is_intact(found),
            "earlier": campaign.evaluations.filter(state=ReviewState.APPROVED).exclude(pk=found.pk if found else 0),
        },
    )


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the evaluation, and lead to its lessons."""
    require(request, WRITES)
    campaign = get_object_or_404(Campaign, pk=pk)
    try:
        begin_evaluation(campaign=campaign, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("campaigns:evaluation", pk)
    return redirect("campaigns:lessons", pk)


@in_its_state("campaigns:evaluation")
def lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was learnt."""
    require(request, WRITES)
    campaign = get_object_or_404(Campaign, pk=pk)
    found = get_object_or_404(campaign.evaluations, state=ReviewState.DRAFT)
    data = request.POST if request.method == "POST" else None
    rows = rows_formset(LessonForm, of=Evaluation)(data, instance=found, prefix="lessons")
    refused: list[str] = []
    if data is not None and rows.is_valid():
        try:
            save_lessons(evaluation=found, rows=rows, by=signed_in(request))
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, "What was learnt is saved.")
            return redirect("campaigns:evaluation", pk)
    context: dict[str, Any] = {
        **headed(request, campaign, here="evaluation", title="What was learnt"),
        "about": "What worked, what did not, and what we do next time: at least one of each.",
        "one": "lesson",
        "back": "campaigns:evaluation",
        "rows": rows,
        "refused": [*refused, *rows.unseen_errors],
    }
    has_errors = bool(refused or (rows.is_bound and not rows.is_valid()))
    return render(request, "campaigns/admin/plan_part.html", context, status=422 if has_errors else 200)


@require_POST
@in_its_state("campaigns:evaluation")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the evaluation in."""
    require(request, WRITES)
    found = get_object_or_404(Evaluation, campaign=pk, state=ReviewState.DRAFT)
    try:
        submit_evaluation(evaluation=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "The evaluation waits for a colleague, with its figures as they stand now.")
    return redirect("campaigns:evaluation", pk)


@never_cache
def as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the evaluation as a PDF."""
    campaign, found = shown(request, pk)
    try:
        made = evaluation_pdf(said_by(campaign, found), state=standing(found))
    except CannotPrintError as cannot:
        messages.error(request, str(cannot))
        return redirect("campaigns:evaluation", pk)
    return _file(made, "application/pdf", f"{campaign.code}-evaluation.pdf")


@never_cache
def as_spreadsheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the evaluation as a spreadsheet."""
    campaign, found = shown(request, pk)
    made = workbook_of(said_by(campaign, found), state=standing(found))
    return _file(made, XLSX, f"{campaign.code}-evaluation.xlsx")


def _file(made: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
