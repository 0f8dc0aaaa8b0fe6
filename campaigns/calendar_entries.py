"""What the campaigns room has in the calendar: campaigns, pages at a set time, awareness dates, restricted periods."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from wagtail.models import Page, Revision, get_default_page_content_type

from campaigns.calendar.awareness import days_between
from campaigns.calendar.entries import Claim, Entry, midnight
from campaigns.calendar.enums import EntryKind, Rule
from campaigns.calendar.gathering import campaigns_of
from campaigns.enums import Stage
from campaigns.models import AwarenessDate, Campaign, Placement, RestrictedPeriod
from campaigns.registry import calendar_entries
from campaigns.stages import with_stages
from core.enums import Channel


@calendar_entries.offer("campaigns.campaigns")
def campaigns(first: date, last: date) -> Iterator[Entry]:
    """Offer campaigns by their days, each with whom its plan speaks to and the channels that it uses."""
    planned = Campaign.objects.prefetch_related("audiences", "activities", "placements")
    running: Iterable[Any] = with_stages(planned.filter(starts__lte=last, ends__gte=first))
    for campaign in running:
        yield Entry(
            kind=EntryKind.CAMPAIGN,
            key=campaign.code,
            title=campaign.title,
            starts=campaign.starts,
            ends=campaign.ends,
            state=str(Stage(campaign.stage).label),
            url=reverse("campaigns:edit", args=[campaign.pk]),
            permission="campaigns.change_campaign",
            needs_decision=not campaign.is_closed,
            campaign=campaign.code,
            claims=() if campaign.is_closed else (*_audiences(campaign), *_channels(campaign)),
        )


def _audiences(campaign: Campaign) -> Iterator[Claim]:
    """Go through whom a plan speaks to; audiences that are not targeted are everybody, whatever they are called."""
    for audience in campaign.audiences.all():
        if audience.is_targeted:
            yield Claim(Rule.AUDIENCE, audience.name.casefold(), audience.name)
    if any(not audience.is_targeted for audience in campaign.audiences.all()):
        yield Claim(Rule.AUDIENCE, "", "everybody")


def _channels(campaign: Campaign) -> Iterator[Claim]:
    """Go through the channels of the plan and of placements. Every campaign has its page, so the website is none."""
    used = {row.channel for row in campaign.activities.all()} | {row.channel for row in campaign.placements.all()}
    yield from (Claim(Rule.CHANNEL, channel, str(Channel(channel).label)) for channel in sorted(used - {Channel.WEB}))


@calendar_entries.offer("campaigns.placements")
def placements(first: date, last: date) -> Iterator[Entry]:
    """Offer placements by their days. Their channel is their campaign's to claim."""
    running = Placement.objects.filter(starts__lte=last, ends__gte=first)
    for placement in running.select_related("campaign"):
        yield Entry(
            kind=EntryKind.PLACEMENT,
            key=placement.code,
            title=f"{placement.title} ({placement.campaign})",
            starts=placement.starts,
            ends=placement.ends,
            state=str(Channel(placement.channel).label),
            url=reverse("campaigns:placement", args=[placement.pk]),
            permission="campaigns.view_placement",
            needs_decision=not placement.campaign.is_closed,
            campaign=placement.campaign.code,
            is_sample=placement.is_sample,
        )


@calendar_entries.offer("campaigns.pages")
def pages(first: date, last: date) -> Iterator[Entry]:
    """Offer pages of every room that go live, or come down, at a set time."""
    moments = midnight(first), midnight(last + timedelta(days=1))
    going_live = _going_live(moments)
    taken_down = Page.objects.filter(live=True, expire_at__gte=moments[0], expire_at__lt=moments[1])
    several = [
        *((page, moment, True) for page, moment in going_live),
        *((page, page.expire_at, False) for page in taken_down),
    ]
    codes = campaigns_of([page.pk for page, _, _ in several])
    for page, moment, goes_live in several:
        yield Entry(
            kind=EntryKind.PAGE,
            key=str(page.translation_key) if goes_live else f"{page.translation_key} down",
            title=page.get_admin_display_title(),
            starts=moment,
            ends=moment,
            state="Goes live" if goes_live else "Comes down",
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            permission="wagtailadmin.access_admin",
            needs_decision=goes_live,
            campaign=codes.get(page.pk, ""),
        )


def _going_live(moments: tuple[datetime, datetime]) -> list[tuple[Page, datetime]]:
    approved = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        approved_go_live_at__gte=moments[0],
        approved_go_live_at__lt=moments[1],
    )
    times = {int(key): moment for key, moment in approved.values_list("object_id", "approved_go_live_at")}
    return [(page, times[page.pk]) for page in Page.objects.filter(pk__in=times)]


@calendar_entries.offer("campaigns.awareness")
def awareness(first: date, last: date) -> Iterator[Entry]:
    """Offer awareness dates: by their rule in any year, or as they were announced for one."""
    for one in AwarenessDate.objects.prefetch_related("announced"):
        for starts, ends in days_between(one, first, last):
            yield Entry(
                kind=EntryKind.AWARENESS,
                key=f"{one.pk}-{starts.year}",
                title=one.name,
                starts=starts,
                ends=ends,
                url=reverse("awareness_dates:edit", args=[one.pk]),
                permission="campaigns.change_awarenessdate",
            )


@calendar_entries.offer("campaigns.periods")
def periods(first: date, last: date) -> Iterator[Entry]:
    """Offer restricted periods."""
    for period in RestrictedPeriod.objects.touching(first, last):
        yield Entry(
            kind=EntryKind.PERIOD,
            key=str(period.pk),
            title=period.name,
            starts=period.starts,
            ends=period.ends,
            state=period.get_kind_display(),
            url=reverse("restricted_period", args=[period.pk]),
            permission="campaigns.view_calendar",
            is_sample=period.is_sample,
        )
