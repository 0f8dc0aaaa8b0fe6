"""Three posters of the demonstration. The worker makes their files once the site runs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from campaigns.actions.artwork import new_version
from campaigns.demo.placements import FIVE_DAYS, WEEK
from campaigns.demo.words import CAMPAIGNS
from campaigns.enums import ReviewState
from campaigns.models import Artwork, ArtworkFile, ArtworkVersion, CampaignPage, Placement
from campaigns.queries.artwork import design_of
from core.demonstration import Chapter, chapters


@dataclass(frozen=True, kw_only=True)
class Poster:
    """One artwork: whose, in which language, and what is not on the campaign's page."""

    campaign: str
    language: str
    layout: str
    shows: str
    action: str = ""
    placement: str = ""


POSTERS = (
    Poster(
        campaign=WEEK,
        language="en",
        layout="picture-above-words",
        shows="Five waves in five colours, one behind the other",
        action="Tell somebody. You will be believed.",
        placement="demo-bus-shelter",
    ),
    Poster(
        campaign=FIVE_DAYS,
        language="en",
        layout="words-on-picture",
        shows="Five waves in five colours, one behind the other",
    ),
    Poster(
        campaign=FIVE_DAYS,
        language="ur",
        layout="words-on-picture",
        shows="پانچ رنگوں کی پانچ لہریں، ایک کے پیچھے ایک",
    ),
)


def load(done: Callable[[str], None]) -> None:
    """Make each poster of a campaign that is there and open, and leave alone the one that stands already."""
    for poster in POSTERS:
        pages = CampaignPage.objects.filter(campaign__code=poster.campaign, campaign__closed_on=None, alias_of=None)
        page = pages.filter(locale__language_code=poster.language, live=True).first()
        if page and not Artwork.objects.filter(campaign=page.campaign, language=poster.language).exists():
            _make(poster, page)
        done(f"Poster: {poster.campaign}, {poster.language}")


@transaction.atomic
def _make(poster: Poster, page: CampaignPage) -> None:
    artwork = Artwork(
        campaign=page.campaign,
        title="Poster",
        code="poster",
        language=poster.language,
        layout=poster.layout,
        picture=page.hero_image,
        picture_alternative=poster.shows,
        placement=Placement.objects.filter(code=poster.placement).first(),
        headline=page.title,
        text=page.summary,
        action=poster.action,
        state=ReviewState.APPROVED,
        submitted_at=timezone.now(),
    )
    artwork.frozen = design_of(artwork)
    artwork.save()
    new_version(artwork, by=None)


def remove() -> None:
    """Take away every artwork of the three campaigns, which go too."""
    artworks = Artwork.objects.filter(campaign__code__in=[words.code for words in CAMPAIGNS])
    ArtworkFile.objects.filter(version__artwork__in=artworks).delete()
    ArtworkVersion.objects.filter(artwork__in=artworks).delete()
    artworks.delete()


chapters.offer("campaigns-artwork")(Chapter(order=64, steps=len(POSTERS), load=load, remove=remove))
