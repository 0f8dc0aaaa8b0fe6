"""Who decides what may go out in a restricted period, and what lacks a decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from wagtail.models import Page

from campaigns.calendar.entries import in_britain, today
from campaigns.calendar.enums import EntryKind
from campaigns.models import Campaign, CampaignPage, Decision, RestrictedPeriod
from core.approvals.duty import is_on_duty
from core.approvals.queries import approves
from core.models import BasePage, User

DECIDES = "campaigns.add_decision"


@dataclass(frozen=True)
class Lack:
    """A decision that nobody has recorded yet: in which period, about what, and why it is needed."""

    period: RestrictedPeriod
    kind: EntryKind
    key: str
    why: str

    @property
    def sentence(self) -> str:
        """What is told to whoever would approve."""
        about = "the campaign" if self.kind == EntryKind.CAMPAIGN else "the page"
        return (
            f"{self.why} in the restricted period “{self.period}” ({self.period.days}). A manager has to record first "
            f"that it may, as a decision about {about}: in the menu at the top of the page, or under Calendar, "
            "Restricted periods."
        )


def may_decide(user: User) -> bool:
    """Tell whether ``user`` decides: a manager or who stands in for one; who is on duty, for what cannot wait."""
    return user.has_perm(DECIDES) or approves(user) or is_on_duty(user)


def lacking(page: Page) -> Iterator[Lack]:
    """Go through the restricted periods that ``page`` would go live in, or its campaign runs in, without a decision.

    A decision about a campaign covers the campaign's own pages; what else belongs to it is decided one by one.
    """
    periods = list(RestrictedPeriod.objects.filter(ends__gte=today()).order_by("starts", "pk"))
    if not periods:
        return
    names = Decision.objects.standing().filter(period__in=periods).values_list("period_id", "kind", "key")
    decided, campaign = set(names), _campaign_of(page)
    of_campaign = (EntryKind.CAMPAIGN, campaign.code if campaign else "")
    of_page = (EntryKind.PAGE, str(page.translation_key))
    for period in periods:
        campaign_decided = (period.pk, *of_campaign) in decided
        page_decided = (period.pk, *of_page) in decided or (campaign_decided and isinstance(page, CampaignPage))
        if campaign and not campaign_decided and _runs_in(campaign, period):
            yield Lack(period, *of_campaign, f"Its campaign, “{campaign}”, runs")
        elif not page_decided and period.starts <= _goes_live(page) <= period.ends:
            yield Lack(period, *of_page, "It would go live")


def _campaign_of(page: Page) -> Campaign | None:
    code = page.belongs_to() if isinstance(page, BasePage) else ""
    return Campaign.objects.filter(code=code, closed_on=None).first() if code else None


def _runs_in(campaign: Campaign, period: RestrictedPeriod) -> bool:
    return campaign.starts <= period.ends and campaign.ends >= period.starts


def _goes_live(page: Page) -> date:
    """Return the day on which an approval now would put ``page`` before the public."""
    now = timezone.now()
    return in_britain(max(page.go_live_at or now, now)).date()
