"""Publishing alone as urgent, and deciding about it afterwards, in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from core.access import signed_in
from core.approvals import urgent
from core.approvals.forms import UrgentForm, WithdrawForm
from core.approvals.queries import approves, faults_of_version
from core.approvals.records import Approval


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, and publish the newest draft."""
    page = get_object_or_404(Page, pk=page_id).specific
    user = signed_in(request)
    if not urgent.may_publish_urgently(user, page):
        raise PermissionDenied
    form = UrgentForm(request.POST or None)
    if form.is_valid():
        try:
            urgent.publish_urgently(page=page, by=user, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"“{page.get_admin_display_title()}” is published. All who approve are told.")
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "faults": [] if form.errors else faults_of_version(page.get_latest_revision())}
    return render(request, "core/approvals/urgent.html", _headed(page, "Publish as urgent") | context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approve what was published as urgent, or withdraw it."""
    page = get_object_or_404(Page, pk=page_id).specific
    user, approval = signed_in(request), urgent.to_decide(page)
    if approval is None:
        messages.info(request, "Nothing about this page waits for a decision any more.")
        return redirect("wagtailadmin_home")
    if not (approves(user) or approval.by_id == user.pk):
        raise PermissionDenied
    why_not = urgent.reason_not_to_confirm(user, approval)
    form = WithdrawForm(request.POST if "withdraw" in request.POST else None)
    if request.method == "POST" and _decided(request, approval, form):
        return redirect("wagtailadmin_pages:history", page.pk)
    context = {"form": form, "approval": approval, "why_not": why_not}
    return render(request, "core/approvals/decide.html", _headed(page, "Decide about an urgent page") | context)


def _decided(request: HttpRequest, approval: Approval, form: WithdrawForm) -> bool:
    """Do what was asked, and tell whether it was done."""
    user = signed_in(request)
    try:
        if "approve" in request.POST:
            urgent.confirm(approval=approval, by=user)
            messages.success(request, "Approved. The page stays as it is.")
        elif form.is_valid():
            urgent.withdraw(approval=approval, by=user, reason=form.cleaned_data["reason"])
            messages.success(request, "Withdrawn. What was approved before is shown again, or the page is down.")
        else:
            return False
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return True


def _headed(page: Page, title: str) -> dict[str, Any]:
    shown = page.get_admin_display_title()
    steps = [
        ("Home", reverse("wagtailadmin_home")),
        (shown, reverse("wagtailadmin_pages:edit", args=[page.pk])),
        (title, ""),
    ]
    return {
        "page": page,
        "header_title": f"{title}: {shown}",
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": url, "label": label} for label, url in steps],
    }


class UrgentItem(ActionMenuItem):
    """The item that publishes alone, for who is on duty."""

    label = "Publish as urgent"
    name = "action-urgent"
    icon_name = "warning"
    order = 90

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it where there is a draft to publish."""
        return context["view"] == "edit" and urgent.may_publish_urgently(context["request"].user, context["page"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the question why."""
        return reverse("approvals_urgent", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def urgent_item() -> UrgentItem:
    """Offer it in the editor."""
    return UrgentItem()


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give both their addresses."""
    return [
        path("pages/<int:page_id>/urgent/", publish, name="approvals_urgent"),
        path("pages/<int:page_id>/urgent/decide/", decide, name="approvals_decide"),
    ]


@hooks.register("before_edit_page")
def say_that_it_is_urgent(request: HttpRequest, page: Page) -> None:
    """Mark in the editor what is live on one person's word alone."""
    approval = urgent.to_decide(page) if request.method == "GET" else None
    if approval is None:
        return
    until = date_format(localtime(approval.decide_by), "j F Y, H:i")
    who = approval.by.get_full_name() or approval.by.get_username() if approval.by else "somebody"
    said = f"This page was published as urgent by {who}, alone: {approval.reason} It goes back by itself on {until}."
    link = reverse("approvals_decide", args=[page.pk])
    messages.warning(request, format_html('{} <a href="{}">Approve or withdraw it</a>.', said, link))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    from core.approvals.wagtail_hooks import UnpublishEntry

    def named(label: str, message: str) -> type[UnpublishEntry]:
        return type("UrgentEntry", (UnpublishEntry,), {"label": label, "message": message})

    actions.register_action(urgent.PUBLISHED)(named("Publish as urgent", "Published as urgent, alone"))
    actions.register_action(urgent.CONFIRMED)(named("Approve urgent page", "Approved what was published as urgent"))
    actions.register_action(urgent.WITHDRAWN)(named("Withdraw urgent page", "Withdrew what was published as urgent"))
