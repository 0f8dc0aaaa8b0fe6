"""The hold in the admin: everything scheduled, the button, and the ways to let things go."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.access import signed_in
from core.hold import actions
from core.hold.queries import current_hold, lines, may_hold
from core.models.accounts import User


class HoldForm(forms.Form):
    """Why everything is held: colleagues read it at the head of every page of the admin."""

    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Every colleague reads it at the head of the admin while the hold is on. Visitors do not see it.",
        error_messages={"required": "Say why everything is held, in a few words."},
    )


def _who_may(request: HttpRequest) -> User:
    user = signed_in(request)
    if not may_hold(user):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show everything scheduled and whether it is held; on POST hold it.

    Raises:
        PermissionDenied: the person may not.
    """
    user = _who_may(request)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _done(request, lambda: actions.hold_everything(reason=reason, by=user), "Everything scheduled is held.")
    return render(request, "core/hold/index.html", _context(form))


def _context(form: HoldForm) -> dict[str, Any]:
    hold = current_hold()
    return {
        "form": form,
        "hold": hold,
        "lines": lines(hold),
        "now": timezone.now(),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("hold"), "label": "Hold everything"},
        ],
        "header_title": "Hold everything",
        "header_icon": "lock",
    }


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Let one thing go.

    Raises:
        PermissionDenied: the person may not.
    """
    user = _who_may(request)
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    return _done(
        request,
        lambda: actions.release(kind=kind, key=key, by=user),
        "Released: it goes at its time, or within minutes where that has passed.",
    )


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Let everything go.

    Raises:
        PermissionDenied: the person may not.
    """
    user = _who_may(request)
    return _done(
        request,
        lambda: actions.end_hold(by=user),
        "The hold is over. What was due meanwhile goes within minutes, the rest at its time.",
    )


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    """Act, say what came of it, and show the list as it is now."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, said)
    return redirect("hold")
