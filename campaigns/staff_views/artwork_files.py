"""Pictures of an artwork while it is made, and its files once they are."""

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image as Canvas

from campaigns.artwork.concerns import concerns
from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import layouts
from campaigns.artwork.previewing import preview
from campaigns.artwork.sizes import SIZES
from campaigns.enums import FileKind
from campaigns.models import Artwork, ArtworkFile
from campaigns.queries.artwork import design_of, digest_of, drawable
from campaigns.staff_views.keeping import require_reader
from core.look.palette import two_colours
from core.sending import send

SMALL = 200  # pixels across, of a layout to choose
SPECIMEN_COLOUR = "#2b2b33"  # dark, so that words can be read on it without a veil
UNFIT = 422


def design_now(artwork: Artwork) -> dict[str, Any]:
    """Return the design of ``artwork``: as it was sent in, else as it is written now.

    Raises:
        ArtworkError: the picture cannot be used.
    """
    return artwork.frozen or design_of(artwork)


def stamp(artwork: Artwork) -> str:
    """Return a short name for what ``artwork`` looks like now, by which browsers know a picture that they hold."""
    try:
        return digest_of(design_now(artwork))[:12]
    except ArtworkError as error:
        return hashlib.sha256(str(error).encode()).hexdigest()[:12]


def concerns_now(artwork: Artwork) -> list[str]:
    """Return what does not look well in ``artwork`` as it is now; nothing where it cannot be drawn at all."""
    try:
        return concerns(drawable(design_now(artwork)))
    except ArtworkError:
        return []


@require_safe
@cache_control(private=True, max_age=600)
def drawn(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """Draw an artwork small in one size; where it cannot be, say why in plain text."""
    require_reader(request, Artwork)
    if size not in SIZES:
        raise Http404
    found = get_object_or_404(Artwork.objects.select_related("campaign", "picture", "placement"), pk=pk)
    try:
        return _picture(preview(drawable(design_now(found)), size))
    except ArtworkError as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=UNFIT)


@require_safe
@cache_control(private=True, max_age=600)
def in_layout(request: HttpRequest, pk: int, layout: str) -> HttpResponse:
    """Draw an artwork very small as it would be in another layout; where it would not fit, draw other words in it."""
    require_reader(request, Artwork)
    if layout not in layouts():
        raise Http404
    found = get_object_or_404(Artwork.objects.select_related("campaign", "picture", "placement"), pk=pk)
    try:
        return _picture(preview(drawable(design_now(found) | {"layout": layout}), "square", width=SMALL))
    except ArtworkError:
        return _picture(preview(_specimen(layout), "square", width=SMALL))


def _specimen(layout: str) -> Design:
    """Return a design that fits any layout, and says that it is no drawing of what somebody wrote."""
    plain = BytesIO()
    Canvas.new("RGB", (8, 8), SPECIMEN_COLOUR).save(plain, "PNG")
    main, second = two_colours("", "")
    return Design(
        layout=layout,
        language="en",
        headline="Specimen",
        text="What you wrote does not fit here yet.",
        action="Shorten it",
        picture=plain.getvalue(),
        focus=None,
        picture_alternative="",
        main_colour=main,
        second_colour=second,
        council="",
        address="",
        address_in_words="",
    )


def _picture(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg")


@require_safe
def file(request: HttpRequest, file: UUID) -> Any:
    """Give one file of an approved version, unless its picture may not be used any more."""
    require_reader(request, Artwork)
    found = get_object_or_404(ArtworkFile.objects.select_related("version__picture", "version__artwork"), uuid=file)
    if why := found.version.why_not_given_out():
        messages.error(request, why)
        return redirect("campaigns:artwork", found.version.artwork_id)
    kind = FileKind(found.kind).media_type
    return send(request, found.file, name=found.name, media_type=kind, sha256=found.sha256)
