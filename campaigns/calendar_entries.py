"""What the campaigns room has in the calendar: campaigns, pages at a set time, awareness dates, restricted periods."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from wagtail.models import Page, Revision, get_default_page_content_type

from campaigns.calendar.awareness import days_between
from campaigns.calendar.entries import Entry, midnight
from campaigns.calendar.enums import EntryKind
from campaigns.calendar.gathering import campaigns_of
from campaigns.enums import Stage
from campaigns.models import AwarenessDate, Campaign, RestrictedPeriod
from campaigns.registry import calendar_entries
from campaigns.stages import with_stages


@calendar_entries.offer("campaigns.campaigns")
def campaigns(first: date, last: date) -> Iterator[Entry]:
    """Offer campaigns by their days."""
    running: Iterable[Any] = with_stages(Campaign.objects.filter(starts__lte=last, ends__gte=first))
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
