"""Mailchimp in the admin: where the connection stands, what is in the account, and the buttons to set it up."""

from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from campaigns.actions.audiences import WEBHOOK_ASKED, ask_for_webhook
from campaigns.models import MailchimpAudience
from campaigns.queries.audiences import audiences, standing, webhook_standing
from core.access import require, signed_in

MAY_SEE = "campaigns.view_mailchimpaudience"
MAY_SET_UP = "campaigns.set_up_mailchimp"
SANDBOX_HOST = "127.0.0.1"


def index(request: HttpRequest) -> HttpResponse:
    """Show the account as it was last seen. Mailchimp is not asked for it.

    Raises:
        PermissionDenied: the person may not see it.
    """
    require(request, MAY_SEE)
    base = settings.MAILCHIMP_BASE_URL
    context = {
        "standing": standing(),
        "audiences": [(audience, webhook_standing(audience)) for audience in audiences()],
        "sandbox": base if urlsplit(base).hostname == SANDBOX_HOST else "",
        "may_set_up": request.user.has_perm(MAY_SET_UP),
        "header_title": "Mailchimp",
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": "", "label": "Mailchimp"},
        ],
    }
    return render(request, "campaigns/admin/mailchimp.html", context)


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Let the worker look at the account now.

    Raises:
        PermissionDenied: the person may not see it.
    """
    require(request, MAY_SEE)
    current_app.send_task("campaigns.refresh_mailchimp", retry=False)
    messages.success(request, "Mailchimp is being asked. Load this page again in a moment.")
    return redirect("mailchimp")


@require_POST
def set_up_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker make a webhook for one audience, in the place of the one that there is.

    Raises:
        PermissionDenied: the person may not set Mailchimp up.
    """
    require(request, MAY_SET_UP)
    audience = get_object_or_404(MailchimpAudience, pk=pk, is_gone=False)
    ask_for_webhook(audience=audience, by=signed_in(request))
    transaction.on_commit(lambda: current_app.send_task("campaigns.keep_mailchimp", retry=False), robust=True)
    messages.success(request, f"The webhook of “{audience}” is being set up. Load this page again in a moment.")
    return redirect("mailchimp")


class MailchimpMenuItem(MenuItem):
    """Shown to those who may see the account."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may."""
        return request.user.has_perm(MAY_SEE)


@hooks.register("register_admin_menu_item")
def menu_item() -> MailchimpMenuItem:
    """Offer the page below the campaigns."""
    return MailchimpMenuItem("Mailchimp", reverse("mailchimp"), icon_name="mail", order=118)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the page and its buttons their addresses in the admin."""
    return [
        path("mailchimp/", index, name="mailchimp"),
        path("mailchimp/refresh/", refresh, name="refresh_mailchimp"),
        path("mailchimp/webhook/<int:pk>/", set_up_webhook, name="set_up_mailchimp_webhook"),
    ]


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log."""
    registry.register_action(WEBHOOK_ASKED, "Set up a webhook", "Let Mailchimp tell this site what members do")
