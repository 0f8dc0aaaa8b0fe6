"""The mailings of a campaign in the admin: what there is, one with its history, and writing it."""

import re
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.mailings import begin_mailing, decide_tracking, delete_mailing, save_mailing, submit_mailing
from campaigns.enums import MailingState
from campaigns.forms.mailings import BeginMailingForm, MailingForm, TrackingForm
from campaigns.languages import direction, language_name
from campaigns.mailings.checking import problems_of
from campaigns.mailings.letter import letter_of, web_address
from campaigns.models import Campaign, Mailing
from campaigns.queries.mailings import is_out
from campaigns.staff_views.keeping import ask, is_kept, require_reader, sent
from campaigns.staff_views.mailing_sending import looking_again, sending_of
from campaigns.staff_views.sections import headed, is_kept_shut
from core.access import require, signed_in

ADDS, CHANGES = "campaigns.add_mailing", "campaigns.change_mailing"
DARK = "@media (prefers-color-scheme: dark)"
WHERE_A_PICTURE_IS = re.compile(r'(<img\b[^>]*?) src="[^"]*"')
# An email brings its style along. Nothing of it runs, and it loads pictures alone.
POLICY = "sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'"


def found_mailing(pk: int) -> Mailing:
    """Return a mailing with its campaign and whom it goes to, or answer 404."""
    return get_object_or_404(Mailing.objects.select_related("campaign", "audience", "segment"), pk=pk)


def head_of(request: HttpRequest, found: Mailing, title: str = "") -> dict[str, Any]:
    """Return what the page of one mailing needs at its head."""
    head = headed(request, found.campaign, here="mailings", title=title or f"Mailing “{found}”")
    return head | {"mailing": found, "reads": "campaigns:mailing", "key": found.pk}


@require_safe
@never_cache
def mailings(request: HttpRequest, pk: int) -> HttpResponse:
    """List the mailings of a campaign with how far each has come."""
    require_reader(request, Mailing)
    campaign = get_object_or_404(Campaign, pk=pk)
    rows = campaign.mailings.select_related("audience", "segment")
    context = {
        **headed(request, campaign, here="mailings"),
        "rows": [(row, language_name(row.language)) for row in rows],
        "may_add": request.user.has_perm(ADDS) and not campaign.is_closed,
    }
    return render(request, "campaigns/admin/mailings.html", context)


@require_safe
@never_cache
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mailing: how far it has come, what is to be mended, to whom it goes, and its history."""
    require_reader(request, Mailing)
    found = found_mailing(pk)
    is_draft = found.state == MailingState.DRAFT
    writes = is_draft and request.user.has_perm(CHANGES) and not found.campaign.is_closed
    events = list(found.events.select_related("by"))
    context = {
        **head_of(request, found),
        "language": language_name(found.language),
        "direction": direction(found.language),
        "writers": list(found.writers.all()),
        "events": events,
        "problems": problems_of(found) if is_draft else [],
        "web_address": web_address(found) if is_out(found) else "",
        "may_write": writes,
        "may_delete": writes and all(event.to_state != MailingState.SUBMITTED for event in events),
        **sending_of(request, found),
    }
    return looking_again(render(request, "campaigns/admin/mailing.html", context), context)


def new_mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a mailing."""
    require(request, ADDS)
    campaign = get_object_or_404(Campaign, pk=pk)
    if is_kept_shut(request, campaign):
        return redirect("campaigns:mailings", pk)
    form = BeginMailingForm(sent(request))
    made: list[Mailing] = []

    def keep() -> None:
        made.append(begin_mailing(campaign=campaign, by=signed_in(request), **form.cleaned_data))

    if is_kept(form, keep, taken=("name", "Another mailing has just taken this name. Choose another one.")):
        return redirect("campaigns:write_mailing", made[0].pk)
    head = headed(request, campaign, here="mailings", title="Begin a mailing")
    return ask(request, form, head | {"button": "Begin"}, reads="campaigns:mailings", key=pk)


@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a mailing; beside each field stands what is to be mended of what is saved."""
    require(request, CHANGES)
    found = found_mailing(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:mailing", pk)
    if found.state != MailingState.DRAFT and request.method != "POST":
        messages.error(request, "It was sent in, so it stays as it is.")
        return redirect("campaigns:mailing", pk)
    before = copy(found)  # a form writes into its row what was typed, wrong or right
    form = MailingForm(sent(request), instance=found)

    def keep() -> None:
        opened = form.cleaned_data["opened"]
        save_mailing(mailing=before, changed=form.written, opened=opened, by=signed_in(request))

    if is_kept(form, keep):
        messages.success(request, "It is saved. What is to be mended stands beside each field.")
        return redirect("campaigns:write_mailing", pk)
    if form.has_error(NON_FIELD_ERRORS, "overtaken"):
        form.take_note_of(found_mailing(pk))
    problems = [] if form.is_bound else problems_of(before)  # they are about what is saved
    context = {
        **head_of(request, before, f"Write “{before}” in {language_name(before.language)}"),
        "form": form,
        "fields": [(field, [each for each in problems if each.field == field.name]) for field in form.visible_fields()],
        "is_fit": not any(problem.is_grave for problem in problems),
    }
    return render(request, "campaigns/admin/mailing_form.html", context, status=422 if form.errors else 200)


@never_cache
def tracking(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether opens and clicks are counted, with a reason that stays on record."""
    require(request, CHANGES)
    found = found_mailing(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:mailing", pk)
    before = copy(found)
    form = TrackingForm(sent(request), instance=found)

    def keep() -> None:
        said = form.cleaned_data
        decide_tracking(
            mailing=before,
            opens=said["track_opens"],
            clicks=said["track_clicks"],
            reason=said["tracking_reason"],
            by=signed_in(request),
        )

    if is_kept(form, keep):
        messages.success(request, "It is decided, and stands in the history of the mailing.")
        return redirect("campaigns:mailing", pk)
    head = head_of(request, before, f"Count opens and clicks of “{before}”?")
    return ask(request, form, head, reads="campaigns:mailing", key=pk)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mailing in."""
    require(request, CHANGES)
    try:
        submit_mailing(mailing=found_mailing(pk), by=signed_in(request))
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, "The mailing waits for a colleague, as it stands now.")
    return redirect("campaigns:mailing", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a mailing that was never sent in."""
    require(request, CHANGES)
    found = found_mailing(pk)
    try:
        delete_mailing(mailing=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("campaigns:mailing", pk)
    messages.success(request, f"“{found}” is deleted.")
    return redirect("campaigns:mailings", found.campaign_id)


@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mailing as it arrives: in a list of emails, wide and narrow, by night, without pictures, as plain text."""
    require_reader(request, Mailing)
    found = found_mailing(pk)
    context = {
        **head_of(request, found, f"“{found}” as it arrives"),
        "direction": direction(found.language),
        "text": found.frozen["plain_text"] if found.frozen else letter_of(found).plain_text,
        "is_dark": "dark" in request.GET,
        "is_without_pictures": "without_pictures" in request.GET,
        "query": request.GET.urlencode(),
    }
    return render(request, "campaigns/admin/mailing_preview.html", context)


@require_safe
@never_cache
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the HTML of a mailing, for a frame: with ``?dark`` as by night, with ``?without_pictures`` without them."""
    require_reader(request, Mailing)
    found = found_mailing(pk)
    html = str(found.frozen["html"]) if found.frozen else letter_of(found).html
    if "dark" in request.GET:
        html = html.replace(DARK, "@media all")
    if "without_pictures" in request.GET:
        html = WHERE_A_PICTURE_IS.sub(r"\1", html)
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY})


addresses = [
    path("mailings/<int:pk>/", mailings, name="mailings"),
    path("mailings/<int:pk>/begin/", new_mailing, name="begin_mailing"),
    path("mailing/<int:pk>/", mailing, name="mailing"),
    path("mailing/<int:pk>/write/", write, name="write_mailing"),
    path("mailing/<int:pk>/tracking/", tracking, name="mailing_tracking"),
    path("mailing/<int:pk>/preview/", preview, name="mailing_preview"),
    path("mailing/<int:pk>/letter.html", letter, name="mailing_letter"),
    path("mailing/<int:pk>/send/", submit, name="submit_mailing"),
    path("mailing/<int:pk>/delete/", delete, name="delete_mailing"),
]
