"""The languages in the admin: the entry in the menu, the pages, and what is logged."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.languages import views


class LanguagesMenuItem(MenuItem):
    """Shown to those who may read the list."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may read the list."""
        return request.user.has_perm(views.MAY_READ)


@hooks.register("register_admin_menu_item")
def languages_item() -> LanguagesMenuItem:
    """Offer the languages in the menu."""
    return LanguagesMenuItem("Languages", reverse("languages"), icon_name="globe", order=600)


@hooks.register("register_admin_urls")
def languages_urls() -> list[URLPattern]:
    """Give the list, the words of a language and "withdraw" their addresses in the admin."""
    return [
        path("languages/", views.index, name="languages"),
        path("languages/<str:code>/", views.words, name="language_words"),
        path("languages/<str:code>/withdraw/", views.withdraw, name="language_withdraw"),
    ]


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log when a check is recorded or taken back."""
    registry.register_action("core.languages.record_check", "Record check", "Recorded the words as checked")
    registry.register_action("core.languages.withdraw_check", "Withdraw check", "Withdrew the check of the words")
