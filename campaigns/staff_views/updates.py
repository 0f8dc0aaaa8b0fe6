"""Signing up, for staff: how it stands, what is offered, what people agree to, and what an address agreed to."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions.updates import keeping
from campaigns.actions.updates.handing_over import try_again as let_all_be_due
from campaigns.forms.updates_settings import AudienceForm, EvidenceForm, InterestsForm, WordingForm
from campaigns.models.audiences import MailchimpInterest
from campaigns.models.updates import ConsentWording
from campaigns.queries.audiences import webhook_standing
from campaigns.queries.updates import (
    agreements_of,
    audience,
    figures,
    in_force,
    is_open,
    troubled,
    updates_settings,
    wordings,
)
from campaigns.staff_views.keeping import is_kept, sent
from core.access import require, signed_in

SEES = "campaigns.view_signup"
SETS = "campaigns.change_updatessettings"
WRITES = "campaigns.add_consentwording"
APPROVES = "campaigns.approve_consentwording"
READS_EVIDENCE = "campaigns.read_evidence"
FORM = ["GET", "HEAD", "POST"]


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, title: str = "", status: int = 200) -> Any:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("updates"), "label": "Signing up"},
    ]
    head = {
        "header_title": title or "Signing up",
        "header_icon": "mail",
        "breadcrumbs_items": [*crumbs, *([{"url": request.path, "label": title}] if title else [])],
    }
    return render(request, f"campaigns/admin/updates/{template}.html", context | head, status=status)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how it stands with what people signed up to, without any address."""
    require(request, SEES)
    user = signed_in(request)
    row = updates_settings()
    context = {
        "row": row,
        "is_open": is_open(),
        "has_wording": bool(in_force()),
        "figures": figures(),
        "troubled": troubled(),
        "hearing": webhook_standing(row.audience) if row.audience else None,
        "wordings": wordings(),
        "may_set": user.has_perm(SETS),
        "may_write": user.has_perm(WRITES),
        "may_approve": user.has_perm(APPROVES),
        "may_read_evidence": user.has_perm(READS_EVIDENCE),
    }
    return _page(request, "overview", context)


@require_http_methods(FORM)
def choose_audience(request: HttpRequest) -> HttpResponse:
    """Choose the audience that people sign up to."""
    require(request, SETS)
    user = signed_in(request)
    form = AudienceForm(sent(request), chosen=audience())
    if sent(request) is not None and is_kept(
        form, lambda: keeping.choose_audience(audience=form.cleaned_data["audience"], by=user)
    ):
        messages.success(request, "Saved. Look at the areas of news next: each audience has its own.")
        return redirect("updates")
    return _form(request, form, title="The audience")


@require_http_methods(FORM)
def offer_interests(request: HttpRequest) -> HttpResponse:
    """Choose the areas of news that people may pick, and name them in every language."""
    require(request, SETS)
    user = signed_in(request)
    to = audience()
    if to is None:
        messages.warning(request, "Choose the audience first: each has areas of news of its own.")
        return redirect("updates_audience")
    interests = MailchimpInterest.objects.filter(audience=to, is_gone=False).select_related("offered")
    form = InterestsForm(sent(request), interests=interests)
    if sent(request) is not None and is_kept(form, lambda: keeping.offer_interests(chosen=form.chosen, by=user)):
        messages.success(request, "Saved. The form offers these from now on.")
        return redirect("updates")
    return _page(
        request, "interests", {"form": form, "audience": to}, title="Areas of news", status=422 if form.errors else 200
    )


@require_http_methods(FORM)
def write_wording(request: HttpRequest) -> HttpResponse:
    """Write a new version of what people agree to, beginning with the one in force."""
    require(request, WRITES)
    user = signed_in(request)
    language = request.GET.get("language", "")
    now = in_force().get(language)
    form = WordingForm(sent(request), initial={"language": language, "text": now.text if now else ""})
    if sent(request) is not None and is_kept(
        form,
        lambda: keeping.write_wording(**form.cleaned_data, by=user),
        taken=("text", "A colleague was quicker. Save again."),
    ):
        messages.success(request, "Kept as a new version. It holds once a manager who did not write it approves it.")
        return redirect("updates")
    return _form(request, form, title="A new wording")


@require_POST
def approve_wording(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a wording into force."""
    require(request, APPROVES)
    wording = get_object_or_404(ConsentWording, pk=pk)
    try:
        keeping.approve_wording(wording=wording, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "In force. People agree to these words from now on.")
    return redirect("updates")


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Have what waits tried again now."""
    require(request, SETS)
    let_all_be_due()
    messages.success(request, "What waits is tried again now. Load this page again in a minute.")
    return redirect("updates")


@require_http_methods(FORM)
@never_cache
@sensitive_post_parameters()
def evidence(request: HttpRequest) -> HttpResponse:
    """Show what an address agreed to, and what became of it; the address stands in no address of a page."""
    require(request, READS_EVIDENCE)
    form = EvidenceForm(sent(request))
    found = None
    if sent(request) is not None and form.is_valid():
        found = agreements_of(form.cleaned_data["address"])
    context = {"form": form, "found": found}
    return _page(request, "evidence", context, title="Evidence", status=422 if form.errors else 200)


def _form(request: HttpRequest, form: Any, *, title: str) -> HttpResponse:
    return _page(request, "form", {"form": form}, title=title, status=422 if form.errors else 200)


addresses: list[URLPattern] = [
    path("campaigns/updates/", overview, name="updates"),
    path("campaigns/updates/audience/", choose_audience, name="updates_audience"),
    path("campaigns/updates/interests/", offer_interests, name="updates_interests"),
    path("campaigns/updates/wording/", write_wording, name="updates_wording"),
    path("campaigns/updates/wording/<int:pk>/approve/", approve_wording, name="updates_approve_wording"),
    path("campaigns/updates/try-again/", try_again, name="updates_try_again"),
    path("campaigns/updates/evidence/", evidence, name="updates_evidence"),
]
