"""Three placements of the awareness week. Where they hang and who came by them is invented, and says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.actions.placements import add_placement
from campaigns.demo.words import CAMPAIGNS
from campaigns.models import PAGE_KEY, Campaign, CampaignPage, Placement, PlacementTarget
from core.demonstration import SAMPLE_PREFIX, Chapter, chapters
from core.enums import Channel
from core.languages.trees import in_english
from reach.actions import add
from reach.enums import Metric
from reach.models import Count

WEEK, FIVE_DAYS = "no-place-for-hate", "five-days-one-message"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One placement: what it is, the campaign whose page it leads to, and how many came on each day from its first."""

    code: str
    title: str
    channel: Channel
    place: str
    copies: int
    arrivals: tuple[int, ...]
    language: str = "en"
    leads_to: str = WEEK


PLACEMENTS = (
    Shown(
        code=f"{SAMPLE_PREFIX}bus-shelter",
        title="Poster in a bus shelter",
        channel=Channel.OUTDOOR,
        place="A shelter on the road between Dewsbury and Huddersfield, invented",
        copies=1,
        arrivals=(6, 4, 9, 7, 8, 5, 7, 3),
    ),
    Shown(
        code=f"{SAMPLE_PREFIX}library-leaflet",
        title="Leaflet in libraries",
        channel=Channel.PRINT,
        place="The counters of the libraries",
        copies=4000,
        arrivals=(2, 0, 11, 14, 9, 12, 8, 4),
    ),
    Shown(
        code=f"{SAMPLE_PREFIX}urdu-poster",
        title="Poster in Urdu",
        channel=Channel.PARTNER,
        place="The notice board of a community centre, invented",
        copies=12,
        arrivals=(3, 5, 4, 6, 7, 5, 4, 2),
        language="ur",
        leads_to=FIVE_DAYS,
    ),
)
CODES = [shown.code for shown in PLACEMENTS]


def load(done: Callable[[str], None]) -> None:
    """Make each placement with its arrivals up to today, and leave alone the one that stands already."""
    campaign = Campaign.objects.filter(code=WEEK, closed_on=None).first()
    for shown in PLACEMENTS:
        page = in_english(CampaignPage.objects).filter(campaign__code=shown.leads_to).first()
        if campaign and page and not Placement.objects.filter(code=shown.code).exists():
            _make(shown, campaign, page)
        done(shown.title)


@transaction.atomic
def _make(shown: Shown, campaign: Campaign, page: CampaignPage) -> None:
    placement = Placement(
        campaign=campaign,
        code=shown.code,
        title=shown.title,
        channel=shown.channel,
        language=shown.language,
        place=shown.place,
        starts=campaign.starts,
        ends=campaign.ends,
        copies=shown.copies,
    )
    add_placement(placement=placement, page=page, by=None)
    for after, quantity in enumerate(shown.arrivals):
        day = campaign.starts + timedelta(days=after)
        if quantity and day <= timezone.localdate():
            add(
                day=day,
                page_key=f"{PAGE_KEY}{page.translation_key}",
                campaign_code=campaign.code,
                metric=Metric.ARRIVALS,
                channel=shown.channel,
                placement_code=shown.code,
                quantity=quantity,
                is_sample=True,
            )


def remove() -> None:
    """Take away every placement of the three campaigns, which go too, and the arrivals that were invented."""
    placements = Placement.objects.filter(campaign__code__in=[words.code for words in CAMPAIGNS])
    PlacementTarget.objects.filter(placement__in=placements).delete()
    placements.delete()
    Count.objects.filter(placement_code__in=CODES, is_sample=True).delete()


chapters.offer("campaigns-placements")(Chapter(order=31, steps=len(PLACEMENTS), load=load, remove=remove))
