"""Signing up in the admin: the entry in the menu, the addresses, and what is logged."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns.staff_views import updates


class UpdatesMenuItem(MenuItem):
    """The way to signing up, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether it is theirs to see."""
        return request.user.has_perm(updates.SEES)


@hooks.register("register_admin_menu_item")
def updates_item() -> UpdatesMenuItem:
    """Offer it in the menu, below the calendar."""
    return UpdatesMenuItem("Signing up", reverse("updates"), icon_name="mail", order=118)


@hooks.register("register_admin_urls")
def updates_urls() -> list[URLPattern]:
    """Give its pages their addresses."""
    return updates.addresses


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    for name, label, said in (
        ("choose_audience", "Choose the audience", "Chose the audience that people sign up to"),
        ("offer_interests", "Offer areas of news", "Changed the areas of news that are offered"),
        ("write_wording", "Write a wording", "Wrote what people agree to"),
        ("approve_wording", "Approve a wording", "Put a wording into force"),
    ):
        actions.register_action(f"campaigns.{name}", label, said)
