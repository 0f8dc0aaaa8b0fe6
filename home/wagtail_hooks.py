"""The home room in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from core.models import SupportService, User
from home import staff_views


@hooks.register("register_admin_urls")
def support_urls() -> list[URLPattern]:
    """Give an entry of the support directory its page in the admin, where it is checked."""
    return [path("support/entries/<int:pk>/", staff_views.entry, name="support_entry")]


@hooks.register("register_snippet_listing_buttons")
def check_button(snippet: Any, _user: User, _next_url: str | None = None) -> Iterator[Button]:
    """Lead from an entry in the listing to where it is checked."""
    if isinstance(snippet, SupportService):
        yield Button("Check", reverse("support_entry", args=[snippet.pk]), icon_name="check", priority=15)


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log when an entry is checked."""
    registry.register_action("home.confirm_entry", "Confirm entry", "Confirmed by the service")
    registry.register_action("home.check_entry", "Check entry", "Checked")
