"""The one call that sends a mailing, or schedules it: claimed in the database first, made once, and never again."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.actions.mailings import record
from campaigns.actions.sending.laying import NO_DRAFT, InTheWayError, NoDraftError, refuse_unless_ready
from campaigns.actions.sending.looking import look
from campaigns.actions.sending.working import doing, go_on, hold, note
from campaigns.enums import MailingState, Wish
from campaigns.mailchimp import Invalid, MailchimpError, mailchimp
from campaigns.mailings.faults import MENDS_ITSELF, NOTHING_HAPPENED, UNFORESEEN, in_words
from campaigns.mailings.outgoing import Outgoing
from campaigns.models import Mailing, MailingWork, SendRequest
from campaigns.queries.mailings import why_not_go_out
from campaigns.queries.sending import MAILINGS, is_held_now, key_in_hold, open_request
from core.hold.queries import is_held

log = structlog.get_logger(__name__)

NOTICE = timedelta(minutes=5)  # Mailchimp takes no schedule for the next moment, and somebody may want to stop it
PATIENCE = timedelta(hours=1)  # for which it is tried to look at it before it goes at once
TOO_LATE = (
    "Its time came too near before Mailchimp could be asked, or everything was held. Nothing was sent: choose another."
)
SEND_AGAIN = "Mend at Mailchimp what it names, or choose another time, and send it again."
NOT_ASKED = "Mailchimp could not be looked at for an hour, so it was not asked to send. Nothing was sent: try again."


def send(mailing: Mailing, work: MailingWork) -> None:
    """Ask Mailchimp once to send ``mailing`` or to schedule it, if nobody did, then look what came of it."""
    request = open_request(mailing)
    if request is None or request.posted_at:
        look(mailing, work)  # whoever claimed the call before was killed: nobody knows whether it was made
        return
    if sentence := _too_late(request, timezone.now()):
        _give_back(work, mailing, request, to=MailingState.READY, sentence=sentence)
        return
    if is_held_now(request):
        return
    doing(work, "Looking once more whether everything at Mailchimp is as it was approved")
    try:
        refuse_unless_ready(mailchimp(), request.copy, Outgoing.of(mailing.frozen))
    except NoDraftError:
        go_on(work, mailing, to=MailingState.UNKNOWN, words=NO_DRAFT, fault=NO_DRAFT)
    except InTheWayError as problem:
        _give_back(work, mailing, request, to=MailingState.APPROVED, sentence=str(problem))
    except MENDS_ITSELF as error:
        note(work, mailing, fault=in_words(error))
    except MailchimpError as error:
        _give_back(work, mailing, request, to=MailingState.READY, sentence=in_words(error))
    else:
        if _is_claimed(work, mailing, request):
            _post(request)
            look(mailing, work)


def _too_late(request: SendRequest, now: datetime) -> str:
    """Return why the call is not made any more; nothing where it still may be."""
    if request.due:
        return TOO_LATE if request.due < now + NOTICE else ""
    return NOT_ASKED if request.mailing.fault and request.at < now - PATIENCE else ""


@transaction.atomic
def _give_back(work: MailingWork, mailing: Mailing, request: SendRequest, *, to: MailingState, sentence: str) -> None:
    """Say why Mailchimp is not asked, and let people ask anew."""
    go_on(work, mailing, to=to, words=f"Not sent. {sentence}", fault=sentence)
    SendRequest.objects.filter(pk=request.pk).update(is_over=True)


def _is_claimed(work: MailingWork, mailing: Mailing, request: SendRequest) -> bool:
    """Claim the one call, committed before it is made; tell whether it may be made.

    A hold is asked about in the same transaction, so that whoever holds everything knows that nothing more goes.
    """
    with transaction.atomic(durable=True):
        if is_held(MAILINGS, key_in_hold(request)):
            return False
        held = hold(work, mailing)
        if problems := why_not_go_out(held):
            _give_back(work, mailing, request, to=MailingState.APPROVED, sentence=" ".join(problems))
            return False
        unclaimed = SendRequest.objects.filter(pk=request.pk, posted_at=None, is_over=False, wish=Wish.NONE)
        if not unclaimed.update(posted_at=timezone.now()):
            return False
        when = f"schedule it for {in_words_of(request.due)}" if request.due else "send it at once"
        held.fault = ""
        record(held, words=f"Mailchimp is asked to {when}: once, and never again by itself.", by=None)
    return True


def in_words_of(moment: datetime) -> str:
    """Return a moment as staff read it."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _post(request: SendRequest) -> None:
    """Make the call. Where it is certain that Mailchimp did not take it, its sentence is kept.

    Whatever else goes wrong says nothing of what happened there: ``look`` finds out.
    """
    try:
        if request.due:
            mailchimp().schedule(request.copy.remote_id, request.due)
        else:
            mailchimp().send(request.copy.remote_id)
    except NOTHING_HAPPENED as refused:
        SendRequest.objects.filter(pk=request.pk).update(refusal=_refusal(refused)[:1000])
    except MailchimpError as error:
        log.warning("mailing in doubt", mailing=request.mailing_id, problem=type(error).__name__)
    except Exception as error:  # Whatever it was, it is not tried again.
        log.exception("mailing in doubt", mailing=request.mailing_id, problem=UNFORESEEN.format(type(error).__name__))


def _refusal(refused: MailchimpError) -> str:
    """Return what Mailchimp did not like, and what a person does about it: nothing of this is tried again by itself."""
    if isinstance(refused, Invalid):  # it is laid and compared, so that is its time, or something at Mailchimp itself
        return f"{refused} {SEND_AGAIN}"
    return str(refused) if isinstance(refused, MENDS_ITSELF) else in_words(refused)
