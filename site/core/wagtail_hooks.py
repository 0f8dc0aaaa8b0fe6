"""The shared room in the admin."""

from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core.approvals import wagtail_hooks  # noqa: F401  (its hooks register themselves)
from core.models import Area, Organisation, Ward
from core.outbox.listing import OutboxViewSet


class WardViewSet(ModelViewSet):
    """Wards with their dates."""

    model = Ward
    icon = "site"
    form_fields = ("key", "name", "code", "code_status", "valid_from", "valid_to")
    list_display = ("name", "key", "code", "code_status", "valid_from", "valid_to")
    list_filter = ("code_status", "valid_from", "valid_to")
    search_fields = ("name", "key", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class AreaViewSet(ModelViewSet):
    """Everyday areas made of whole wards."""

    model = Area
    icon = "globe"
    form_fields = ("code", "name", "wards", "order")
    list_display = ("name", "code", "order")
    search_fields = ("name", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class OrganisationViewSet(ModelViewSet):
    """Partners of the strategy."""

    model = Organisation
    icon = "group"
    form_fields = ("code", "name", "website")
    list_display = ("name", "code", "website")
    search_fields = ("name", "code")
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class PlacesAndPartners(ModelViewSetGroup):
    """What the rooms share."""

    items = (AreaViewSet, WardViewSet, OrganisationViewSet)
    menu_label = "Places and partners"
    menu_icon = "globe"
    menu_order = 500


@hooks.register("register_admin_viewset")
def register_places_and_partners() -> PlacesAndPartners:
    """Add wards, areas and organisations."""
    return PlacesAndPartners()


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    """Add the outbox."""
    return OutboxViewSet()


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the log says of the outbox."""
    actions.register_action("core.outbox.send_again", "Send again", "Let a message be sent again")
