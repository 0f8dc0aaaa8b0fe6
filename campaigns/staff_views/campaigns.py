"""Campaigns in the admin: the list, a new one, and why one cannot be deleted."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import Button
from wagtail.log_actions import log

from campaigns.actions import start_campaign
from campaigns.enums import Stage
from campaigns.models import Campaign, CampaignPage
from campaigns.stages import with_stages
from core.deleting import DeleteView
from core.languages.trees import in_english


class CampaignFilters(WagtailFilterSet):
    """Narrow the list by objective, by stage and by dates."""

    stage = django_filters.ChoiceFilter(label="Stage", choices=Stage.choices)

    starts = django_filters.DateFromToRangeFilter(label="First day", widget=DateRangePickerWidget)
    ends = django_filters.DateFromToRangeFilter(label="Last day", widget=DateRangePickerWidget)

    class Meta:
        model = Campaign
        fields = ("objective", "stage", "starts", "ends")


def first_page(campaign: Campaign) -> CampaignPage | None:
    """Return the campaign's page from what the list fetched with it."""
    return next(iter(campaign.pages.all()), None)


class PageColumn(Column):
    """The campaign's page: its status, as a way into the editor."""

    cell_template_name = "campaigns/admin/page_cell.html"

    def get_value(self, instance: Campaign) -> CampaignPage | None:
        """Return the page."""
        return first_page(instance)


class CampaignList(generic.IndexView):
    """Every campaign, latest first, with the status of its page."""

    def get_base_queryset(self) -> QuerySet[Campaign]:
        """Fetch objectives and pages with the campaigns: as many queries for one as for fifty."""
        pages = (
            in_english(CampaignPage.objects.defer_streamfields())
            .annotate_approved_schedule()
            .prefetch_workflow_states()
        )
        campaigns = with_stages(Campaign.objects.select_related("objective"))
        return campaigns.prefetch_related(Prefetch("pages", queryset=pages))

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the year of campaigns as well."""
        year = Button("The year, and the five strands", url=reverse("campaigns:year"), icon_name="date", priority=5)
        return [*super().header_more_buttons, year]

    @property
    def columns(self) -> list[Column]:
        """Return what the list shows."""
        return [
            TitleColumn("title", label="Title", sort_key="title", get_url=self.get_edit_url),
            Column("objective", label="Objective", sort_key="objective__title"),
            Column("dates", label="Dates", sort_key="starts"),
            Column("stage", label="Stage", accessor=lambda campaign: Stage(campaign.stage).label),
            PageColumn("page", label="Page"),
        ]


class CampaignAdd(generic.CreateView):
    """A new campaign: keeps it, makes the draft of its page, and leads there."""

    page: CampaignPage

    def save_instance(self) -> Campaign:
        """Start the campaign."""
        self.page = start_campaign(by=self.request.user, campaign=self.form.save(commit=False))
        log(instance=self.page.campaign, action="wagtail.create", content_changed=True)
        return self.page.campaign

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Show beside the short name what only the database could tell: somebody else was quicker."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (IntegrityError, ValidationError):
            form.add_error("code", "Another campaign or page has just taken this short name. Choose another one.")
            return self.form_invalid(form)

    def get_success_url(self) -> str:
        """Lead on to the words."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_success_message(self, instance: Campaign) -> str:
        """Say what is done and what comes next."""
        return (
            f"The campaign “{instance}” is made, and this is the draft of its page. "
            "Write the page, then choose “Submit to Approval by a colleague” at the foot of the screen."
        )

    def get_success_buttons(self) -> list[Any]:
        """Offer none: the next step is the page that opens."""
        return []


class CampaignDelete(DeleteView):
    """A campaign goes only when nothing points to it any more."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse in a sentence where its page still needs the campaign."""
        if not self.user_has_permission("delete"):
            raise PermissionDenied  # Before a reason is given: it names a page that may be a draft.
        if self.object.is_closed:
            return self.refuse("it was closed, and what was done is kept")
        if (page := first_page(self.object)) is not None:
            return self.refuse(f"its page “{page.get_admin_display_title()}” still exists. Delete the page first")
        return super().dispatch(request, *args, **kwargs)
