"""Taking a page down, in the admin."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.approvals.actions import unpublish
from core.approvals.forms import UnpublishForm
from core.approvals.queries import may_unpublish
from core.models.accounts import User


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
