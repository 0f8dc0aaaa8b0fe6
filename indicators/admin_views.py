"""The admin's page about refreshing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators import actions, queries
from indicators.models import Indicator


@require_http_methods(["GET", "POST"])
def refresh(request: HttpRequest) -> HttpResponse:
    """Show how the last round of refreshing went; on POST ask for another.

    Raises:
        PermissionDenied: the person may not refresh.
    """
    if not request.user.has_perm("indicators.add_refresh"):
        raise PermissionDenied
    if request.method == "POST":
        actions.request_refresh()
        messages.success(request, "Refreshing has been asked for. Look at this page again in a minute.")
        return redirect("indicators_refresh")
    context = {
        "last": queries.last_refresh(),
        "troubled": Indicator.objects.exclude(problem=""),
        "page_title": "Refresh",
        "header_title": "Refresh",
        "header_icon": "rotate",
    }
    return render(request, "indicators/admin/refresh.html", context)
