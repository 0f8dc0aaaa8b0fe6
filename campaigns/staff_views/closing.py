"""Closing a campaign and opening it again, each after asking; and its Details, where both are offered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.admin.views import generic

from campaigns.actions import close_campaign, refuse_if_closed, reopen_campaign
from campaigns.actions.closing import REOPENS
from campaigns.forms import ReopenForm
from campaigns.models import Campaign
from campaigns.queries.closing import what_is_on_its_way
from campaigns.staff_views.sections import headed, is_kept_shut, tabs
from campaigns.stages import stage_of
from core.access import require, signed_in


class CampaignEdit(generic.EditView):
    """A campaign's own details, how far it has come, and the way to close it or to open it again."""

    template_name = "campaigns/admin/details.html"

    def save_instance(self) -> Campaign:
        """Save it, unless somebody has closed it since the form was checked: the row stays locked until then."""
        refuse_if_closed(self.object)
        return super().save_instance()

    def get_success_url(self) -> str:
        """Stay with the campaign."""
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        """Offer none: the form is open already."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sections and the stage."""
        campaign = self.object
        return super().get_context_data(**kwargs) | {
            "campaign": campaign,
            "tabs": tabs(self.request, campaign, here="details"),
            "stage": stage_of(campaign),
            "may_reopen": campaign.is_closed and self.request.user.has_perm(REOPENS),
        }


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what closing means, and close."""
    require(request, "campaigns.change_campaign")
    campaign = get_object_or_404(Campaign, pk=pk)
    if is_kept_shut(request, campaign):
        return redirect("campaigns:edit", campaign.pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            campaign = close_campaign(campaign=campaign, by=signed_in(request))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"“{campaign}” is closed. Its plan, placements and pages stay as they are.")
            return redirect("campaigns:edit", campaign.pk)
    context = {"form": form, "in_the_way": what_is_on_its_way(campaign), "runs": campaign.ends >= timezone.localdate()}
    return _ask(request, campaign, "Close the campaign", "campaigns/admin/close.html", context)


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and open it again."""
    require(request, REOPENS)
    campaign = get_object_or_404(Campaign, pk=pk)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen_campaign(campaign=campaign, by=signed_in(request), reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"“{campaign}” is open again and can be changed.")
            return redirect("campaigns:edit", campaign.pk)
    return _ask(request, campaign, "Open the campaign again", "campaigns/admin/reopen.html", {"form": form})


def _ask(request: HttpRequest, campaign: Campaign, title: str, template: str, context: dict[str, Any]) -> HttpResponse:
    head = headed(request, campaign, here="details", title=title)
    return render(request, template, {**head, **context})
