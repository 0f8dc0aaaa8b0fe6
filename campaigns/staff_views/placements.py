"""The placements of a campaign in the admin: what there is, where each leads, its code and its labels to print."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from campaigns.actions.placements import add_placement, change_placement, lead_to
from campaigns.forms.placements import GoalForm, PlacementForm
from campaigns.models import Campaign, Placement
from campaigns.printed import KINDS, SHEETS, labels_pdf, picture_of
from campaigns.queries.placements import (
    Arrivals,
    arrivals_by_placement,
    arrivals_by_week,
    placements_of,
    way_of,
    ways,
    with_targets,
)
from campaigns.staff_views.keeping import ask, is_kept, sent
from campaigns.staff_views.sections import headed, is_kept_shut
from core.access import require, signed_in
from core.languages.trees import in_english
from core.printing import CannotPrintError
from reach.enums import Method, Metric
from reach.words import rule

READS, ADDS, CHANGES = "campaigns.view_placement", "campaigns.add_placement", "campaigns.change_placement"
TAKEN = "Another placement has just taken this code. Choose another one."


@require_safe
@require_admin_access
def placements(request: HttpRequest, pk: int) -> HttpResponse:
    """List the placements of a campaign with where each leads now and how many arrived by it."""
    require(request, READS)
    campaign = get_object_or_404(Campaign, pk=pk)
    found = list(placements_of(campaign))
    leads, arrivals = ways(found, request), arrivals_by_placement(placement.code for placement in found)
    rows = [
        {"placement": row, "way": leads.get(row.pk), "arrivals": arrivals.get(row.code, Arrivals())} for row in found
    ]
    context = {"rows": rows, "rule": _rule(), "may_add": not campaign.is_closed and request.user.has_perm(ADDS)}
    return render(request, "campaigns/admin/placements.html", context | headed(request, campaign, here="placements"))


@require_safe
@require_admin_access
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a placement: its address and code, where it leads and led, and how many arrived in each week."""
    require(request, READS)
    found = _placement(pk)
    arrivals = arrivals_by_placement([found.code]).get(found.code, Arrivals())
    context = {
        "placement": found,
        "way": way_of(found, request),
        "arrivals": arrivals,
        "weeks": arrivals_by_week(found.code, is_sample=arrivals.is_sample),
        "rule": _rule(),
        "kinds": KINDS,
        "sheets": SHEETS,
        "may_change": not found.campaign.is_closed and request.user.has_perm(CHANGES),
    }
    return render(request, "campaigns/admin/placement.html", context | _head(request, found, str(found)))


@require_admin_access
def new_placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a placement to a campaign; its dates and its page are the campaign's unless told."""
    require(request, ADDS)
    campaign = get_object_or_404(Campaign, pk=pk)
    if is_kept_shut(request, campaign):
        return redirect("campaigns:placements", pk)
    made = Placement(campaign=campaign, starts=campaign.starts, ends=campaign.ends)
    form = PlacementForm(sent(request), instance=made, initial={"page": in_english(campaign.pages).first()})

    def keep() -> None:
        row = form.save(commit=False)
        add_placement(placement=row, page=form.cleaned_data["page"], by=signed_in(request))

    if is_kept(form, keep, taken=("code", TAKEN)):
        messages.success(request, f"“{made}” is kept. Its short address is {made.address_in_words}.")
        return redirect("campaigns:placement", made.pk)
    head = headed(request, campaign, here="placements", title="Add a placement")
    return ask(request, form, head, reads="campaigns:placements", key=campaign.pk)


@require_admin_access
def edit_placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a placement; its code stays."""
    require(request, CHANGES)
    found = _placement(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:placement", pk)
    form = PlacementForm(sent(request), instance=found)
    name = str(found)
    if is_kept(form, lambda: change_placement(placement=form.save(commit=False), by=signed_in(request))):
        messages.success(request, f"“{found}” is kept.")
        return redirect("campaigns:placement", pk)
    return ask(request, form, _head(request, found, f"Change “{name}”"), reads="campaigns:placement", key=pk)


@require_admin_access
def lead_placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a placement lead to another page."""
    require(request, CHANGES)
    found = _placement(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:placement", pk)
    target = next(iter(found.targets.all()), None)
    form = GoalForm(sent(request), initial={"page": target.page if target else None})

    def keep() -> None:
        lead_to(placement=found, page=form.cleaned_data["page"], by=signed_in(request))

    if is_kept(form, keep):
        messages.success(request, f"“{found}” leads to “{form.cleaned_data['page']}” from now on.")
        return redirect("campaigns:placement", pk)
    return ask(request, form, _head(request, found, f"Lead “{found}” elsewhere"), reads="campaigns:placement", key=pk)


@require_safe
@require_admin_access
def placement_code(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the QR code of a placement as a file; where this machine cannot make one, say so."""
    require(request, READS)
    if kind not in KINDS:
        raise Http404
    found = _placement(pk)
    return _file(request, found, lambda: picture_of(found, kind), f"{found.code}.{kind}", KINDS[kind][0])


@require_safe
@require_admin_access
def placement_labels(request: HttpRequest, pk: int, labels: int) -> HttpResponse:
    """Give a sheet of labels as a PDF; where this machine cannot make one, say so."""
    require(request, READS)
    if labels not in SHEETS:
        raise Http404
    found = _placement(pk)
    name = f"{found.code}-{labels}-labels.pdf"
    return _file(request, found, lambda: labels_pdf(found, labels), name, "application/pdf")


def _file(
    request: HttpRequest, found: Placement, make: Callable[[], bytes], name: str, media_type: str
) -> HttpResponse:
    try:
        made = make()
    except CannotPrintError as cannot:
        messages.error(request, str(cannot))
        return redirect("campaigns:placement", found.pk)
    return HttpResponse(made, content_type=media_type, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _placement(pk: int) -> Placement:
    return get_object_or_404(with_targets(Placement.objects.all()), pk=pk)


def _rule() -> str:
    return rule(Metric.ARRIVALS, method=Method.COUNTED)


def _head(request: HttpRequest, found: Placement, title: str) -> dict[str, Any]:
    return headed(request, found.campaign, here="placements", title=title)


addresses = [
    path("placements/<int:pk>/", placements, name="placements"),
    path("placements/<int:pk>/add/", new_placement, name="add_placement"),
    path("placement/<int:pk>/", placement, name="placement"),
    path("placement/<int:pk>/change/", edit_placement, name="change_placement"),
    path("placement/<int:pk>/lead/", lead_placement, name="lead_placement"),
    path("placement/<int:pk>/code/<str:kind>/", placement_code, name="placement_code"),
    path("placement/<int:pk>/labels/<int:labels>/", placement_labels, name="placement_labels"),
]
