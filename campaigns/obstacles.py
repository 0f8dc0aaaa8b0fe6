"""Why a page cannot be approved yet: a restricted period, and nobody has decided that it may be seen in it."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from wagtail.models import Page

from campaigns.calendar.entries import in_britain, today
from campaigns.calendar.enums import EntryKind
from campaigns.models import Campaign, CampaignPage, Decision, RestrictedPeriod
from core.approvals.registry import obstacles
from core.models import BasePage


@obstacles.offer("campaigns.restricted_periods")
def restricted_periods(page: Page) -> Iterator[str]:
    """Say which restricted periods ``page`` would go live in, or its campaign runs in, without a decision.

    A decision about a campaign covers the campaign's own pages; what else belongs to it is decided one by one.
    """
    periods = list(RestrictedPeriod.objects.filter(ends__gte=today()).order_by("starts", "pk"))
    if not periods:
        return
    names = Decision.objects.standing().filter(period__in=periods).values_list("period_id", "kind", "key")
    decided, campaign = set(names), _campaign_of(page)
    of_campaign = (str(EntryKind.CAMPAIGN), campaign.code if campaign else "")
    of_page = (str(EntryKind.PAGE), str(page.translation_key))
    for period in periods:
        campaign_decided = (period.pk, *of_campaign) in decided
        page_decided = (period.pk, *of_page) in decided or (campaign_decided and isinstance(page, CampaignPage))
        if campaign and not campaign_decided and _runs_in(campaign, period):
            yield _sentence(f"Its campaign, “{campaign}”, runs", period, "the campaign")
        elif not page_decided and period.starts <= _goes_live(page) <= period.ends:
            yield _sentence("It would go live", period, "the page")


def _campaign_of(page: Page) -> Campaign | None:
    code = page.belongs_to() if isinstance(page, BasePage) else ""
    return Campaign.objects.filter(code=code, closed_on=None).first() if code else None


def _runs_in(campaign: Campaign, period: RestrictedPeriod) -> bool:
    return campaign.starts <= period.ends and campaign.ends >= period.starts


def _goes_live(page: Page) -> date:
    """Return the day on which an approval now would put ``page`` before the public."""
    now = timezone.now()
    return in_britain(max(page.go_live_at or now, now)).date()


def _sentence(what: str, period: RestrictedPeriod, about: str) -> str:
    return (
        f"{what} in the restricted period “{period}” ({period.days}). A manager has to record first that it may, as a "
        f"decision about {about}: choose Calendar, Restricted periods, “{period}”."
    )
