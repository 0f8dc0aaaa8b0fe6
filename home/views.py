"""The pages of the home room that are not written in the admin: support, search, statements, and two for robots."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from core.languages.queries import checked_words
from core.leaving import lead_away
from core.models import CouncilSettings
from core.pagecache import may_be_kept
from home import actions
from home.directory import directory
from home.forms import EntryForm, SearchForm
from home.models import EntryCheck
from home.search.enums import Kind
from home.search.queries import search
from home.search.words import LONGEST_QUERY
from home.statements import personal_data
from surveys.views import forget_forms


@require_safe
@never_cache
def support(request: HttpRequest) -> HttpResponse:
    """Show everyone who can help, narrowed down by what the address chooses. Visits here are not counted nor kept."""
    with checked_words(request):
        found = directory(request.GET)
    return render(request, "home/support.html", {"found": found})


@require_safe
@never_cache
def safety(request: HttpRequest) -> HttpResponse:
    """Say what leaving quickly hides and what it does not."""
    return render(request, "home/safety.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End every form on this device and lead away at once. Nothing is counted, nor kept in a cache."""
    response = lead_away(request)
    forget_forms(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm_entry(request: HttpRequest, token: str) -> HttpResponse:
    """Let a support service, come by the link in its mail, answer about its entry. Opening the link changes nothing."""
    check = actions.check_of(token)
    if check is None:
        return _confirm_page(request, {"gone": True}, status=410)
    if check.state != EntryCheck.State.ASKED:
        return _confirm_page(request, {"check": check, "answered": True})
    form = EntryForm(request.POST or None, check=check)
    if request.method != "POST" or not form.is_valid():
        return _confirm_page(request, {"check": check, "form": form, "services": [check.service]})
    with suppress(actions.AnsweredError):  # The other answer counts; the page says that there is one.
        if form.is_wrong:
            actions.say_wrong(check=check, words=form.cleaned_data["said"])
        else:
            actions.confirm(check=check)
    return redirect(request.path)


def _confirm_page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw the page. Its address is told to no other site: the policy of every page, ``same-origin``, sees to that.

    A stricter one, ``no-referrer``, makes browsers send its form as from nowhere, and the form is refused.
    """
    return render(request, "home/confirm_entry.html", context | {"noindex": True}, status=status)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Answer a search; any input is answered, and a page number that makes no sense shows the nearest one."""
    typed = request.GET.get("q", "").replace("\0", "").strip()
    kind = request.GET.get("type", "")
    kind = kind if kind in Kind.values else ""
    found = search(typed, language=get_language() or settings.LANGUAGE_CODE, kind=kind, page=request.GET.get("page"))
    kept = typed[:LONGEST_QUERY]
    context = {
        "form": SearchForm(initial={"q": kept}),
        "typed": kept,
        "too_long": len(typed) > LONGEST_QUERY,
        "type": kind,
        "found": found,
        "page_obj": found.page,
        "query": urlencode({"q": kept} | ({"type": kind} if kind else {})),
        "noindex": True,
    }
    return render(request, "home/search.html", context)


# The page shows the choice of this device about counting, so no cache may hand it to another.
@require_safe
@never_cache
@vary_on_cookie
def privacy(request: HttpRequest) -> HttpResponse:
    """Print what the code declares about personal data, the cookies, and the choice not to be counted."""
    with checked_words(request):
        declared = personal_data()
    return render(request, "home/privacy.html", {"declared": declared})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Print the accessibility statement."""
    may_be_kept(request)
    council = CouncilSettings.for_request(request)
    context = {
        "reviewed": council.accessibility_reviewed or council.accessibility_prepared,
        "old": council.statement_is_old(timezone.localdate()),
        "problems": [line.strip() for line in council.accessibility_problems.splitlines() if line.strip()],
    }
    return render(request, "home/accessibility.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go; a demonstration is in no index at all."""
    sample = CouncilSettings.for_request(request).demonstration
    refused = ["/"] if sample else ["/admin/", "/go/", "/search/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
