"""Writing a mailing: begun, written, sent in. Each step is a line of its history."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.actions.closing import refuse_if_closed
from campaigns.actions.placements import add_placement, lead_to
from campaigns.actions.reviewing import in_state, send_in
from campaigns.enums import MailingState
from campaigns.mailings.checking import problems_of
from campaigns.mailings.letter import outgoing
from campaigns.mailings.links import codes_of
from campaigns.mailings.pieces import exchanged
from campaigns.models import Campaign, Mailing, MailingEvent, MailingLink, Placement
from campaigns.models.mailings import LONGEST_CODE
from core.enums import Channel
from core.models import User
from core.pictures.registry import Exchange

BEFORE_MAILCHIMP = (MailingState.DRAFT, MailingState.SUBMITTED, MailingState.APPROVED)
BEGINS_WITH = "mail-"  # so that no code is a word that promises something else, and the list of placements tells


def record(mailing: Mailing, *, words: str, by: User | None, to: MailingState | None = None) -> MailingEvent:
    """Add a line to the history of ``mailing``, which goes on to state ``to`` or stays as it is now.

    A line begins in the state in which the last one ended. Call it inside the transaction that locked the row; whatever
    else was changed of ``mailing`` is saved with it.
    """
    mailing.state = to or mailing.state
    mailing.save()
    last = mailing.events.first()
    return MailingEvent.objects.create(
        mailing=mailing,
        by=by,
        from_state=last.to_state if last else "",
        to_state=mailing.state,
        words=words[:1000],
    )


@transaction.atomic
def begin_mailing(*, campaign: Campaign, name: str, language: str, by: User | None, code: str = "") -> Mailing:
    """Return a new mailing of ``campaign`` with nothing in it; ``code`` is made of its name unless given.

    Raises:
        ClosedCampaignError: the campaign is closed.
        ValidationError: the name or the language is wrong.
    """
    refuse_if_closed(campaign)
    mailing = Mailing(campaign=campaign, name=name, language=language, code=code or _free_code(name))
    mailing.full_clean()
    mailing.save()
    if by:
        mailing.writers.add(by)
    record(mailing, words="Begun.", by=by)
    _log(mailing, "begin_mailing", by)
    return mailing


def _free_code(name: str) -> str:
    """Return a code of ``name`` that neither a mailing nor a placement has."""
    stem = f"{BEGINS_WITH}{slugify(name.replace('_', '-')) or 'letter'}"[: LONGEST_CODE - 4].strip("-")
    taken = {*Mailing.objects.filter(code__startswith=stem).values_list("code", flat=True)}
    taken |= {*Placement.objects.filter(code__startswith=stem).values_list("code", flat=True)}
    likely = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(code for code in likely if code not in taken)


@transaction.atomic
def save_mailing(*, mailing: Mailing, changed: Mapping[str, Any], opened: str, by: User) -> Mailing:
    """Keep what was ``changed`` of a mailing that is being written; how many get it is read from its audience anew.

    ``opened`` is its stamp as it was when the form was opened.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it was sent in meanwhile, or somebody saved it (``overtaken``).
    """
    mailing = _open(mailing)
    if opened != mailing.stamp:
        raise ValidationError(_overtaken(mailing, by), code="overtaken")
    mailing.saved_at, mailing.saved_by = timezone.now(), by
    for name, value in changed.items():
        setattr(mailing, name, value)
    _count(mailing)
    mailing.save()
    mailing.writers.add(by)
    return mailing


def _overtaken(mailing: Mailing, by: User) -> str:
    saved_by = mailing.saved_by
    who = "You, in another window," if saved_by == by else saved_by and (saved_by.get_full_name() or saved_by)
    when = date_format(timezone.localtime(mailing.saved_at), "j F Y, H:i")
    return (
        f"{who or 'Somebody'} saved it on {when}, after you had opened this page. What you typed stands below and is "
        "not saved. “See it as it arrives” shows what was saved, in a tab of its own. Take over from there what should "
        "stay, and save again: then yours takes its place."
    )


def _count(mailing: Mailing) -> None:
    """Let ``mailing`` expect as many recipients as Mailchimp said last."""
    chosen = mailing.segment or mailing.audience
    mailing.expected_recipients = chosen.member_count if chosen else None


@transaction.atomic
def decide_tracking(*, mailing: Mailing, opens: bool, clicks: bool, reason: str, by: User) -> Mailing:
    """Let opens or clicks of a mailing be counted, for a ``reason``, or neither: who decided it stays on record.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it was sent in meanwhile, or something is to be counted and no reason is given.
    """
    mailing = _open(mailing)
    reason = reason.strip()
    counted = " and ".join(what for what, is_on in (("opens", opens), ("clicks", clicks)) if is_on)
    if counted and not reason:
        raise ValidationError({"tracking_reason": "Say why: whoever gets the email may ask."})
    mailing.track_opens, mailing.track_clicks = opens, clicks
    mailing.tracking_reason = reason if counted else ""
    mailing.tracking_decided_by, mailing.tracking_decided_at = by, timezone.now()
    mailing.writers.add(by)
    words = f"Decided to count {counted}. Why: {reason}" if counted else "Decided to count neither opens nor clicks."
    record(mailing, words=words, by=by)
    return mailing


@transaction.atomic
def submit_mailing(*, mailing: Mailing, by: User) -> Mailing:
    """Send a mailing in: all that goes out is kept as it stands now, for a colleague to look at.

    Its links to pages of ours get their placements.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: something is to be mended first, a sentence each, or it is being looked at already.
    """
    mailing = _open(mailing)
    _count(mailing)
    if grave := [problem.sentence for problem in problems_of(mailing) if problem.is_grave]:
        raise ValidationError(grave, code="unfit")
    _make_placements(mailing, by)
    send_in(mailing, frozen=outgoing(mailing), by=by)
    record(mailing, words=f"Sent in, for {mailing.expected_recipients:,} people.", by=by)
    _log(mailing, "submit_mailing", by)
    return mailing


def _make_placements(mailing: Mailing, by: User) -> None:
    campaign = mailing.campaign
    made = {link.page_id: link.placement for link in mailing.links.select_related("placement__campaign")}
    for key, code in codes_of(mailing).items():
        page = Page.objects.get(pk=key)
        if key in made:
            lead_to(placement=made[key], page=page, by=by)  # where it leads already, nothing happens
            continue
        placement = Placement(
            campaign=campaign,
            code=code,
            title=f"Email “{mailing}”: {page}"[:100],
            channel=Channel.EMAIL,
            language=mailing.language,
            place=f"A link in the email “{mailing}”",
            starts=campaign.starts,
            ends=campaign.ends,
        )
        add_placement(placement=placement, page=page, by=by)
        MailingLink.objects.create(mailing=mailing, page=page, placement=placement)


def exchange_in(mailing: Mailing, asked: Exchange) -> None:
    """Put the other picture into ``mailing``, inside the transaction that changes everything.

    What was sent in or approved is to be written again: somebody has to look at it. What is at Mailchimp already, or
    went out, stays as it is.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=mailing.pk)
    if mailing.state not in BEFORE_MAILCHIMP:
        return
    mailing.body = exchanged(mailing, asked)
    mailing.saved_at, mailing.saved_by = timezone.now(), asked.asked_by
    to = MailingState.DRAFT
    if mailing.state != to:
        mailing.frozen, mailing.submitted_at, mailing.digest = {}, None, ""
        mailing.approved_by, mailing.approved_at = None, None
        mailing.sent_back = f"“{asked.picture}” is replaced. Look at it, and send it in again."[:500]
    record(mailing, words=f"The picture “{asked.picture}” gave way to another, or to none.", by=asked.asked_by, to=to)


@transaction.atomic
def delete_mailing(*, mailing: Mailing, by: User) -> None:
    """Delete a mailing that was never sent in.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it waits for a colleague, or was sent in before: then its history stays.
    """
    mailing = _open(mailing)
    if mailing.events.filter(to_state=MailingState.SUBMITTED).exists():
        raise ValidationError("This mailing was sent in once, so it stays with its history.")
    _log(mailing, "delete_mailing", by)
    mailing.delete()


def _open(mailing: Mailing) -> Mailing:
    """Return ``mailing`` locked, if it is being written and its campaign is open."""
    refuse_if_closed(mailing.campaign)
    return in_state(mailing, MailingState.DRAFT)


def _log(mailing: Mailing, verb: str, by: User | None) -> None:
    data = {"mailing": mailing.name, "language": mailing.language}
    log(instance=mailing.campaign, action=f"campaigns.{verb}", user=by, data=data)
