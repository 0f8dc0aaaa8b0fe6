"""The calendar between two days: what every room offers, and what clashes in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from campaigns.calendar.clashes import Clash, Inside, at_once, inside, undecided
from campaigns.calendar.entries import Entry, today
from campaigns.calendar.enums import EntryKind
from campaigns.models import CampaignPage, Decision, RestrictedPeriod
from campaigns.registry import calendar_entries
from core.models import User


@dataclass(frozen=True)
class Gathered:
    """What lies between two days."""

    entries: list[Entry]
    clashes: list[Clash] = field(default_factory=list)

    def clashing(self) -> set[tuple[str, str]]:
        """Return the names of the entries that clash with something."""
        return {entry.name for clash in self.clashes for entry in clash.entries}


def entries_between(first: date, last: date) -> list[Entry]:
    """Return the entries of every room that touch the time from ``first`` to ``last``, by their beginning."""
    offered = (entry for _, offer in calendar_entries.items() for entry in offer(first, last))
    touching = (entry for entry in offered if entry.first <= last and entry.last >= first)
    return sorted(touching, key=lambda entry: (entry.span[0], entry.kind, entry.title, entry.key))


def gather(first: date, last: date, *, user: User | None = None) -> Gathered:
    """Return the entries between two days with their clashes. As many queries for a week as for a year.

    With a ``user``, only what they may open has an address.
    """
    entries = entries_between(first, last)
    entries = entries if user is None else openable(entries, user)
    within = inside_of(RestrictedPeriod.objects.touching(first, last), entries)
    clashes = [*undecided(within), *at_once(entries)]
    return Gathered(entries, clashes)


def openable(entries: Iterable[Entry], user: User) -> list[Entry]:
    """Return ``entries`` without the addresses that ``user`` may not open."""
    return [entry if user.has_perm(entry.permission) else replace(entry, url="") for entry in entries]


def inside_of(periods: Iterable[RestrictedPeriod], entries: Iterable[Entry]) -> list[Inside]:
    """Return what of ``entries`` falls into ``periods`` and needs a decision, each with the one that stands."""
    found = list(periods)
    decisions = Decision.objects.standing().filter(period__in=found).select_related("by") if found else []
    return list(inside(entries, found, decisions))


def inside_period(period: RestrictedPeriod, *, user: User) -> list[Inside]:
    """Return what falls into ``period`` and needs a decision, pages in review among it, the undecided first."""
    entries = [*entries_between(period.starts, period.ends), *pages_in_review()]
    found = inside_of([period], openable(entries, user))
    return sorted(found, key=lambda one: one.decision is not None)


def pages_in_review() -> list[Entry]:
    """Return the pages that wait for approval, each at the moment at which an approval now would publish it."""
    now = timezone.now()
    states = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(), status=WorkflowState.STATUS_IN_PROGRESS
    )
    found = states.values_list("object_id", "current_task_state__revision__content__go_live_at")
    times = {int(key): parse_datetime(moment or "") or now for key, moment in found}
    pages, codes = list(Page.objects.filter(pk__in=times).order_by("pk")), campaigns_of(times)
    return [
        _approved_now(page, max(times[page.pk], now), codes.get(page.pk, ""), state="Waits for approval")
        for page in pages
    ]


def draft_of(key: UUID, *, user: User) -> Entry | None:
    """Return the page with this key as its newest draft would go live; None where ``user`` may not edit it."""
    page = Page.objects.filter(translation_key=key, alias_of=None).order_by("pk").first()
    if page is None or not page.permissions_for_user(user).can_edit():
        return None
    now, draft = timezone.now(), page.get_latest_revision_as_object()
    return _approved_now(page, max(draft.go_live_at or now, now), campaigns_of([page.pk]).get(page.pk, ""))


def _approved_now(page: Page, moment: datetime, campaign: str, *, state: str = "Draft") -> Entry:
    return Entry(
        kind=EntryKind.PAGE,
        key=str(page.translation_key),
        title=page.get_admin_display_title(),
        starts=moment,
        ends=moment,
        state=state,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        permission="wagtailadmin.access_admin",
        needs_decision=True,
        campaign=campaign,
    )


def campaigns_of(pages: Iterable[int]) -> dict[int, str]:
    """Return the code of the campaign that each of ``pages`` tells of: only its own pages, in any language."""
    return dict(CampaignPage.objects.filter(pk__in=list(pages)).values_list("pk", "campaign__code"))


def undecided_ahead() -> list[Clash]:
    """Return what falls without a decision into a restricted period that has not ended, the soonest period first."""
    periods = list(RestrictedPeriod.objects.filter(ends__gte=today()).order_by("starts", "pk"))
    if not periods:
        return []
    first, last = min(one.starts for one in periods), max(one.ends for one in periods)
    return list(undecided(inside_of(periods, entries_between(first, last))))
