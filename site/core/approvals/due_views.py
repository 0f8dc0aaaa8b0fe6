"""Asking by when a page that was sent in must be decided, in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from core.access import signed_in
from core.approvals.due import due_of, may_set_due, set_due
from core.approvals.forms import DueForm


@require_http_methods(["GET", "POST"])
def due(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the day."""
    page = get_object_or_404(Page, pk=page_id).specific
    user = signed_in(request)
    if not may_set_due(user, page):
        raise PermissionDenied
    form = DueForm(request.POST or None, initial={"day": due_of(page)})
    if form.is_valid():
        try:
            set_due(page=page, by=user, day=form.cleaned_data["day"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            day = date_format(form.cleaned_data["day"])
            messages.success(request, f"It is to be decided by {day}. Approvers are reminded the day before.")
            return redirect("wagtailadmin_pages:edit", page.pk)
    title = page.get_admin_display_title()
    steps = [
        ("Home", reverse("wagtailadmin_home")),
        (title, reverse("wagtailadmin_pages:edit", args=[page.pk])),
        ("Due date", ""),
    ]
    context = {
        "page": page,
        "form": form,
        "header_title": f"Due date of the approval: {title}",
        "header_icon": "date",
        "breadcrumbs_items": [{"url": url, "label": label} for label, url in steps],
    }
    return render(request, "core/approvals/due.html", context)


class DueItem(ActionMenuItem):
    """The item that leads to the day, while the page waits for approval."""

    label = "Set a due date"
    name = "action-due"
    icon_name = "date"
    order = 95

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it while a colleague reviews the page."""
        return context["view"] == "edit" and may_set_due(context["request"].user, context["page"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the question."""
        return reverse("approvals_due", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def due_item() -> DueItem:
    """Offer it in the editor."""
    return DueItem()


@hooks.register("register_admin_urls")
def address() -> list[URLPattern]:
    """Give it its address."""
    return [path("pages/<int:page_id>/due/", due, name="approvals_due")]


@hooks.register("after_edit_page")
def ask_by_when(request: HttpRequest, page: Page) -> None:
    """Offer the due date at once when a page is sent in."""
    if "action-submit" in request.POST and due_of(page) is None and may_set_due(signed_in(request), page):
        link = reverse("approvals_due", args=[page.pk])
        messages.info(request, format_html('Must it be decided by a day? <a href="{}">Set a due date</a>.', link))


@hooks.register("before_edit_page")
def say_by_when(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens the page by when it is to be decided."""
    if request.method == "GET" and (day := due_of(page)):
        messages.info(request, f"The approval is to be decided by {date_format(day)}.")
