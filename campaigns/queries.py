"""What others ask about campaigns."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignIndexPage, CampaignPage, CampaignPageQuerySet
from core.models import Image

CARD_PICTURE = "fill-640x360"  # what components/card.html draws


@dataclass(frozen=True)
class Card:
    """A campaign page as lists draw it."""

    title: str
    url: str
    summary: str
    meta: str
    image: Image | None


@dataclass(frozen=True)
class Section:
    """One heading of the list of campaigns and the pages under it."""

    heading: str
    cards: list[Card]


def live_campaign_pages() -> CampaignPageQuerySet:
    """Return the campaign pages that anybody may read, with their campaign and picture, newest campaign first."""
    pictures = Image.objects.prefetch_renditions(CARD_PICTURE)
    pages = CampaignPage.objects.live().unrestricted().select_related("campaign").defer_streamfields()
    return pages.prefetch_related(Prefetch("hero_image", queryset=pictures)).order_by(
        "-campaign__starts", "campaign__title", "pk"
    )


def on_now(today: date | None = None) -> CampaignPageQuerySet:
    """Return the live pages of campaigns that run today, or on the day given."""
    return live_campaign_pages().on(today or timezone.localdate())


def card(page: CampaignPage) -> Card:
    """Return the page as lists draw it."""
    return Card(
        title=page.listing_title or page.title,
        url=page.url or "",
        summary=page.listing_summary or page.summary,
        meta=page.campaign.dates,
        image=page.hero_image,
    )


def by_time(index: CampaignIndexPage, today: date | None = None) -> list[Section]:
    """Return the live pages under ``index`` in three sections; one without pages is left out.

    What is on comes first, then what is coming, soonest first, then what has been, latest first.
    """
    day = today or timezone.localdate()
    pages = list(live_campaign_pages().child_of(index))
    sections = {
        _("On now"): [page for page in pages if page.campaign.starts <= day <= page.campaign.ends],
        _("Coming up"): [page for page in reversed(pages) if page.campaign.starts > day],
        _("Past campaigns"): [page for page in pages if page.campaign.ends < day],
    }
    return [Section(heading, [card(page) for page in found]) for heading, found in sections.items() if found]
