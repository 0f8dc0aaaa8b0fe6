"""The pages of the home room that are not written in the admin: support, search, statements, and two for robots."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from core.models import CouncilSettings
from core.pagecache import may_be_kept
from home.forms import SearchForm
from home.queries import support_directory
from home.search.enums import Kind
from home.search.queries import search
from home.search.words import LONGEST_QUERY
from home.statements import personal_data


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Show everyone who can help, by what they help with. Visits here are not counted."""
    return render(request, "home/support.html", {"groups": support_directory()})


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
    return render(request, "home/privacy.html", {"declared": personal_data()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Print the accessibility statement."""
    may_be_kept(request)
    return render(request, "home/accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go; a demonstration is in no index at all."""
    sample = CouncilSettings.for_request(request).demonstration
    refused = ["/"] if sample else ["/admin/", "/search/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
