"""Approvals in Wagtail's admin: the way down, what is logged, and a word to who may not approve."""

from typing import Any, cast

import structlog
from django.contrib import messages
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page, PageLogEntry

from core.approvals.models import PeerApprovalTask
from core.approvals.queries import PUT_BACK, TAKEN_BACK, may_unpublish, reason_not_to_approve
from core.approvals.views import never_approved, unpublish_page
from core.models.accounts import User

logger = structlog.get_logger("core.approvals")

DONE_ALONE = ("wagtail.publish", "wagtail.unpublish", "wagtail.publish.schedule", "groundswell.emergency_approval")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give what is done past the editor its addresses in the admin."""
    return [
        path("pages/<int:page_id>/take-down/", unpublish_page, name="approvals_unpublish"),
        path("approvals/never-approved/", never_approved, name="approvals_never"),
    ]


class UnpublishItem(ActionMenuItem):
    """The item that takes a page down, for those who may."""

    label = "Unpublish"
    name = "action-take-down"
    icon_name = "download"
    order = 20

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it on what is live or about to be."""
        return context["view"] == "edit" and may_unpublish(context["request"].user, context["page"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the question why."""
        return reverse("approvals_unpublish", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def unpublish_item() -> UnpublishItem:
    """Offer the action in the editor."""
    return UnpublishItem()


@hooks.register("construct_page_action_menu")
def one_way_up_and_down(menu_items: list[ActionMenuItem], *_: Any) -> None:
    """Remove Wagtail's own unpublish, which keeps no reason, and publish: what it puts out, nobody approved."""
    menu_items[:] = [item for item in menu_items if item.name not in {"action-unpublish", "action-publish"}]


@hooks.register("before_edit_page")
def say_why_not(request: HttpRequest, page: Page) -> None:
    """Tell an approver who opens their own work why there is no button to approve it."""
    task = page.current_workflow_task
    if request.method != "GET" or request.user.is_superuser or not isinstance(task, PeerApprovalTask):
        return
    user = cast("User", request.user)
    reason = reason_not_to_approve(user, page.current_workflow_state)
    if reason and task.user_can_access_editor(page, user):
        messages.info(request, reason)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows, each with the reason that was given."""
    actions.register_action("groundswell.unpublish")(UnpublishEntry)
    actions.register_action("groundswell.emergency_approval")(EmergencyEntry)
    actions.register_action(PUT_BACK, "Put back", "Put the approved version back after a change without approval")
    actions.register_action(TAKEN_BACK, "Take down", "Taken down by the site: changed without approval")


class UnpublishEntry(LogFormatter):
    """Somebody took the page down."""

    label = "Unpublish"
    message = "Unpublished"

    def format_comment(self, log_entry: PageLogEntry) -> str:
        """Show the reason."""
        return log_entry.data.get("reason", "")


class EmergencyEntry(UnpublishEntry):
    """A superuser approved what is partly their own."""

    label = "Emergency approval"
    message = "Approved by a superuser, without a colleague"


@receiver(post_save, sender=PageLogEntry)
def warn_of_superusers(instance: PageLogEntry, *, created: bool, **_: Any) -> None:
    """Write a warning to the log for whatever a superuser puts out or takes down: accounts for emergencies only.

    A signal, because Wagtail has four ways for them to do it, and every one leaves this entry.
    """
    if created and instance.action in DONE_ALONE and instance.user_id and instance.user.is_superuser:
        logger.warning(
            "superuser acted without a colleague",
            action=instance.action,
            page=instance.page_id,
            user=instance.user_id,
        )
