"""The share kit of a campaign in the admin: what partners get now, its texts, and where a colleague approves it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.kits import approve_kit, begin_kit, digest_of, save_kit, send_back_kit, submit_kit
from campaigns.enums import ReviewState
from campaigns.forms.kits import HashtagsForm, KitTextForm, links_of
from campaigns.forms.plan import rows_formset
from campaigns.forms.reviewing import ApproveForm
from campaigns.kits.contents import contents_of, kit_in_force
from campaigns.models import Campaign, Kit
from campaigns.queries.kits import addresses_of
from campaigns.queries.reviewing import approves, why_not_approve
from campaigns.staff_views.keeping import in_its_state, is_kept, require_reader, sent
from campaigns.staff_views.reviewing import is_refused, send_back_with_reason
from campaigns.staff_views.sections import headed, is_kept_shut
from core.access import require, signed_in

WRITES = "campaigns.change_kit"
LOOKED = "I have read every text, and partners may post them."


@require_safe
@never_cache
def kit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what partners get now, what is being written, and the next step."""
    require_reader(request, Kit)
    campaign, user = get_object_or_404(Campaign, pk=pk), signed_in(request)
    written, out = _written(campaign), kit_in_force(campaign)
    waits = written if written and written.state == ReviewState.SUBMITTED else None
    writes = user.has_perm(WRITES) and not campaign.is_closed
    context = {
        **headed(request, campaign, here="kit"),
        "written": written,
        "writers": list(written.writers.all()) if written else [],
        "out": out,
        "is_broken": out and digest_of(out.frozen) != out.digest,
        "kit": contents_of(campaign, out, None) if out else None,
        "addresses": addresses_of(campaign) if out else [],
        "may_begin": writes and not written,
        "may_write": writes and written and not waits,
        "may_approve": waits and not why_not_approve(waits, user),
        "why_not": why_not_approve(waits, user) if waits and approves(user, Kit) else "",
    }
    return render(request, "campaigns/admin/kit.html", context)


def _written(campaign: Campaign) -> Kit | None:
    return campaign.kits.exclude(state=ReviewState.APPROVED).first()


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the kit, and lead to its texts."""
    require(request, WRITES)
    try:
        begin_kit(campaign=get_object_or_404(Campaign, pk=pk), by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("campaigns:kit", pk)
    return redirect("campaigns:write_kit", pk)


@never_cache
@in_its_state("campaigns:kit")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the hashtags and the texts, each with its length as its channel counts."""
    require(request, WRITES)
    campaign = get_object_or_404(Campaign, pk=pk)
    found = get_object_or_404(campaign.kits, state=ReviewState.DRAFT)
    if is_kept_shut(request, campaign):
        return redirect("campaigns:kit", pk)
    form = HashtagsForm(sent(request), instance=found)
    rows = rows_formset(KitTextForm, of=Kit)(
        sent(request), instance=found, prefix="texts", form_kwargs={"links": links_of(campaign)}
    )
    refused: list[str] = []
    if rows.is_bound and all([form.is_valid(), rows.is_valid()]):
        try:
            save_kit(kit=found, hashtags=form.cleaned_data["hashtags"], rows=rows, by=signed_in(request))
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, "The texts are saved.")
            return redirect("campaigns:write_kit", pk)
    context: dict[str, Any] = {
        **headed(request, campaign, here="kit", title="Texts of the share kit"),
        "about": "One text for each channel and language. Its length is counted as the channel counts, with the link.",
        "one": "text",
        "back": "campaigns:kit",
        "form": form,
        "rows": rows,
        "refused": [*refused, *rows.unseen_errors],
    }
    has_errors = rows.is_bound  # what is kept leads on
    return render(request, "campaigns/admin/kit_texts.html", context, status=422 if has_errors else 200)


@require_POST
@in_its_state("campaigns:kit")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the kit in."""
    require(request, WRITES)
    found = get_object_or_404(Kit, campaign=pk, state=ReviewState.DRAFT)
    try:
        submit_kit(kit=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "The share kit waits for a colleague, with its texts as they stand now.")
    return redirect("campaigns:kit", pk)


def _waiting(request: HttpRequest, pk: int) -> Kit:
    """Return the kit of a campaign that waits for approval, or answer 404."""
    require_reader(request, Kit)
    return get_object_or_404(Kit.objects.select_related("campaign"), campaign=pk, state=ReviewState.SUBMITTED)


@never_cache
@in_its_state("campaigns:kit")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the kit as partners would get it, and approve it."""
    found, user = _waiting(request, pk), signed_in(request)
    if is_refused(request, found):
        return redirect("campaigns:kit", pk)
    form = ApproveForm(sent(request), initial={"seen": digest_of(found.frozen)}, statement=LOOKED)
    if is_kept(form, lambda: approve_kit(kit=found, by=user, seen=form.cleaned_data["seen"])):
        messages.success(request, "The share kit is approved. Partners get it now.")
        return redirect("campaigns:kit", pk)
    context = {
        **headed(request, found.campaign, here="kit", title="Approve the share kit"),
        "kit": contents_of(found.campaign, found, None),
        "form": form,
    }
    return render(request, "campaigns/admin/approve_kit.html", context, status=422 if form.errors else 200)


@never_cache
@in_its_state("campaigns:kit")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and give it back to those who wrote it."""
    found, user = _waiting(request, pk), signed_in(request)
    return send_back_with_reason(
        request,
        found,
        lambda reason: send_back_kit(kit=found, by=user, reason=reason),
        section="kit",
        name="the share kit",
        key=pk,
    )


addresses = [
    path("kit/<int:pk>/", kit, name="kit"),
    path("kit/<int:pk>/begin/", begin, name="begin_kit"),
    path("kit/<int:pk>/texts/", write, name="write_kit"),
    path("kit/<int:pk>/send/", submit, name="submit_kit"),
    path("kit/<int:pk>/approve/", approve, name="approve_kit"),
    path("kit/<int:pk>/send-back/", send_back, name="send_back_kit"),
]
