"""What the kit of a campaign holds now, for everybody or with the link of one partner."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from campaigns.artwork.sizes import SIZES
from campaigns.enums import ReviewState
from campaigns.kits.channels import CHANNELS, LINK, KitChannel, Length
from campaigns.languages import direction, language_name, languages
from campaigns.models import ArtworkFile, ArtworkVersion, Campaign, CampaignPage, Kit, Placement
from campaigns.queries.artwork import is_intact
from core.enums import Channel, MakingState
from core.sharing import address


@dataclass(frozen=True)
class Post:
    """One text: its pieces before and after each link, all of it with the link, and how long that makes it."""

    channel: KitChannel
    pieces: list[str]
    text: str
    length: Length


@dataclass(frozen=True)
class Poster:
    """One artwork that is out: its files, one of them to show, and its words for who does not see it."""

    title: str
    version: int
    alternative: str
    credit: str
    files: list[tuple[str, ArtworkFile]]

    @property
    def shown(self) -> ArtworkFile:
        """The file that the page shows: the square post, else the smallest."""
        files = [file for _, file in self.files]
        return next((file for file in files if file.size == "square"), files[0])


@dataclass(frozen=True)
class Part:
    """What a kit holds in one language."""

    code: str
    name: str
    direction: str
    posters: list[Poster]
    posts: list[Post]


@dataclass(frozen=True)
class Contents:
    """All of a kit."""

    campaign: Campaign
    placement: Placement | None
    link: str
    hashtags: str
    parts: list[Part]

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that the kit holds: the same contents give the same."""
        said: Any = [self.campaign.title, str(self.campaign.starts), str(self.campaign.ends), self.link, self.hashtags]
        for part in self.parts:
            said += [part.code, [[post.channel.key, post.text] for post in part.posts]]
            for poster in part.posters:
                said += [poster.title, poster.version, poster.alternative, poster.credit]
                said += [[file.name, file.sha256] for _, file in poster.files]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def kit_in_force(campaign: Campaign) -> Kit | None:
    """Return the newest approved kit of ``campaign``."""
    return campaign.kits.filter(state=ReviewState.APPROVED).first()


def partner_placements(campaign: Campaign) -> list[Placement]:
    """Return the placements of ``campaign`` that are a partner's, by their titles."""
    return list(campaign.placements.filter(channel=Channel.PARTNER).order_by("title", "pk"))


def english_page(campaign: Campaign) -> CampaignPage | None:
    """Return the page of ``campaign`` in English, which leads on to every other language."""
    pages = CampaignPage.objects.filter(campaign=campaign, alias_of=None)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def page_link(campaign: Campaign) -> str:
    """Return the address of the campaign's page in English."""
    page = english_page(campaign)
    return address(page.url) if page and page.url else ""


def contents_of(campaign: Campaign, kit: Kit, placement: Placement | None) -> Contents:
    """Return what ``kit`` holds now, with the link of ``placement`` or of the campaign's own page."""
    link = placement.address if placement else page_link(campaign)
    posters = _posters(campaign)
    posts = _posts(kit.frozen["texts"], link)
    known = [code for code in languages() if code in posters or code in posts]
    parts = [
        Part(code, language_name(code), direction(code), posters.get(code, []), posts.get(code, [])) for code in known
    ]
    return Contents(campaign, placement, link, kit.frozen["hashtags"], parts)


def _posts(texts: Iterable[dict[str, str]], link: str) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = {}
    for given in texts:
        if channel := CHANNELS.get(given["channel"]):
            text = given["text"]
            found.setdefault(given["language"], []).append(
                Post(channel, text.split(LINK), text.replace(LINK, link), channel.length_of(text, link))
            )
    return found


def _posters(campaign: Campaign) -> dict[str, list[Poster]]:
    """Return the artwork that may be given out now, by language."""
    out = ArtworkVersion.objects.current().filter(artwork__campaign=campaign, making=MakingState.READY)
    found: dict[str, list[Poster]] = {}
    for version in out.select_related("artwork", "picture").prefetch_related("files").order_by("artwork__title", "pk"):
        files = list(version.files.all())
        if version.why_not_given_out() or not is_intact(version) or not files:
            continue
        named = version.design["picture"]
        found.setdefault(version.artwork.language, []).append(
            Poster(
                version.artwork.title,
                version.number,
                version.alternative_text,
                named["credit"] if named else "",
                [(SIZES[file.size].label if file.size in SIZES else file.size, file) for file in files],
            )
        )
    return found
