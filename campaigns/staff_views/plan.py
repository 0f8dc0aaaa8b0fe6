"""The plan of a campaign in the admin: the whole of it on one page, and a form for each kind of its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from wagtail.admin.auth import require_admin_access

from campaigns.actions.plan import save_plan_rows
from campaigns.forms import plan as forms
from campaigns.models import Audience, Campaign, CampaignObjective, Input, Risk
from campaigns.queries.plan import input_sums, lacking
from campaigns.staff_views.sections import headed, is_kept_shut
from core.access import require, signed_in
from core.enums import Strand, SupportLanguage
from indicators.models import Indicator
from indicators.publish import figure

READS, CHANGES = "campaigns.view_campaign", "campaigns.change_campaign"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One kind of row: its step of OASIS, what it is called, its form, its columns, and a row's cells in words."""

    key: str
    step: str
    title: str
    one: str
    about: str
    form: type[forms.PlanRowForm]
    heads: tuple[str, ...]
    cells: Callable[[Any], tuple[str, ...]]
    fetches: tuple[str, ...] = ()

    def rows(self, campaign: Campaign) -> list[Any]:
        """Return the rows of ``campaign``, with all that their cells need."""
        return list(self.form._meta.model.objects.filter(campaign=campaign).prefetch_related(*self.fetches))


def _value(value: float | None, indicator: Indicator) -> str:
    shown = figure(value, indicator.unit)
    return shown if indicator.is_percentage else f"{shown} {indicator.unit}"


def _objective(row: CampaignObjective) -> tuple[str, ...]:
    how_much = row.how_much
    if row.indicator:
        values = f"from {_value(row.baseline, row.indicator)} to {_value(row.target, row.indicator)}"
        how_much = f"{row.indicator}: {values}{f' ({how_much})' if how_much else ''}"
    where_from = f"{date_format(row.baseline_on)}. {row.baseline_source}" if row.indicator and row.baseline_on else ""
    return (row.what, row.whom, how_much, date_format(row.due), str(row.serves), where_from)


def _audience(row: Audience) -> tuple[str, ...]:
    strands = [str(Strand(code).label) for code in row.strands]
    names = "All five" if len(strands) == len(Strand) else ", ".join(strands) or "None: everybody alike"
    places = ", ".join(str(place) for place in (*row.areas.all(), *row.wards.all())) or "The whole district"
    ages = f"{row.youngest or 0} to {row.oldest}" if row.oldest else f"{row.youngest} and over" if row.youngest else ""
    languages = ", ".join(str(SupportLanguage(code).label) for code in row.languages) or "English"
    return (
        row.name,
        f"{names}. Left out: {row.omits}" if row.omits else names,
        row.communities,
        places,
        ages or "Any",
        languages,
        f"Targeted: {row.reason}" if row.is_targeted else "General",
    )


def _input(row: Input) -> tuple[str, ...]:
    return (row.what, row.in_words, row.get_state_display(), row.who, date_format(row.day))


def _risk(row: Risk) -> tuple[str, ...]:
    return (row.what, row.get_likelihood_display(), row.get_impact_display(), row.response, row.owner)


PARTS = (
    Part(
        key="objectives",
        step="Objectives",
        title="What should change",
        one="objective",
        about="Each says one change, for whom, by how much and by when. One that claims an outcome names the indicator "
        "that will show it.",
        form=forms.ObjectiveForm,
        heads=("What changes", "For whom", "By how much", "By when", "Serves", "Where it stood, and who says so"),
        cells=_objective,
        fetches=("serves", "indicator"),
    ),
    Part(
        key="audiences",
        step="Audience and insight",
        title="Whom it speaks to",
        one="audience",
        about="Everybody, or some people with the reason on record. No strand of hate crime stands above another.",
        form=forms.AudienceForm,
        heads=("Who", "Strands named", "Communities", "Places", "Ages", "Languages", "General or targeted"),
        cells=_audience,
        fetches=("areas", "wards"),
    ),
    Part(
        key="insight",
        step="Audience and insight",
        title="What is known",
        one="finding",
        about="What the campaign rests on, each with its source and date.",
        form=forms.InsightForm,
        heads=("Finding", "Source", "Date"),
        cells=lambda row: (row.finding, row.source, date_format(row.found_on)),
    ),
    Part(
        key="messages",
        step="Strategy",
        title="What it says",
        one="message",
        about="The one thing that each audience should remember.",
        form=forms.MessageForm,
        heads=("Key words", "To"),
        cells=lambda row: (row.words, str(row.audience or "Everybody")),
        fetches=("audience",),
    ),
    Part(
        key="channels",
        step="Implementation",
        title="Where it says it",
        one="channel",
        about="Each channel with what is done there.",
        form=forms.ActivityForm,
        heads=("Channel", "What is done there"),
        cells=lambda row: (row.get_channel_display(), row.what),
    ),
    Part(
        key="inputs",
        step="Implementation",
        title="What goes into it",
        one="cost or hours",
        about="Money and hours, planned and then spent. Costs change nothing on the page and need no approval.",
        form=forms.InputForm,
        heads=("What for", "Amount", "State", "Who pays or works", "Date"),
        cells=_input,
    ),
    Part(
        key="risks",
        step="Implementation",
        title="What could go wrong",
        one="risk",
        about="Each with what is done about it, and who keeps an eye on it.",
        form=forms.RiskForm,
        heads=("What could happen", "Likelihood", "Impact", "What we do", "Who keeps an eye on it"),
        cells=_risk,
    ),
)


@require_admin_access
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole plan on one page."""
    require(request, READS)
    campaign = get_object_or_404(Campaign.objects.select_related("objective"), pk=pk)
    parts = [(part, [part.cells(row) for row in part.rows(campaign)]) for part in PARTS]
    return render(
        request,
        "campaigns/admin/plan.html",
        {
            **headed(request, campaign, here="plan"),
            "parts": parts,
            "lacking": lacking(campaign),
            "sums": input_sums(campaign),
            "may_change": request.user.has_perm(CHANGES) and not campaign.is_closed,
        },
    )


@require_admin_access
def plan_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Change the rows of one kind; what is wrong is said beside its field, and nothing is kept until all is right."""
    require(request, CHANGES)
    campaign = get_object_or_404(Campaign, pk=pk)
    shown = next((one for one in PARTS if one.key == part), None)
    if shown is None:
        raise Http404
    if is_kept_shut(request, campaign):
        return redirect("campaigns:plan", campaign.pk)
    rows = forms.rows_formset(shown.form)(
        request.POST if request.method == "POST" else None,
        instance=campaign,
        prefix=shown.key,
        form_kwargs={"campaign": campaign},
    )
    refused: list[str] = []
    if request.method == "POST" and rows.is_valid():
        try:
            save_plan_rows(campaign=campaign, rows=rows, kind=shown.key, by=signed_in(request))
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, f"{shown.title}: saved.")
            return redirect("campaigns:plan", campaign.pk)
    context = {
        **headed(request, campaign, here="plan", title=shown.title),
        "about": shown.about,
        "one": shown.one,
        "back": "campaigns:plan",
        "rows": rows,
        "refused": [*refused, *rows.unseen_errors],
    }
    has_errors = bool(refused or (rows.is_bound and not rows.is_valid()))
    return render(request, "campaigns/admin/plan_part.html", context, status=422 if has_errors else 200)
