"""Asking Mailchimp how an email stands, and taking that for the truth. Nothing here ever sends."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from campaigns.actions.sending.working import go_on, note
from campaigns.enums import MailingState, Wish
from campaigns.mailchimp import MailchimpError, NotFound, mailchimp
from campaigns.mailchimp.shapes import RemoteCampaign
from campaigns.mailings.faults import in_words
from campaigns.models import Mailing, MailingWork, SendRequest
from campaigns.queries.mailings import why_not_go_out
from campaigns.queries.sending import copy_at_mailchimp, is_held_now, open_request
from core.models import User

IN_DOUBT = (
    "Mailchimp was asked once, and nobody knows yet whether it took that. It is not asked again, only looked at each "
    "minute until that is known."
)
STILL_A_DRAFT = (
    "At Mailchimp it is still a draft, so it has not gone until now. Ten minutes after it was asked, a manager can say "
    "that it did not go."
)
DELETED = "The email is no longer at Mailchimp: somebody deleted it there. Nobody can tell from here whether it went."
TAKEN_OFF = "So it was taken off the schedule at Mailchimp, and nobody got it."
TOOK_OFF = "It is no longer scheduled at Mailchimp: somebody took it off there."
NOT_OFF = "Mailchimp has not taken it off the schedule yet. It is tried again each minute; see to it there too."
TOO_LATE = "The stop came too late: it was on its way already."
STOPPED_THERE = "Stopped at Mailchimp while it was being sent: some people may have got it."
HELD = "Everything is held, so it was taken off the schedule at Mailchimp. Schedule it anew when the hold ends."


def look(mailing: Mailing, work: MailingWork) -> None:
    """See how the email of ``mailing`` stands at Mailchimp, and let it go on to what that says."""
    copy = copy_at_mailchimp(mailing)
    if copy is None:
        _not_seen(mailing, work, DELETED)
        return
    try:
        remote = mailchimp().campaign(copy.remote_id)
    except NotFound:
        _not_seen(mailing, work, DELETED)
    except MailchimpError as error:
        _not_seen(mailing, work, in_words(error))
    else:
        _adopt(mailing, work, remote)


def _not_seen(mailing: Mailing, work: MailingWork, sentence: str) -> None:
    """Keep why nobody could see it: what Mailchimp was asked to do is in doubt until somebody can."""
    was_asked = mailing.state == MailingState.SEND_REQUESTED
    if was_asked or (sentence == DELETED and mailing.state != MailingState.UNKNOWN):
        words = f"{IN_DOUBT} {sentence}" if was_asked else sentence
        go_on(work, mailing, to=MailingState.UNKNOWN, words=words, fault=sentence, looked_at=timezone.now())
    else:
        note(work, mailing, fault=sentence, looked_at=timezone.now())


def _adopt(mailing: Mailing, work: MailingWork, remote: RemoteCampaign) -> None:
    ADOPTED.get(remote.status, _strange)(mailing, work, remote)


def _draft(mailing: Mailing, work: MailingWork, _remote: RemoteCampaign) -> None:
    """It is a draft: what was asked did not happen yet, or was taken back."""
    request = open_request(mailing)
    if mailing.state == MailingState.SCHEDULED:
        words, by = _why_off(mailing, request)
        _let_ask_anew(mailing, work, request, words=words, by=by)
    elif request and request.refusal:
        _let_ask_anew(mailing, work, request, words=f"Mailchimp did not take it. {request.refusal}", by=None)
    elif mailing.state == MailingState.UNKNOWN and (request is None or request.wish == Wish.AGAIN):
        words = "Mailchimp was looked at once more, and it is still a draft there: it did not go."
        _let_ask_anew(mailing, work, request, words=words, by=request.wished_by if request else None)
    elif mailing.state == MailingState.UNKNOWN:
        note(work, mailing, fault=STILL_A_DRAFT, looked_at=timezone.now())
    else:
        words = f"{IN_DOUBT} {STILL_A_DRAFT}"
        go_on(work, mailing, to=MailingState.UNKNOWN, words=words, fault=STILL_A_DRAFT, looked_at=timezone.now())


def _why_off(mailing: Mailing, request: SendRequest | None) -> tuple[str, User | None]:
    if request and request.wish == Wish.STOP:
        return "Stopped: taken off the schedule at Mailchimp.", request.wished_by
    if request and is_held_now(request):
        return HELD, None
    problems = why_not_go_out(mailing)
    return " ".join([*problems, TAKEN_OFF]) if problems else TOOK_OFF, None


@transaction.atomic
def _let_ask_anew(
    mailing: Mailing, work: MailingWork, request: SendRequest | None, *, words: str, by: User | None
) -> None:
    """Nothing went: it is ready to be sent again. A fault stays in sight unless a person wanted it so."""
    fault = "" if by else words
    go_on(work, mailing, to=MailingState.READY, words=words, by=by, fault=fault, looked_at=timezone.now())
    if request:
        SendRequest.objects.filter(pk=request.pk).update(is_over=True)


def _scheduled(mailing: Mailing, work: MailingWork, remote: RemoteCampaign) -> None:
    """It waits at Mailchimp for its time, unless it is to stop."""
    request = open_request(mailing)
    if request and remote.send_time and request.due != remote.send_time:
        SendRequest.objects.filter(pk=request.pk).update(due=remote.send_time)
    if mailing.state == MailingState.SCHEDULED:
        mailing = note(work, mailing, fault="", looked_at=timezone.now())
    else:
        words = "Mailchimp has it on its schedule."
        mailing = go_on(work, mailing, to=MailingState.SCHEDULED, words=words, looked_at=timezone.now())
    if request and (request.wish == Wish.STOP or is_held_now(request) or why_not_go_out(mailing)):
        _take_off(mailing, work, remote)


def _take_off(mailing: Mailing, work: MailingWork, remote: RemoteCampaign) -> None:
    """Take it off the schedule, and read back what came of that, whatever Mailchimp answered."""
    try:
        mailchimp().unschedule(remote.id)
        after = mailchimp().campaign(remote.id)
    except MailchimpError:
        note(work, mailing, fault=NOT_OFF)
        return
    if after.status == remote.status:
        note(work, mailing, fault=NOT_OFF)
    else:
        _adopt(mailing, work, after)


def _sending(mailing: Mailing, work: MailingWork, _remote: RemoteCampaign) -> None:
    """It is on its way: nothing brings it back."""
    if mailing.state == MailingState.SENDING:
        note(work, mailing, fault="", looked_at=timezone.now())
    else:
        words = f"Mailchimp is sending it. {_late(mailing)}".strip()
        go_on(work, mailing, to=MailingState.SENDING, words=words, looked_at=timezone.now())


def _sent(mailing: Mailing, work: MailingWork, remote: RemoteCampaign) -> None:
    words = f"Sent to {remote.emails_sent:,} people. {_late(mailing)}".strip()
    go_on(
        work,
        mailing,
        to=MailingState.SENT,
        words=words,
        looked_at=timezone.now(),
        sent_at=remote.send_time or timezone.now(),
        emails_sent=remote.emails_sent,
    )


def _late(mailing: Mailing) -> str:
    request = open_request(mailing)
    return TOO_LATE if request and request.wish == Wish.STOP else ""


def _cancelled(mailing: Mailing, work: MailingWork, _remote: RemoteCampaign) -> None:
    go_on(work, mailing, to=MailingState.CANCELLED, words=STOPPED_THERE, fault=STOPPED_THERE, looked_at=timezone.now())


def _strange(mailing: Mailing, work: MailingWork, remote: RemoteCampaign) -> None:
    """It stands as no email of ours should."""
    words = f"At Mailchimp this email is “{remote.status}”. Look there: nobody can tell from here whether it went."
    if mailing.state == MailingState.UNKNOWN:
        note(work, mailing, fault=words, looked_at=timezone.now())
    else:
        go_on(work, mailing, to=MailingState.UNKNOWN, words=words, fault=words, looked_at=timezone.now())


ADOPTED: dict[str, Callable[[Mailing, MailingWork, RemoteCampaign], None]] = {
    "save": _draft,
    "schedule": _scheduled,
    "sending": _sending,
    "sent": _sent,
    "canceling": _cancelled,
    "canceled": _cancelled,
}
