"""The shared room in the admin."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.snippets.models import register_snippet

from core import account_hooks, document_hooks, editing_hooks, redirects  # noqa: F401  (their hooks register themselves)
from core.approvals import (
    due_views,  # noqa: F401  (its hooks register themselves)
    file_hooks,  # noqa: F401  (its hooks register themselves)
    rota_hooks,  # noqa: F401  (its hooks register themselves)
    urgent_views,  # noqa: F401  (its hooks register themselves)
)
from core.approvals import wagtail_hooks as approvals_hooks  # noqa: F401  (its hooks register themselves)
from core.deleting import DeleteView  # its hook registers itself
from core.hold import wagtail_hooks as hold_hooks  # noqa: F401  (its hooks register themselves)
from core.languages import wagtail_hooks as languages_hooks  # noqa: F401  (its hooks register themselves)
from core.look import wagtail_hooks as look_hooks  # noqa: F401  (its hooks register themselves)
from core.models import Area, Organisation, SupportService, Ward
from core.notices import wagtail_hooks as notices_hooks  # noqa: F401  (its hooks register themselves)
from core.outbox import wagtail_hooks as outbox_hooks  # noqa: F401  (its hooks register themselves)
from core.pictures import wagtail_hooks as pictures_hooks  # noqa: F401  (its hooks register themselves)
from core.spreadsheets import disarm_exports
from core.translations import wagtail_hooks as translations_hooks  # noqa: F401  (its hooks register themselves)
from core.viewsets import RowViewSet
from core.waiting import for_user

REPLACED = (WorkflowObjectsToModeratePanel, LockedPagesPanel)

disarm_exports()


class WardViewSet(ModelViewSet):
    """Wards with their dates."""

    model = Ward
    delete_view_class = DeleteView
    icon = "site"
    panels = [FieldPanel(name) for name in ("key", "name", "code", "code_status", "valid_from", "valid_to")]
    list_display = ("name", "key", "code", "code_status", "valid_from", "valid_to")
    list_filter = ("code_status", "valid_from", "valid_to")
    search_fields = ("name", "key", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class AreaViewSet(ModelViewSet):
    """Everyday areas made of whole wards."""

    model = Area
    delete_view_class = DeleteView
    icon = "globe"
    panels = [
        FieldPanel("code"),
        FieldPanel("name"),
        FieldPanel("wards", widget=forms.CheckboxSelectMultiple),
        FieldPanel("order"),
    ]
    list_display = ("name", "code", "order")
    search_fields = ("name", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class OrganisationViewSet(ModelViewSet):
    """Partners of the strategy."""

    model = Organisation
    delete_view_class = DeleteView
    icon = "group"
    panels = [FieldPanel(name) for name in ("code", "name", "website")]
    list_display = ("name", "code", "website")
    search_fields = ("name", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class SupportServiceViewSet(RowViewSet):
    """Entries of the support directory."""

    model = SupportService
    icon = "help"


class WaitingPanel(Component):
    """What waits for whoever has signed in."""

    name = "waiting"
    template_name = "core/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask every room."""
        return {"things": for_user(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:  # noqa: ARG001  (Wagtail's own signature)
    """Begin with what waits, in place of Wagtail's lists of the same, which tell authors to approve their own pages."""
    panels[:] = [WaitingPanel(), *(panel for panel in panels if not isinstance(panel, REPLACED))]


class PlacesAndPartners(ModelViewSetGroup):
    """What the rooms share."""

    items = (AreaViewSet, WardViewSet, OrganisationViewSet)
    menu_label = "Shared lists"
    menu_icon = "globe"
    menu_order = 500


@hooks.register("register_admin_viewset")
def register_places_and_partners() -> PlacesAndPartners:
    """Add wards, areas and organisations."""
    return PlacesAndPartners()


register_snippet(SupportServiceViewSet)
