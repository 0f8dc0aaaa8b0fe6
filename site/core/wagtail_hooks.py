"""The shared room in the admin."""

from django import forms
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core import account_hooks  # noqa: F401  (its hooks register themselves)
from core.approvals import wagtail_hooks as approvals_hooks  # noqa: F401  (its hooks register themselves)
from core.deleting import DeleteView  # its hook registers itself
from core.models import Area, Organisation, Ward
from core.outbox import wagtail_hooks as outbox_hooks  # noqa: F401  (its hooks register themselves)
from core.spreadsheets import disarm_exports

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
