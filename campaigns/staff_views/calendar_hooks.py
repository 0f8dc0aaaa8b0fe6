"""The calendar's place in the admin: its menu, its lists and its addresses."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry, Page

from campaigns.actions.calendar import DECIDED, WITHDRAWN
from campaigns.calendar.awareness import next_days
from campaigns.calendar.entries import days_in_words, today
from campaigns.forms.calendar import AwarenessForm, PeriodForm
from campaigns.models import AwarenessDate, RestrictedPeriod
from campaigns.queries.decisions import lacking, may_decide
from campaigns.staff_views import calendar
from core.deleting import DeleteView


class PeriodTitleColumn(TitleColumn):
    """A period's name, leading to what falls into it."""

    def get_link_url(self, instance: RestrictedPeriod, parent_context: Any) -> str:  # noqa: ARG002  (Wagtail passes it)
        """Return where its decisions stand."""
        return reverse("restricted_period", args=[instance.pk])


class RestrictedPeriodViewSet(ModelViewSet):
    """Restricted periods."""

    model = RestrictedPeriod
    name = "restricted_periods"
    url_prefix = "campaigns/restricted-periods"
    icon = "warning"
    menu_label = "Restricted periods"
    menu_order = 200
    delete_view_class = DeleteView
    copy_view_enabled = False
    list_display = [
        PeriodTitleColumn("name", label="Name"),
        Column("days", label="Days", sort_key="starts"),
        Column("get_kind_display", label="Why"),
        Column("source", label="Who set it"),
    ]
    list_filter = ("kind",)
    search_fields = ("name", "restricts", "source")
    search_backend_name = None
    ordering = "-starts"
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])], heading="Days"),
            FieldPanel("restricts"),
            FieldPanel("source"),
            FieldPanel("source_url"),
        ],
        base_form_class=PeriodForm,
    )


def coming(awareness: AwarenessDate) -> str:
    """Return the days on which an awareness date falls next, in words."""
    days = next_days(awareness, today())
    return days_in_words(*days) if days else "Not announced here yet"


class AwarenessDateList(generic.IndexView):
    """Every awareness date, with when it falls next."""

    def get_base_queryset(self) -> QuerySet[AwarenessDate]:
        """Fetch what was announced with them."""
        return AwarenessDate.objects.prefetch_related("announced")


class AwarenessDateViewSet(ModelViewSet):
    """Awareness dates."""

    model = AwarenessDate
    index_view_class = AwarenessDateList
    name = "awareness_dates"
    url_prefix = "campaigns/awareness-dates"
    icon = "date"
    menu_label = "Awareness dates"
    menu_order = 300
    delete_view_class = DeleteView
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", label="Name", url_name="awareness_dates:edit"),
        Column("rule_in_words", label="When"),
        Column("next", label="Next", accessor=coming),
        Column("source", label="Source"),
    ]
    list_filter = ("rule",)
    search_fields = ("name", "source")
    search_backend_name = None
    ordering = "name"
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("rule"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("month"), FieldPanel("day")]),
                    FieldRowPanel([FieldPanel("nth"), FieldPanel("last_nth"), FieldPanel("weekday")]),
                ],
                heading="The rule",
                help_text="The same day: the month and the day. A whole month: the month. A weekday: the month, which "
                "one (from the second, to the third) and the weekday. Announced each year: nothing here.",
            ),
            FieldPanel("source"),
            FieldPanel("source_url"),
            InlinePanel(
                "announced",
                [
                    FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                    FieldPanel("source"),
                    FieldPanel("source_url"),
                ],
                heading="Announced days",
                label="Days in one year",
                help_text="Only for dates that are announced each year. Enter them when they are; nothing is guessed.",
            ),
        ],
        base_form_class=AwarenessForm,
    )


@hooks.register("register_page_header_buttons")
def decision_buttons(page: Page, user: Any, **_: Any) -> Iterator[Button]:
    """Lead from a page to the decisions that it lacks, for those who decide."""
    found = list(lacking(page.specific))
    for lack in found if found and may_decide(user) else []:
        asked = urlencode({"kind": lack.kind.value, "key": lack.key})
        url = f"{reverse('restricted_period_decide', args=[lack.period.pk])}?{asked}"
        yield Button(f"Record a decision: {lack.period}", url=url, icon_name="warning", priority=60)


class CalendarMenuItem(MenuItem):
    """The way to the calendar, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether it is theirs to see."""
        return request.user.has_perm(calendar.SEES)


class CalendarGroup(ModelViewSetGroup):
    """The calendar in the menu."""

    menu_label = "Calendar"
    menu_icon = "calendar-alt"
    menu_order = 115
    items = (RestrictedPeriodViewSet, AwarenessDateViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        """Begin with the month."""
        own = [
            CalendarMenuItem("Month", reverse("campaign_calendar"), name="calendar-month", order=10),
            CalendarMenuItem("List", reverse("campaign_calendar_list"), name="calendar-list", order=20),
            CalendarMenuItem(
                "In your own calendar", reverse("campaign_calendar_subscribe"), name="calendar-subscribe", order=900
            ),
        ]
        return [*own, *super().get_submenu_items()]


@hooks.register("register_admin_viewset")
def calendar_group() -> CalendarGroup:
    """Offer the menu."""
    return CalendarGroup()


@hooks.register("register_admin_urls")
def calendar_urls() -> list[URLPattern]:
    """Give the calendar its addresses. The feed, which no session reads, stands with the site's own addresses."""
    return [
        path("campaigns/calendar/", calendar.month, name="campaign_calendar"),
        path("campaigns/calendar/list/", calendar.days, name="campaign_calendar_list"),
        path("campaigns/calendar/subscribe/", calendar.subscribe, name="campaign_calendar_subscribe"),
        path("campaigns/calendar/periods/<int:pk>/", calendar.period, name="restricted_period"),
        path("campaigns/calendar/periods/<int:pk>/decide/", calendar.decision, name="restricted_period_decide"),
        path("campaigns/calendar/decisions/<int:pk>/withdraw/", calendar.withdraw, name="decision_withdraw"),
    ]


class DecisionEntry(LogFormatter):
    """Somebody decided about a restricted period."""

    label = "Record a decision"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Say about what."""
        return f"Decided that “{log_entry.data['title']}” may go out"

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """Show the reason."""
        return log_entry.data["reason"]


class WithdrawalEntry(LogFormatter):
    """Somebody took a decision back."""

    label = "Withdraw a decision"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Say about what."""
        return f"Withdrew the decision about “{log_entry.data['title']}”"


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    actions.register_action(DECIDED)(DecisionEntry)
    actions.register_action(WITHDRAWN)(WithdrawalEntry)
