"""Where whoever keeps an entry of the support directory looks at it, asks the service, and says that it was checked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from core.models import SupportService
from home import actions
from home.waiting import MAY_KEEP, kept_by


@require_admin_access
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry as the public sees it and what its service said; take "checked today" and "ask the service"."""
    service = get_object_or_404(SupportService.objects.select_related("owner"), pk=pk)
    may_keep = request.user.has_perm(MAY_KEEP)
    if not may_keep and not kept_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method == "POST":
        _act(request, service)
        return redirect("support_entry", pk)
    context = {
        "service": service,
        "page_title": service.name,
        "checks": service.checks.all(),
        "may_edit": may_keep,
        "is_stale": service.is_stale(timezone.localdate()),
    }
    return render(request, "home/admin/entry.html", context)


def _act(request: HttpRequest, service: SupportService) -> None:
    if "checked" in request.POST:
        actions.mark_checked(service=service, by=request.user)
        messages.success(request, f"{service} was checked today.")
    elif "ask" in request.POST and actions.ask(service=service):
        messages.success(request, f"{service} is asked by email.")
    elif "ask" in request.POST:
        messages.error(
            request, f"{service} was not asked: it has no email address, or it was asked for this review already."
        )
