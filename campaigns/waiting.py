"""What waits for those who run campaigns."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.calendar.entries import today as day_in_britain
from campaigns.calendar.gathering import undecided_ahead
from campaigns.enums import MailingState, ReviewState
from campaigns.languages import language_name
from campaigns.models import (
    Artwork,
    ArtworkVersion,
    Campaign,
    CampaignPage,
    Evaluation,
    Kit,
    Mailing,
    UpdatesSettings,
)
from campaigns.queries.decisions import may_decide
from campaigns.queries.reviewing import approves
from campaigns.queries.updates import wordings_to_approve
from core.enums import MakingState
from core.models import User
from core.waiting import MOST, Waiting, ago, edit_address, waiting

SOON = timedelta(days=14)


@waiting.offer("campaigns.campaigns")
def campaigns_that_end_or_begin(user: User) -> Iterable[Waiting]:
    """Find campaigns that end within two weeks, and those that begin by then or run without a published page."""
    if not user.has_perm("campaigns.change_campaign"):
        return
    today = timezone.localdate()
    live = CampaignPage.objects.filter(campaign=OuterRef("pk"), live=True)
    running = Campaign.objects.filter(ends__gte=today, starts__lte=today + SOON, closed_on=None)
    for campaign in running.annotate(is_out=Exists(live)).order_by("ends", "pk")[:MOST]:
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
    if not may_decide(user):
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


@waiting.offer("campaigns.evaluations")
def evaluations(user: User) -> Iterable[Waiting]:
    """Find evaluations that wait for this user's approval, those sent back, and closed campaigns without any."""
    if approves(user, Evaluation):
        yield from _to_approve(user)
    if user.has_perm("campaigns.change_evaluation"):
        yield from _to_write()


def _to_approve(user: User) -> Iterable[Waiting]:
    sent_in = Evaluation.objects.filter(state=ReviewState.SUBMITTED).exclude(writers=user)
    for found in sent_in.select_related("campaign").order_by("submitted_at")[:MOST]:
        yield Waiting(
            what="Evaluation to approve",
            title=found.campaign.title,
            url=reverse("campaigns:approve_evaluation", args=[found.campaign_id]),
            when=_since(found.submitted_at),
        )


def _since(submitted_at: datetime | None) -> str:
    return f"sent in {ago(submitted_at)}" if submitted_at else ""


def _to_write() -> Iterable[Waiting]:
    done = Evaluation.objects.filter(campaign=OuterRef("pk")).exclude(state=ReviewState.DRAFT)
    back = Evaluation.objects.filter(campaign=OuterRef("pk")).exclude(sent_back="").values("sent_back")[:1]
    closed = Campaign.objects.filter(closed_on__isnull=False).annotate(why=Subquery(back))
    for campaign in closed.filter(~Exists(done) | Q(why__isnull=False)).order_by("closed_on", "pk")[:MOST]:
        since = f"closed on {date_format(campaign.closed_on, 'j F Y')}" if campaign.closed_on else ""
        yield Waiting(
            what="Evaluation sent back" if campaign.why else "Campaign to evaluate",
            title=campaign.title,
            url=reverse("campaigns:evaluation", args=[campaign.pk]),
            when=campaign.why or since,
        )


@waiting.offer("campaigns.artwork")
def artwork(user: User) -> Iterable[Waiting]:
    """Find artwork that waits for this user's approval, that was sent back, and of which the worker made no files."""
    if approves(user, Artwork):
        sent_in = Artwork.objects.filter(state=ReviewState.SUBMITTED, campaign__closed_on=None).exclude(writers=user)
        for found in sent_in.select_related("campaign").order_by("submitted_at")[:MOST]:
            yield _of_artwork("Artwork to approve", found, "approve_artwork", _since(found.submitted_at))
    if not user.has_perm("campaigns.change_artwork"):
        return
    back = Artwork.objects.filter(state=ReviewState.DRAFT, campaign__closed_on=None).exclude(sent_back="")
    for found in back.select_related("campaign").order_by("pk")[:MOST]:
        yield _of_artwork("Artwork sent back", found, "change_artwork", found.sent_back)
    refused = ArtworkVersion.objects.current().filter(making=MakingState.REFUSED)
    for version in refused.select_related("artwork__campaign").order_by("approved_at")[:MOST]:
        yield _of_artwork("Artwork not made", version.artwork, "artwork", version.problem)


def _of_artwork(what: str, found: Artwork, leads_to: str, when: str) -> Waiting:
    title = f"{found}, in {language_name(found.language)}, of {found.campaign}"
    return Waiting(what=what, title=title, url=reverse(f"campaigns:{leads_to}", args=[found.pk]), when=when)


@waiting.offer("campaigns.kits")
def kits(user: User) -> Iterable[Waiting]:
    """Find share kits that wait for this user's approval, and those sent back."""
    open_ones = Kit.objects.filter(campaign__closed_on=None).select_related("campaign")
    if approves(user, Kit):
        sent_in = open_ones.filter(state=ReviewState.SUBMITTED).exclude(writers=user)
        for kit in sent_in.order_by("submitted_at")[:MOST]:
            yield _of_kit("Share kit to approve", kit, "approve_kit", _since(kit.submitted_at))
    if user.has_perm("campaigns.change_kit"):
        for kit in open_ones.filter(state=ReviewState.DRAFT).exclude(sent_back="").order_by("pk")[:MOST]:
            yield _of_kit("Share kit sent back", kit, "write_kit", kit.sent_back)


@waiting.offer("campaigns.mailings")
def mailings(user: User) -> Iterable[Waiting]:
    """Find mailings that wait for this user's approval, those sent back, and those with something in the way."""
    open_ones = Mailing.objects.filter(campaign__closed_on=None).select_related("campaign")
    decides = approves(user, Mailing)
    if decides:
        for found in open_ones.filter(state=MailingState.SUBMITTED).exclude(writers=user).order_by("pk")[:MOST]:
            yield _of_mailing("Mailing to approve", found, "approve_mailing", _since(found.submitted_at))
    if not decides and not user.has_perm("campaigns.change_mailing"):
        return
    for found in open_ones.filter(state=MailingState.DRAFT).exclude(sent_back="").order_by("pk")[:MOST]:
        yield _of_mailing("Mailing sent back", found, "write_mailing", found.sent_back)
    in_the_way = Mailing.objects.exclude(fault="").exclude(state__in=[MailingState.SENT, MailingState.CANCELLED])
    for found in in_the_way.select_related("campaign").order_by("pk")[:MOST]:
        is_late = found.state == MailingState.UNKNOWN
        what = "Mailing of which it is not known whether it went" if is_late else "Mailing with something in the way"
        yield _of_mailing(what, found, "mailing", found.fault, is_late=is_late)


def _of_mailing(what: str, found: Mailing, leads_to: str, when: str, *, is_late: bool = False) -> Waiting:
    url = reverse(f"campaigns:{leads_to}", args=[found.pk])
    return Waiting(what=what, title=f"{found}, of {found.campaign}", url=url, when=when, is_late=is_late)


def _of_kit(what: str, kit: Kit, leads_to: str, when: str) -> Waiting:
    url = reverse(f"campaigns:{leads_to}", args=[kit.campaign_id])
    return Waiting(what=what, title=kit.campaign.title, url=url, when=when)


@waiting.offer("campaigns.sign_ups")
def sign_ups(user: User) -> Iterable[Waiting]:
    """Find what keeps sign-ups from Mailchimp, for who can mend it, and wordings that wait for this user's approval."""
    if user.has_perm("campaigns.change_updatessettings"):
        for row in UpdatesSettings.objects.exclude(problem="").select_related("audience"):
            since = f"since {date_format(row.problem_since, 'j F Y')}. " if row.problem_since else ""
            yield Waiting(
                what="Signing up is held up",
                title=str(row),
                url=reverse("updates"),
                when=f"{since}{row.problem}",
                is_late=True,
            )
    if user.has_perm("campaigns.approve_consentwording"):
        for wording in wordings_to_approve().exclude(written_by=user)[:MOST]:
            yield Waiting(
                what="Wording to approve",
                title=str(wording),
                url=reverse("updates"),
                when=f"written {ago(wording.written_at)}",
            )
