"""Artwork: the words that it begins with, its design, its versions, and where a file comes from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from wagtail.models import Site

from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import layouts
from campaigns.artwork.previewing import check
from campaigns.models import Artwork, ArtworkFile, ArtworkVersion, Campaign, CampaignPage
from core.approvals.showing import approved_version
from core.look.palette import two_colours
from core.models import CouncilSettings, Image
from core.sharing import address

# What a design has that its frozen form tells otherwise: for the bytes stand key, digest, credit and licence.
PICTURE = "picture"
UNSAID = "Say what the picture shows, in the language of the artwork, for people who do not see it."
IN_OTHERS = "Other sizes refuse it too."


@dataclass(frozen=True)
class Words:
    """What an approved page says, of which an artwork begins."""

    title: str
    summary: str
    picture: Image | None
    alternative: str


def approved_words(campaign: Campaign, language: str) -> Words | None:
    """Return what the live page of ``campaign`` in ``language`` says as it was approved; None where there is none."""
    pages = CampaignPage.objects.filter(campaign=campaign, live=True, alias_of=None, locale__language_code=language)
    page = pages.select_related("hero_image", "locale").first()
    shown = approved_version(page) if page else None
    if shown is None:
        return None
    return Words(shown.title, shown.summary, shown.hero_image, shown.hero_alternative_text)


def design_of(artwork: Artwork) -> dict[str, Any]:
    """Return the design of ``artwork`` as it is kept: everything that is drawn, with the picture by its digest.

    Raises:
        ArtworkError: the picture's file cannot be read, or nobody may use it.
    """
    council = CouncilSettings.for_site(Site.objects.get(is_default_site=True))
    main, second = two_colours(council.main_colour, council.second_colour)
    placement = artwork.placement
    return {
        "layout": artwork.layout,
        "language": artwork.language,
        "headline": artwork.headline,
        "text": artwork.text,
        "action": artwork.action,
        "picture": _named(artwork.picture) if artwork.picture else None,
        "focus": _focus(artwork.picture),
        "picture_alternative": artwork.picture_alternative if artwork.picture else "",
        "main_colour": main,
        "second_colour": second,
        "council": council.council_name or council.site_title,
        "address": placement.address if placement else "",
        "address_in_words": placement.address_in_words if placement else _page_in_words(artwork),
    }


def drawable(design: Mapping[str, Any]) -> Design:
    """Return a kept ``design`` as it is drawn, with the bytes of its picture.

    Raises:
        ArtworkError: the picture may not be used, cannot be read, or is another file than it was.
    """
    named, focus = design[PICTURE], design["focus"]
    content = None
    if named:
        content = picture_bytes(Image.objects.filter(pk=named["id"]).first())
        if hashlib.sha256(content).hexdigest() != named["sha256"]:
            raise ArtworkError(
                "The file of the picture is another one than was approved. Send it in anew.", field="picture"
            )
    return Design(**{**design, PICTURE: content, "focus": tuple(focus) if focus else None})


def what_is_wrong(artwork: Artwork) -> list[ArtworkError]:
    """Return what stops the design of ``artwork`` from being drawn in every size: a sentence for each of its parts."""
    layout = layouts().get(artwork.layout)
    try:
        problems = check(drawable(design_of(artwork)))
    except ArtworkError as error:
        problems = [error]
    if layout and layout.needs_picture and artwork.picture and not artwork.picture_alternative:
        problems.append(ArtworkError(UNSAID, field="picture_alternative"))
    found: dict[str, list[ArtworkError]] = {}
    for problem in problems:
        found.setdefault(problem.field, []).append(problem)
    return [_first(same) for same in found.values()]


def _first(problems: list[ArtworkError]) -> ArtworkError:
    """Return the first of what is wrong with one part; the sizes come in order, the one with least room first."""
    first, *others = problems
    return ArtworkError(f"{first} {IN_OTHERS}", field=first.field) if others else first


def picture_bytes(picture: Image | None) -> bytes:
    """Return the file of ``picture``.

    Raises:
        ArtworkError: nobody may use it, or it is not there.
    """
    if picture is None:
        raise ArtworkError("This picture is not there any more. Choose another.", field="picture")
    if why := picture.why_not_used:
        raise ArtworkError(f"{why} Choose another picture.", field="picture")
    try:
        with picture.open_file() as file:
            return bytes(file.read())
    except OSError as missing:
        raise ArtworkError(
            "The file of this picture cannot be read. Choose another picture.", field="picture"
        ) from missing


def _named(picture: Image) -> dict[str, Any]:
    content = picture_bytes(picture)
    return {
        "id": picture.pk,
        "sha256": hashlib.sha256(content).hexdigest(),
        "credit": picture.credit,
        "licence": picture.public_licence,
    }


def _focus(picture: Image | None) -> list[float] | None:
    """Return the part of the picture that matters: left, top, width and height as fractions of the picture."""
    point = picture.get_focal_point() if picture else None
    if picture is None or point is None:
        return None
    across, down = picture.width, picture.height
    return [point.left / across, point.top / down, point.width / across, point.height / down]


def _page_in_words(artwork: Artwork) -> str:
    """Return the address of the campaign's page as people read it: in the language of the artwork, else in English."""
    pages = {page.locale.language_code: page for page in artwork.campaign.pages.select_related("locale")}
    page = pages.get(artwork.language) or pages.get(settings.LANGUAGE_CODE)
    return address(page.url).partition("://")[2].rstrip("/") if page and page.url else ""


def digest_of(design: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a kept design: the same words, picture and layout give the same."""
    return hashlib.sha256(json.dumps(design, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_intact(version: ArtworkVersion) -> bool:
    """Tell whether ``version`` is still what was approved."""
    return digest_of(version.design) == version.digest


def versions_of(artwork: Artwork) -> QuerySet[ArtworkVersion]:
    """Return the versions of ``artwork`` with their files and pictures, the newest first."""
    files = ArtworkFile.objects.order_by("pk")
    return artwork.approved_versions.select_related("picture").prefetch_related(Prefetch("files", queryset=files))


def artworks_of(campaign: Campaign) -> QuerySet[Artwork]:
    """Return the artworks of ``campaign``, each with its versions, the newest first."""
    versions = ArtworkVersion.objects.select_related("picture")
    return campaign.artworks.select_related("picture").prefetch_related(
        Prefetch("approved_versions", queryset=versions)
    )
