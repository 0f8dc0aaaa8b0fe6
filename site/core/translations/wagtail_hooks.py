"""Translations in the admin: the way to them, what is closed beside them, and what is logged."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language_info
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from core.languages.addresses import other_codes
from core.translations import views
from core.translations.queries import english_of, is_translatable, may_translate


def take_out_the_librarys_screens() -> None:
    """Unregister wagtail-localize's own screens and buttons.

    "Sync translated pages" publishes without asking whether one may, "Translate this page" turns an alias into a page
    of English words under another language, "Convert to alias" writes over what is live. None knows of approvals.
    """
    import_module("wagtail_localize.wagtail_hooks")
    for registered in hooks._hooks.values():  # noqa: SLF001  (Wagtail has no way to take a hook out)
        registered[:] = [pair for pair in registered if not pair[0].__module__.startswith("wagtail_localize")]


take_out_the_librarys_screens()


class PagesWithoutActions(PagesAdminAPIViewSet):
    """The admin's API of pages, which its screens read. No screen uses its actions; one makes pages out of aliases."""

    actions: dict[str, Any] = {}


@hooks.register("construct_admin_api")
def without_actions(router: Any) -> None:
    """Leave Wagtail's API of the admin to be read."""
    router.register_endpoint("pages", PagesWithoutActions)


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLPattern]:
    """Give the lists and the screen of a translation their addresses in the admin."""
    return [
        path("translations/<str:code>/", views.index, name="translations"),
        path("translations/<str:code>/<int:page_id>/", views.translate, name="translate"),
        path("translations/<str:code>/<int:page_id>/preview/", views.preview, name="translation_preview"),
        path("translations/<str:code>/<int:page_id>/checked/", views.check, name="translation_check"),
        path(
            "translations/<str:code>/<int:page_id>/checked/withdraw/",
            views.withdraw_check,
            name="translation_check_withdraw",
        ),
        path("translations/<str:code>/<int:page_id>/take-down/", views.take_down, name="translation_take_down"),
    ]


@hooks.register("before_edit_page", order=-10)
def open_translation(_: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead from the editor of a page in another language to its translation: its words follow the English ones."""
    english = english_of(page)
    return redirect("translate", page.locale.language_code, english.pk) if english else None


@hooks.register("before_convert_alias_page")
def keep_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to make an ordinary page of English words under another language."""
    english = english_of(page)
    if english is None:
        return None
    messages.error(request, "This page shows the English one until it is translated. Translate it here.")
    return redirect("translate", page.locale.language_code, english.pk)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def translate_buttons(page: Page, user: Any, **_: Any) -> Iterator[Button]:
    """Offer the other languages on a published English page, to those who may translate it."""
    if is_translatable(page) and may_translate(user, page):
        for order, code in enumerate(other_codes()):
            name = get_language_info(code)["name"]
            url = reverse("translate", args=[code, page.pk])
            yield Button(f"Translate into {name}", url=url, icon_name="globe", priority=70 + order)


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what a page's history shows."""
    registry.register_action("groundswell.translation_checked", "Check words", "Recorded the words as checked")
    registry.register_action(
        "groundswell.translation_check_withdrawn", "Withdraw check", "Withdrew the check of the words"
    )
