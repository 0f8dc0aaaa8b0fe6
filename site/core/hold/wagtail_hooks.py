"""The hold in the admin: the entry in the menu, the addresses, and what is logged."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.hold import views
from core.hold.queries import MAY_HOLD


class HoldMenuItem(MenuItem):
    """Shown to managers. Who is on duty comes from the first screen (core.waiting): no page asks for them each time."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may."""
        return request.user.has_perm(MAY_HOLD)


@hooks.register("register_admin_menu_item")
def hold_item() -> HoldMenuItem:
    """Offer the hold in the menu, below the urgent notice."""
    return HoldMenuItem("Hold everything", reverse("hold"), icon_name="lock", order=51)


@hooks.register("register_admin_urls")
def hold_urls() -> list[URLPattern]:
    """Give the list and its buttons their addresses in the admin."""
    return [
        path("hold/", views.index, name="hold"),
        path("hold/release/", views.release, name="release_from_hold"),
        path("hold/end/", views.end, name="end_hold"),
    ]


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log."""
    registry.register_action("core.hold.start", "Hold everything", "Held everything scheduled")
    registry.register_action("core.hold.release", "Release from hold", "Let one scheduled thing go during a hold")
    registry.register_action("core.hold.end", "End hold", "Ended the hold")
