"""The calendar in the admin: a month, a list, what falls into a restricted period, and the feed's address.

Every page of it is in the time of Britain, whatever time zone a member of staff has chosen for the admin.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions.calendar import KEYS, decide, end_feed_key, make_feed_key, withdraw_decision
from campaigns.calendar.clashes import Inside
from campaigns.calendar.entries import today
from campaigns.calendar.enums import EntryKind
from campaigns.calendar.feed import feed
from campaigns.calendar.gathering import Gathered, draft_of, gather, inside_of, inside_period
from campaigns.calendar.layout import bounds, weeks_of
from campaigns.forms.calendar import DaysForm, DecisionForm, KindsForm
from campaigns.models import Decision, FeedKey, RestrictedPeriod
from campaigns.queries.decisions import may_decide
from core.access import require, signed_in
from core.calendars import calendar_response
from core.codes import digest_of

SEES = "campaigns.view_calendar"
LISTED = timedelta(days=91)
AROUND = 12  # months before and after, to choose from
YEARS = range(2000, 2100)
View = Callable[..., HttpResponseBase]


def calendar_page(view: View) -> View:
    """Let in those who may see the calendar, and draw the page on the clocks of Britain."""

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request, SEES)
        with timezone.override(timezone.get_default_timezone()):
            return view(request, *args, **kwargs)

    return drawn


def headed(title: str, *steps: tuple[str, str]) -> dict[str, Any]:
    """Return what the head of a page shows; ``steps`` are (label, address) between the calendar and the page."""
    way = [("Home", reverse("wagtailadmin_home")), ("Calendar", reverse("campaign_calendar")), *steps, (title, "")]
    shown = way if title != "Calendar" else way[:1] + way[-1:]
    return {
        "header_title": title,
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [{"label": label, "url": url} for label, url in shown],
    }


@require_safe
@calendar_page
def month(request: HttpRequest) -> HttpResponse:
    """Show one month, as a table that a narrow screen shows as a list."""
    first = _month_asked(request.GET.get("month", ""))
    form = KindsForm(request.GET)
    kinds = form.cleaned_data["kind"] if form.is_valid() else []
    found = gather(*bounds(first.year, first.month), user=signed_in(request))
    entries = [entry for entry in found.entries if not kinds or entry.kind in kinds]
    earlier, later = first - timedelta(days=1), first + timedelta(days=31)
    context = {
        "first": first,
        "weeks": weeks_of(first.year, first.month, entries, today=today()),
        "weekdays": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "form": form,
        "months": _months_around(first),
        "earlier": _query(earlier, kinds) if earlier.year in YEARS else "",
        "later": _query(later, kinds) if later.year in YEARS else "",
        "this_month": _query(today(), kinds),
        "list_query": urlencode(
            {"first": first, "last": later.replace(day=1) - timedelta(days=1), "kind": kinds}, True
        ),
    }
    return render(request, "campaigns/calendar/month.html", context | _clashing(request, found) | headed("Calendar"))


def _month_asked(asked: str) -> date:
    """Return the first day of the month asked for, as 2026-10; of the one that it is where that makes no sense."""
    year, _, number = asked.partition("-")
    if asked.isascii() and year.isdigit() and number.isdigit() and int(year) in YEARS and int(number) in range(1, 13):
        return date(int(year), int(number), 1)
    return today().replace(day=1)


def _months_around(first: date) -> list[tuple[str, str, bool]]:
    """Return (value, label, is chosen) of the months before and after ``first``."""
    counted = (first.year * 12 + first.month - 1 + step for step in range(-AROUND, AROUND + 1))
    months = [date(number // 12, number % 12 + 1, 1) for number in counted if number // 12 in YEARS]
    return [(f"{one:%Y-%m}", date_format(one, "F Y"), one == first) for one in months]


def _query(day: date, kinds: list[str]) -> str:
    return urlencode({"month": f"{day:%Y-%m}", "kind": kinds}, doseq=True)


def _clashing(request: HttpRequest, found: Gathered) -> dict[str, Any]:
    """Return what clashes, and whether whoever looks may decide about it."""
    return {
        "clashes": found.clashes,
        "clashing": found.clashing(),
        "may_decide": may_decide(signed_in(request)),
    }


@require_safe
@calendar_page
def days(request: HttpRequest) -> HttpResponse:
    """List what lies between two days, by month."""
    asked = request.GET.copy()
    asked.setdefault("first", f"{today()}")
    asked.setdefault("last", f"{today() + LISTED}")
    form = DaysForm(asked)
    found, chosen = Gathered([]), form.cleaned_data if form.is_valid() else {}
    if chosen:
        found = gather(chosen["first"], chosen["last"], user=signed_in(request))
    names, kinds = found.clashing(), chosen.get("kind")
    entries = [entry for entry in found.entries if not kinds or entry.kind in kinds]
    if chosen.get("clashes"):
        entries = [entry for entry in entries if entry.name in names]
    context = (
        {"form": form, "entries": entries, "is_bound": bool(chosen)}
        | _clashing(request, found)
        | headed("Calendar as a list")
    )
    return render(request, "campaigns/calendar/list.html", context, status=200 if chosen else 422)


@require_safe
@calendar_page
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a restricted period: what it restricts, what falls into it, and what was decided."""
    found = get_object_or_404(RestrictedPeriod, pk=pk)
    within = inside_period(found, user=signed_in(request))
    context = {
        "period": found,
        "undecided": [one for one in within if one.decision is None],
        "decided": [one for one in within if one.decision],
        "decisions": found.decisions.select_related("by", "withdrawn_by"),
        "may_decide": may_decide(signed_in(request)),
        "may_edit": request.user.has_perm("campaigns.change_restrictedperiod"),
    }
    return render(request, "campaigns/calendar/period.html", context | _of_period(request, found.name))


def _of_period(request: HttpRequest, title: str, found: RestrictedPeriod | None = None) -> dict[str, Any]:
    steps = []
    if request.user.has_perm("campaigns.view_restrictedperiod"):
        steps.append(("Restricted periods", reverse("restricted_periods:index")))
    if found:
        steps.append((found.name, reverse("restricted_period", args=[found.pk])))
    return headed(title, *steps)


@require_http_methods(["GET", "POST"])
@calendar_page
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why something may go out in a restricted period, and record it with the name of whoever answers."""
    if not may_decide(signed_in(request)):
        raise PermissionDenied
    found = get_object_or_404(RestrictedPeriod, pk=pk)
    about = _asked_about(request, found)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide(period=found, entry=about.entry, by=signed_in(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"It is on record that “{about.entry.title}” may go out in this period.")
            return redirect("restricted_period", found.pk)
    context = {"form": form, "period": found, "entry": about.entry, "standing": about.decision}
    head = _of_period(request, "Record a decision", found)
    return render(request, "campaigns/calendar/decide.html", context | head, status=422 if form.errors else 200)


def _asked_about(request: HttpRequest, found: RestrictedPeriod) -> Inside:
    """Return what the address names: out of what falls into the period, or a page whose draft would.

    Raises:
        Http404: nothing of that name does.
    """
    user, name = signed_in(request), (request.GET.get("kind", ""), request.GET.get("key", ""))
    within = [one for one in inside_period(found, user=user) if one.entry.name == name]
    if not within and name[0] == EntryKind.PAGE and (key := _uuid(name[1])):
        draft = draft_of(key, user=user)
        within = inside_of([found], [draft] if draft else [])
    about = next(iter(within), None)
    if about is None:
        raise Http404("Nothing of this name falls into the period.")
    return about


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@calendar_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    if not may_decide(signed_in(request)):
        raise PermissionDenied
    found = get_object_or_404(Decision.objects.select_related("period"), pk=pk)
    try:
        withdraw_decision(decision=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"The decision about “{found.title}” no longer holds. It stays on record.")
    return redirect("restricted_period", found.period_id)


@require_http_methods(["GET", "POST"])
@calendar_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """Give somebody the address of the feed, once, and end it when they ask."""
    user, address = signed_in(request), ""
    if "end" in request.POST:
        end_feed_key(user=user)
        messages.success(request, "The address is ended. Calendars that hold it get nothing more.")
        return redirect("campaign_calendar_subscribe")
    if "make" in request.POST:
        address = f"{settings.SITE_URL}{reverse('campaign_calendar_feed')}?key={make_feed_key(user=user)}"
    context = {"address": address, "key": FeedKey.objects.filter(user=user).first()}
    shown = render(request, "campaigns/calendar/subscribe.html", context | headed("In your own calendar"))
    shown.headers["Cache-Control"] = "no-store"
    return shown


@require_safe
def read_feed(request: HttpRequest) -> HttpResponseBase:
    """Give the calendar as a file to whoever's key the address holds, while that account may see the calendar.

    Raises:
        Http404: there is no such key, or its owner may no longer see it.
    """
    digest = digest_of(request.GET.get("key", ""), purpose=KEYS)
    key = FeedKey.objects.select_related("user").filter(digest=digest, user__is_active=True).first()
    if key is None or not key.user.has_perm(SEES):
        raise Http404("No such calendar.")
    _note_use(key)
    return calendar_response(request, feed(), "groundswell.ics", caching="private, no-cache")


def _note_use(key: FeedKey) -> None:
    """Keep the day on which the key was last used, once a day."""
    if key.last_used != today():
        FeedKey.objects.filter(pk=key.pk).update(last_used=today())
