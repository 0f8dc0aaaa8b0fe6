"""The urgent notice in the admin: the entry in the menu, the addresses, and what is logged."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.notices import views
from core.notices.queries import MAY_PUT_UP


class NoticeMenuItem(MenuItem):
    """Shown to managers. Who is on duty comes from the first screen (core.waiting): no page asks for them each time."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may."""
        return request.user.has_perm(MAY_PUT_UP)


@hooks.register("register_admin_menu_item")
def notice_item() -> NoticeMenuItem:
    """Offer the notice in the menu."""
    return NoticeMenuItem("Urgent notice", reverse("urgent_notice"), icon_name="warning", order=50)


@hooks.register("register_admin_urls")
def notice_urls() -> list[URLPattern]:
    """Give the form and "end" their addresses in the admin."""
    return [
        path("urgent-notice/", views.index, name="urgent_notice"),
        path("urgent-notice/end/", views.end, name="end_urgent_notice"),
    ]


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log."""
    registry.register_action("core.notices.put_up", "Put up urgent notice", "Put an urgent notice on every page")
    registry.register_action("core.notices.end", "End urgent notice", "Ended the urgent notice before its time")
