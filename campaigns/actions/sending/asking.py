"""What people ask for: approve a mailing, lay it at Mailchimp, let it go, stop it, say that it did not go."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.actions.closing import refuse_if_closed
from campaigns.actions.mailings import record
from campaigns.actions.reviewing import in_state, refuse_own_work, refuse_unless_seen
from campaigns.actions.sending.posting import in_words_of
from campaigns.actions.sending.working import nudge
from campaigns.enums import MailingState, Wish
from campaigns.models import Mailing, SendRequest
from campaigns.queries.mailings import content_hash
from campaigns.queries.reviewing import approves
from campaigns.queries.sending import AHEAD, copy_at_mailchimp, copy_laid, earliest, may_say_it_did_not_go, open_request
from core.models import User

BEFORE_IT_GOES = (MailingState.DRAFT, MailingState.SUBMITTED, MailingState.APPROVED, MailingState.READY)
PRESSED = "A colleague asked for it to be sent a moment ago. It goes once; below is how it stands."
MANAGERS = "Only managers, and their deputies on the days that are named, send at once."


@transaction.atomic
def approve_mailing(*, mailing: Mailing, by: User, seen: str) -> Mailing:
    """Approve what ``by`` has ``seen``: from now on anything else than exactly this stays here.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: ``by`` had a hand in it, it does not wait, or it is not what was seen.
    """
    refuse_if_closed(mailing.campaign)
    mailing = in_state(mailing, MailingState.SUBMITTED)
    refuse_own_work(mailing, by)
    digest = content_hash(mailing)
    refuse_unless_seen(digest=digest, seen=seen)
    mailing.digest, mailing.approved_by, mailing.approved_at, mailing.fault = digest, by, timezone.now(), ""
    record(mailing, words=f"Approved, exactly as it was sent in ({digest[:12]}).", by=by, to=MailingState.APPROVED)
    _log(mailing, "approve_mailing", by, digest=digest)
    return mailing


@transaction.atomic
def send_back_mailing(*, mailing: Mailing, by: User, reason: str) -> Mailing:
    """Give a mailing back to those who wrote it, with the ``reason``.

    Raises:
        ValidationError: it does not wait for approval, or ``by`` had a hand in it.
    """
    mailing = in_state(mailing, MailingState.SUBMITTED)
    refuse_own_work(mailing, by)
    mailing.sent_back = reason
    _write_again(mailing, words=f"Sent back: {reason}", by=by)
    _log(mailing, "send_back_mailing", by, reason=reason)
    return mailing


@transaction.atomic
def write_anew(*, mailing: Mailing, by: User) -> Mailing:
    """Let an approved mailing be written again: it needs another approval then.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it is on its way to Mailchimp or to people.
    """
    refuse_if_closed(mailing.campaign)
    mailing = in_state(mailing, MailingState.APPROVED, MailingState.READY)
    _write_again(mailing, words="Written again. What was approved goes out no more.", by=by)
    return mailing


def _write_again(mailing: Mailing, *, words: str, by: User) -> None:
    mailing.frozen, mailing.submitted_at, mailing.digest = {}, None, ""
    mailing.approved_by = mailing.approved_at = None
    mailing.fault = ""
    record(mailing, words=words, by=by, to=MailingState.DRAFT)


@transaction.atomic
def give_up(*, mailing: Mailing, by: User) -> Mailing:
    """Give a mailing up: it never goes out. What lies at Mailchimp stays there as a draft.

    Raises:
        ValidationError: it is on its way to Mailchimp or to people.
    """
    mailing = in_state(mailing, *BEFORE_IT_GOES)
    mailing.fault = ""
    record(mailing, words="Given up: it does not go out.", by=by, to=MailingState.CANCELLED)
    return mailing


@transaction.atomic
def prepare(*, mailing: Mailing, by: User) -> Mailing:
    """Have an approved mailing laid at Mailchimp and compared; one that is ready, once more.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it is not approved, or on its way already.
    """
    refuse_if_closed(mailing.campaign)
    mailing = in_state(mailing, MailingState.APPROVED, MailingState.READY)
    mailing.fault = ""
    record(mailing, words="To be laid at Mailchimp.", by=by, to=MailingState.PUSHING)
    nudge(mailing.pk)
    return mailing


@transaction.atomic
def request_send(*, mailing: Mailing, by: User, seen: str, due: datetime | None) -> SendRequest:
    """Have a mailing that is ready scheduled for ``due``, or sent at once where that is None.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it is not ready or not what was ``seen``, a colleague was quicker, the time cannot be, or
            ``by`` may not send at once.
    """
    refuse_if_closed(mailing.campaign)
    _refuse_time(due, by)
    mailing = in_state(mailing, MailingState.READY)
    refuse_unless_seen(digest=mailing.digest, seen=seen)
    copy = copy_laid(mailing)
    if copy is None:
        raise ValidationError("It does not lie at Mailchimp as it was approved. Lay it there anew.", code="state")
    try:
        with transaction.atomic():
            request = SendRequest.objects.create(mailing=mailing, copy=copy, by=by, due=due)
    except IntegrityError:
        raise ValidationError(PRESSED, code="pressed") from None
    mailing.fault = ""
    when = f"on {in_words_of(due)}" if due else "at once"
    record(mailing, words=f"To be sent {when}, to {copy.recipients:,} people.", by=by, to=MailingState.SEND_REQUESTED)
    _log(mailing, "send_mailing", by, due=due.isoformat() if due else "")
    nudge(mailing.pk)
    return request


def _refuse_time(due: datetime | None, by: User) -> None:
    now = timezone.now()
    if due is None:
        if not approves(by, Mailing):
            raise ValidationError({"at_once": MANAGERS})
    elif due < now + AHEAD:
        raise ValidationError(
            {"due": f"Choose a time at least 15 minutes from now, such as {in_words_of(earliest(now))}."}
        )
    elif due.minute % 15 or due.second or due.microsecond:
        raise ValidationError({"due": "Mailchimp sends on the quarters of an hour alone: choose :00, :15, :30 or :45."})


@transaction.atomic
def stop(*, mailing: Mailing, by: User) -> Mailing:
    """Stop a mailing that was asked to go: at once where Mailchimp does not know of it yet, else by the worker.

    Raises:
        ValidationError: there is nothing to stop.
    """
    mailing = in_state(mailing, MailingState.SEND_REQUESTED, MailingState.SCHEDULED)
    # The worker claims its one call in a transaction of its own, which holds the row of the mailing too.
    unclaimed = SendRequest.objects.filter(mailing=mailing, is_over=False, posted_at=None)
    if unclaimed.update(is_over=True, wish=Wish.STOP, wished_by=by):
        mailing.fault = ""
        words = "Stopped before Mailchimp was asked."
        record(mailing, words=words, by=by, to=MailingState.READY)
    else:
        SendRequest.objects.filter(mailing=mailing, is_over=False).update(wish=Wish.STOP, wished_by=by)
        record(mailing, words="To be stopped: Mailchimp is asked to take it off the schedule.", by=by)
        nudge(mailing.pk)
    _log(mailing, "stop_mailing", by)
    return mailing


@transaction.atomic
def say_it_did_not_go(*, mailing: Mailing, by: User) -> Mailing:
    """Say that a mailing in doubt did not go. The worker looks once more, and only a draft at Mailchimp is ready again.

    Raises:
        ValidationError: it is not in doubt, too little time passed, or ``by`` does not approve mailings.
    """
    mailing = _in_doubt(mailing, by)
    if not may_say_it_did_not_go(mailing, timezone.now()):
        raise ValidationError("Wait until ten minutes have passed since Mailchimp was asked.", code="soon")
    SendRequest.objects.filter(mailing=mailing, is_over=False).update(wish=Wish.AGAIN, wished_by=by)
    record(mailing, words="It did not go, to be tried again. Mailchimp is looked at once more first.", by=by)
    nudge(mailing.pk)
    return mailing


@transaction.atomic
def leave_it(*, mailing: Mailing, by: User) -> Mailing:
    """Leave a mailing in doubt as it is: nothing is sent again, and what Mailchimp says later is still taken for true.

    Raises:
        ValidationError: it is not in doubt, or ``by`` does not approve mailings.
    """
    mailing = _in_doubt(mailing, by)
    SendRequest.objects.filter(mailing=mailing, is_over=False).update(wish=Wish.LEAVE, wished_by=by)
    record(mailing, words="Left as it is: nothing is sent again.", by=by)
    return mailing


@transaction.atomic
def ask_for_report(*, mailing: Mailing, by: User) -> Mailing:
    """Have the worker read at once what became of a mailing, between the hours at which it does so by itself.

    Raises:
        ValidationError: it was not sent, or is not at Mailchimp.
    """
    mailing = in_state(mailing, MailingState.SENT)
    if copy_at_mailchimp(mailing) is None:
        raise ValidationError("It is not at Mailchimp, so there is no report to read.", code="state")
    mailing.report_asked_at = timezone.now()
    record(mailing, words="Its report is asked for.", by=by)
    nudge(mailing.pk)
    return mailing


def _in_doubt(mailing: Mailing, by: User) -> Mailing:
    if not approves(by, Mailing):
        raise ValidationError("Only managers, and their deputies on the days that are named, decide about this.")
    mailing = in_state(mailing, MailingState.UNKNOWN)
    if open_request(mailing) is None:
        raise ValidationError("Nobody asked for this to be sent from here. It is only looked at.", code="state")
    return mailing


def _log(mailing: Mailing, verb: str, by: User, **more: str) -> None:
    log(instance=mailing.campaign, action=f"campaigns.{verb}", user=by, data={"mailing": mailing.name, **more})
