"""What others ask about campaigns."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from campaigns.models import CampaignIndexPage, CampaignPage, CampaignPageQuerySet
from core.models import Image

CARD_PICTURE = "fill-640x360"
OTHERS_SHOWN = 3


@dataclass(frozen=True)
class Section:
    """One heading of the list of campaigns and the pages under it."""

    heading: str
    pages: list[CampaignPage]


def live_campaign_pages() -> CampaignPageQuerySet:
    """Return the campaign pages that anybody may read, with their campaign and picture, newest campaign first."""
    pictures = Image.objects.prefetch_renditions(CARD_PICTURE)
    pages = CampaignPage.objects.live().public().select_related("campaign").defer_streamfields()
    return pages.prefetch_related(Prefetch("hero_image", queryset=pictures)).order_by(
        "-campaign__starts", "campaign__title", "pk"
    )


def on_now(today: date | None = None) -> CampaignPageQuerySet:
    """Return the live pages of campaigns that run today, or on the day given."""
    return live_campaign_pages().on(today or timezone.localdate())


def others_on_now(page: CampaignPage) -> list[CampaignPage]:
    """Return a few other campaigns that run today, for the foot of a campaign's page."""
    return list(on_now().filter(locale=page.locale_id).exclude(campaign=page.campaign_id)[:OTHERS_SHOWN])


def by_time(index: CampaignIndexPage, today: date | None = None) -> list[Section]:
    """Return the live pages under ``index`` as three sections; one without pages is left out.

    What is on comes first, then what is coming, soonest first, then what has been, latest first.
    """
    day = today or timezone.localdate()
    pages = list(live_campaign_pages().child_of(index))
    running = [page for page in pages if page.campaign.starts <= day <= page.campaign.ends]
    coming = [page for page in reversed(pages) if page.campaign.starts > day]
    past = [page for page in pages if page.campaign.ends < day]
    sections = [Section("On now", running), Section("Coming up", coming), Section("Past campaigns", past)]
    return [section for section in sections if section.pages]
