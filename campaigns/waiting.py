"""What waits for those who run campaigns."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.calendar.entries import today as day_in_britain
from campaigns.calendar.gathering import undecided_ahead
from campaigns.models import Campaign, CampaignPage
from core.models import User
from core.waiting import MOST, Waiting, edit_address, waiting

SOON = timedelta(days=14)


@waiting.offer("campaigns.campaigns")
def campaigns_that_end_or_begin(user: User) -> Iterable[Waiting]:
    """Find campaigns that end within two weeks, and those that begin by then or run without a published page."""
    if not user.has_perm("campaigns.change_campaign"):
        return
    today = timezone.localdate()
    live = CampaignPage.objects.filter(campaign=OuterRef("pk"), live=True)
    running = Campaign.objects.filter(ends__gte=today, starts__lte=today + SOON).annotate(is_out=Exists(live))
    for campaign in running.order_by("ends", "pk")[:MOST]:
        url = edit_address(campaign)
        if not campaign.is_out:
            yield Waiting(
                what="Campaign without a page",
                title=campaign.title,
                url=url,
                when=f"begins {date_format(campaign.starts, 'j F Y')}; its page is not published",
                is_late=campaign.starts <= today,
            )
        elif campaign.ends <= today + SOON:
            yield Waiting(
                what="Campaign ending", title=campaign.title, url=url, when=date_format(campaign.ends, "j F Y")
            )


@waiting.offer("campaigns.restricted_periods")
def inside_restricted_periods(user: User) -> Iterable[Waiting]:
    """Find what falls into a restricted period that has not ended, and that nobody has decided about."""
    if not user.has_perm("campaigns.add_decision"):
        return
    for clash in undecided_ahead()[:MOST]:
        if clash.inside:
            period = clash.inside.period
            yield Waiting(
                what="Restricted period",
                title=clash.inside.entry.title,
                url=reverse("restricted_period", args=[period.pk]),
                when=f"falls into “{period}”, {period.days}; nobody has decided that it may",
                is_late=period.starts <= day_in_britain(),
            )
