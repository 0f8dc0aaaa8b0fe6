"""The menu Strategy."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from core.deleting import DeleteView
from indicators import admin_views
from indicators.forms import IndicatorForm, MeasurementForm
from indicators.models import Definition, Indicator, Measurement, Objective, Strategy, Target


class AddOnlyPolicy(ModelPermissionPolicy):
    """Nobody changes or deletes a record, not even an administrator."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Refuse to change and delete; ask the roles about the rest."""
        return action not in {"change", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Tell whether ``user`` has one of ``actions``."""
        return any(self.user_has_permission(user, action) for action in actions)


class StrategyViewSet(ModelViewSet):
    """Strategies."""

    model = Strategy
    delete_view_class = DeleteView
    icon = "doc-full"
    copy_view_enabled = False
    list_display = ("title", "status", "starts", "ends")
    form_fields = ("title", "code", "status", "starts", "ends", "summary", "principles", "source")


class ObjectiveViewSet(ModelViewSet):
    """Objectives."""

    model = Objective
    delete_view_class = DeleteView
    icon = "list-ol"
    copy_view_enabled = False
    list_display = ("title", "strategy", "order")
    form_fields = ("strategy", "title", "code", "description", "order")


class IndicatorViewSet(ModelViewSet):
    """Indicators."""

    model = Indicator
    delete_view_class = DeleteView
    icon = "success"
    copy_view_enabled = False
    list_display = ("code", "title", "objective", "measure", "headline", "refreshed_at", "problem")
    list_filter = ("objective", "kind", "headline")
    search_fields = ("code", "title")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in ("objective", "code", "title", "definition", "rationale")],
                heading="What it is",
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("measure", "parameters", "kind", "unit", "per", "counts_people")],
                heading="How the number is got",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("polarity"),
                    FieldPanel("headline"),
                    FieldPanel("source"),
                    FieldPanel("frequency"),
                    FieldRowPanel([FieldPanel("baseline_start"), FieldPanel("baseline_end")]),
                    FieldPanel("order"),
                ],
                heading="How it is read",
            ),
        ],
        base_form_class=IndicatorForm,
    )


class TargetViewSet(ModelViewSet):
    """Targets."""

    model = Target
    delete_view_class = DeleteView
    icon = "crosshairs"
    copy_view_enabled = False
    list_display = ("indicator", "value", "due")
    form_fields = ("indicator", "value", "due")


class MeasurementViewSet(ModelViewSet):
    """Measurements: listed, looked at, added by hand; never changed or deleted."""

    model = Measurement
    delete_view_class = DeleteView
    icon = "table"
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ("indicator", "area_name", "period_start", "period_end", "value", "marker", "revision", "source")
    list_filter = ("indicator", "is_sample")
    edit_handler = ObjectList(
        [
            FieldPanel("indicator"),
            FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
            MultiFieldPanel(
                [
                    FieldPanel("value"),
                    FieldRowPanel([FieldPanel("numerator"), FieldPanel("denominator")]),
                ],
                heading="The number",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("lower"), FieldPanel("upper")]),
                    FieldRowPanel([FieldPanel("n"), FieldPanel("se")]),
                    FieldPanel("sample_type"),
                    FieldPanel("population"),
                    FieldPanel("wording_id"),
                ],
                heading="Only for a survey estimate",
            ),
            FieldRowPanel([FieldPanel("area_code"), FieldPanel("area_name")]),
            FieldPanel("marker"),
            FieldPanel("source"),
            FieldPanel("is_sample"),
        ],
        base_form_class=MeasurementForm,
    )

    @property
    def permission_policy(self) -> AddOnlyPolicy:
        """Let nobody change or delete."""
        return AddOnlyPolicy(self.model)


class DefinitionViewSet(ModelViewSet):
    """Dated definitions."""

    model = Definition
    delete_view_class = DeleteView
    icon = "openquote"
    copy_view_enabled = False
    list_display = ("term", "source", "valid_from", "valid_to")
    form_fields = ("term", "code", "text", "source", "valid_from", "valid_to", "order")


class RefreshMenuItem(MenuItem):
    """Shown to those who may refresh."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may refresh."""
        return request.user.has_perm("indicators.add_refresh")


class StrategyGroup(ModelViewSetGroup):
    """The menu Strategy."""

    menu_label = "Strategy"
    menu_icon = "success"
    menu_order = 100
    items = (
        StrategyViewSet,
        ObjectiveViewSet,
        IndicatorViewSet,
        TargetViewSet,
        MeasurementViewSet,
        DefinitionViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """Add the page about refreshing to the listings."""
        refresh = RefreshMenuItem("Refresh", reverse("indicators_refresh"), icon_name="rotate", order=900)
        return [*super().get_submenu_items(), refresh]


@hooks.register("register_admin_viewset")
def strategy() -> StrategyGroup:
    """Offer the menu."""
    return StrategyGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Offer the page about refreshing."""
    return [path("strategy/refresh/", admin_views.refresh, name="indicators_refresh")]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let an administrator say who may refresh."""
    return Permission.objects.filter(content_type__app_label="indicators", codename="add_refresh")
