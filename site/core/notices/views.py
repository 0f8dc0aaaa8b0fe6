"""The notice in the admin: what is on, the form, and the way to end it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.access import signed_in
from core.models.accounts import User
from core.notices import actions
from core.notices.forms import NoticeForm
from core.notices.models import UrgentNotice
from core.notices.queries import current, may_put_up

EARLIER = 10


def _who_may(request: HttpRequest) -> User:
    user = signed_in(request)
    if not may_put_up(user):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show what is on, and the form; on POST put the notice up.

    Raises:
        PermissionDenied: the person may put none up.
    """
    user = _who_may(request)
    on = current()
    form = NoticeForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid() and _is_up(request, form, user):
        return redirect("urgent_notice")
    form.shows_what_is_on()
    return render(request, "core/notices/index.html", _context(form, on))


def _is_up(request: HttpRequest, form: NoticeForm, user: User) -> bool:
    chosen = form.cleaned_data
    try:
        notice = actions.put_up(words=form.words, services=chosen["services"], ends=chosen["ends"], by=user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    until = timezone.localtime(notice.ends)
    messages.success(request, f"The notice is on every public page until {until:%-d %B %Y, %H:%M}.")
    return True


def _context(form: NoticeForm, on: UrgentNotice | None) -> dict[str, object]:
    earlier = UrgentNotice.objects.select_related("by", "ended_by")
    earlier = earlier.exclude(pk=on.pk) if on else earlier
    return {
        "form": form,
        "on": on,
        "earlier": earlier[:EARLIER],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("urgent_notice"), "label": "Urgent notice"},
        ],
        "header_title": "Urgent notice",
        "header_icon": "warning",
    }


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Take the notice from every page.

    Raises:
        PermissionDenied: the person may not.
    """
    user = _who_may(request)
    if actions.end(by=user):
        messages.success(request, "The notice is gone from every page.")
    else:
        messages.error(request, "No notice is on any more, so there was nothing to end.")
    return redirect("urgent_notice")
