"""Taking a page down, in the admin."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from core.access import signed_in
from core.approvals.actions import unpublish
from core.approvals.forms import UnpublishForm
from core.approvals.queries import approves, live_without_approval, may_unpublish
from core.models.accounts import User

NEVER = "Live pages that nobody approved"


@require_http_methods(["GET", "POST"])
def unpublish_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, then take the page down."""
    page = get_object_or_404(Page, pk=page_id).specific
    user = cast("User", request.user)  # the admin lets nobody else in
    if not may_unpublish(user, page):
        raise PermissionDenied
    form = UnpublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unpublish(page=page, by=user, reason=form.cleaned_data["reason"])
        messages.success(request, f"“{page.get_admin_display_title()}” is no longer published.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "core/approvals/unpublish.html", {"page": page, "form": form})


@require_safe
def never_approved(request: HttpRequest) -> HttpResponse:
    """List the live pages that nobody ever approved."""
    if not approves(signed_in(request)):
        raise PermissionDenied
    steps = [("Home", reverse("wagtailadmin_home")), (NEVER, request.path)]
    context = {
        "pages": live_without_approval().select_related("locale"),
        "header_title": NEVER,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": url, "label": label} for label, url in steps],
    }
    return render(request, "core/approvals/never_approved.html", context)
