"""What a worker does for a mailing next, whatever happened before: each step is safe to come back to."""

from collections.abc import Callable
from contextlib import suppress

import structlog

from campaigns.actions.sending.laying import lay
from campaigns.actions.sending.looking import look
from campaigns.actions.sending.posting import send
from campaigns.actions.sending.reporting import read_report
from campaigns.actions.sending.testing import send_tests
from campaigns.actions.sending.working import LostWorkError, at_work, note
from campaigns.enums import MailingState
from campaigns.mailings.faults import UNFORESEEN
from campaigns.models import Mailing, MailingWork

log = structlog.get_logger(__name__)

STEPS: dict[str, Callable[[Mailing, MailingWork], None]] = {
    MailingState.PUSHING: lay,
    MailingState.SEND_REQUESTED: send,
    MailingState.SCHEDULED: look,
    MailingState.SENDING: look,
    MailingState.UNKNOWN: look,
    MailingState.SENT: read_report,
}


def carry_on(mailing_id: int) -> None:
    """Do what is to be done for one mailing, unless another worker is at it."""
    with at_work(mailing_id) as work:
        mailing = Mailing.objects.select_related("campaign").filter(pk=mailing_id).first()
        if work is None or mailing is None:
            return
        with suppress(LostWorkError):
            _do(mailing, work)


def _do(mailing: Mailing, work: MailingWork) -> None:
    try:
        send_tests(mailing, work)
        if step := STEPS.get(mailing.state):
            step(mailing, work)
    except LostWorkError:
        raise
    except Exception as error:  # Staff are told whatever it was, and the sweeper comes again.
        log.exception("mailing not carried on", mailing=mailing.pk)
        mailing.refresh_from_db()
        note(work, mailing, fault=UNFORESEEN.format(type(error).__name__))
