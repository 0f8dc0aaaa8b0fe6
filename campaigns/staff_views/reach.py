"""Whom a campaign reached, in the admin: all its numbers side by side, and those from elsewhere to enter."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from campaigns.charts import chart_of
from campaigns.forms.figures import FigureForm, TakeBackForm
from campaigns.models import Campaign
from campaigns.staff_views.sections import headed
from campaigns.tasks import draw_reach
from core.access import require, signed_in
from core.enums import Channel
from core.languages.trees import in_english
from core.models import Ward
from reach.actions import enter_figure, take_back
from reach.enums import Method
from reach.models import OfflineFigure
from reach.queries import Table, amount, dashboard

READS, ENTERS = "reach.view_count", "reach.add_offlinefigure"


@require_admin_access
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign's numbers, each kind in a column of its own."""
    require(request, READS)
    campaign = get_object_or_404(Campaign, pk=pk)
    found = dashboard(campaign.code)
    placements = {row.code: row.title for row in campaign.placements.all()}
    wards = dict(Ward.objects.values_list("key", "name"))
    tables = [
        _named("By week", "Week from Monday", found.weeks, _week),
        _named("By page", "Page", found.pages, _titles(key for key, _ in found.pages.rows).get),
        _named("By channel", "Channel", found.channels, lambda key: str(Channel(key).label)),
        _named("By placement", "Placement", found.placements, lambda key: placements.get(key, key) or "No placement"),
        _named("By ward", "Ward of the place", found.wards, lambda key: wards.get(key, key) or "Unknown, or none"),
    ]
    context = {
        **headed(request, campaign, here="reach"),
        "found": found,
        "tables": [table for table in tables if table["rows"]],
        "chart": _chart(campaign),
        "entries": OfflineFigure.objects.filter(campaign_code=campaign.code).select_related(
            "entered_by", "evidence_document", "corrected_by"
        ),
        "may_enter": request.user.has_perm(ENTERS),
    }
    return render(request, "campaigns/admin/reach.html", context)


def _week(monday: date) -> str:
    return date_format(monday)


def _titles(keys: Iterable[str]) -> dict[str, str]:
    """Return the English titles of pages by their key, which ends in what they share with their translations."""
    shared = {key: found for key in keys if (found := _uuid(key.partition("-")[2]))}
    pages = in_english(Page.objects).filter(translation_key__in=shared.values())
    titles = dict(pages.values_list("translation_key", "title"))
    return {key: titles.get(found, key) for key, found in shared.items()}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _named(title: str, head: str, table: Table, name: Any) -> dict[str, Any]:
    """Return a table in words; a column is headed by what it counts and how that is known."""
    heads = [
        f"{amount(metric, method, 0).label}{'' if method == Method.COUNTED else f', {method.value}'}"
        for metric, method in table.kinds
    ]
    rows = [(name(key) or key or "Elsewhere on the site", cells) for key, cells in table.rows]
    return {"title": title, "head": head, "heads": heads, "rows": rows}


def _chart(campaign: Campaign) -> dict[str, Any] | None:
    """Return the picture of the views by week, and have the worker draw it where nobody has; None without weeks."""
    picture = chart_of(campaign)
    if picture is None:
        return None
    name = picture.name()
    if not default_storage.exists(name):
        transaction.on_commit(lambda: draw_reach.delay(campaign.pk), robust=True)
        return {"url": "", "says": picture.description}
    return {"url": default_storage.url(name), "says": picture.description}


@require_admin_access
def add_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a figure from elsewhere: of a closed campaign too, since many come in afterwards."""
    require(request, ENTERS)
    campaign = get_object_or_404(Campaign, pk=pk)
    form = FigureForm(request.POST if request.method == "POST" else None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        figure = enter_figure(figure=form.save(commit=False), by=signed_in(request))
        messages.success(request, f"Entered: {figure}.")
        return redirect("campaigns:reach", campaign.pk)
    return _ask(request, campaign, "Enter a figure", form, "campaigns/admin/figure.html")


@require_admin_access
def take_figure_back(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """Ask why a figure is taken back, and enter the counter-entry and the right figure."""
    require(request, ENTERS)
    campaign = get_object_or_404(Campaign, pk=pk)
    wrong = get_object_or_404(OfflineFigure, pk=figure, campaign_code=campaign.code)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(figure=wrong, by=signed_in(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Taken back: {wrong}.")
            return redirect("campaigns:reach", campaign.pk)
    return _ask(request, campaign, "Take a figure back", form, "campaigns/admin/figure.html", wrong=wrong)


def _ask(
    request: HttpRequest, campaign: Campaign, title: str, form: Any, template: str, **more: object
) -> HttpResponse:
    context = {**headed(request, campaign, here="reach", title=title), "form": form, "today": timezone.localdate()}
    return render(request, template, context | more, status=422 if form.errors else 200)
