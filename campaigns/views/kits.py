"""The share kit of a campaign: a page for partners, its files one by one, and all of them in one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from campaigns.enums import FileKind
from campaigns.kits.packing import archive_name
from campaigns.queries.kits import KitPage, kit_page
from core.enums import Channel
from core.languages.addresses import spoken
from core.sending import is_taken, send
from reach.actions import count_visit
from reach.enums import Metric


def _kit_at(slug: str, code: str) -> KitPage:
    """Return the kit at an address.

    Raises:
        Http404: nothing is approved there.
    """
    found = kit_page(slug, code)
    if found is None:
        raise Http404("No such kit.")
    return found


@require_safe
def kit(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Show the kit of a campaign, with the links of the partner whose placement has this ``code``.

    Search engines are asked to leave it: it is for those who are given its address.
    """
    found = _kit_at(slug, code)
    here = spoken()
    parts = sorted(found.contents.parts, key=lambda part: part.code != here)
    context = {
        "campaign_page": found.page,
        "kit": found.contents,
        "parts": parts,
        "archive": found.archive(),
        "code": code,
        "noindex": True,
        "crumbs": [(found.page.title, found.page.get_url(request), found.page.words_language)],
    }
    response = render(request, "campaigns/kit.html", context)
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)  # a picture that is withdrawn is gone at once
    return response


@require_safe
def file(request: HttpRequest, slug: str, file: UUID, code: str = "") -> Any:
    """Give one file of artwork that the kit holds now; ``?show`` shows it on the page, which is no download.

    Raises:
        Http404: the kit does not hold it, or not any more.
    """
    found = _kit_at(slug, code)
    given = found.file(file)
    if given is None:
        raise Http404("No such file.")
    is_shown = "show" in request.GET
    kind = FileKind(given.kind).media_type
    response = send(
        request, given.file, name=given.name, media_type=kind, sha256=given.sha256, is_attachment=not is_shown
    )
    if not is_shown:
        _count(request, response, found)
    return response


@require_safe
def archive(request: HttpRequest, slug: str, code: str = "") -> Any:
    """Give the whole kit as one file, if that holds exactly what the page says.

    Raises:
        Http404: it is being made anew.
    """
    found = _kit_at(slug, code)
    made = found.archive()
    if made is None:
        raise Http404("The kit is being packed.")
    name = archive_name(found.contents)
    response = send(request, made.file, name=name, media_type="application/zip", sha256=made.sha256)
    _count(request, response, found)
    return response


def _count(request: HttpRequest, response: Any, found: KitPage) -> None:
    if is_taken(request, response):
        channel = Channel.PARTNER if found.placement else Channel.WEB
        count_visit(request=request, page=found.page.counted_as(), metric=Metric.DOWNLOADS, channel=channel)
