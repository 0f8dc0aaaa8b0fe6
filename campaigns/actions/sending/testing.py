"""Tests of a mailing, to colleagues: sent once each, before it is approved too, and never tried again."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.actions.closing import refuse_if_closed
from campaigns.actions.mailings import record
from campaigns.actions.sending.laying import InTheWayError, NoDraftError, copy_for, put_there
from campaigns.actions.sending.working import LostWorkError, doing, nudge
from campaigns.enums import TestState
from campaigns.mailchimp import Ambiguous, MailchimpError, mailchimp
from campaigns.mailings.faults import UNFORESEEN
from campaigns.mailings.letter import outgoing
from campaigns.mailings.outgoing import Outgoing
from campaigns.models import Mailing, MailingTest, MailingWork
from core.models import User

MOST, AN_HOUR = 10, timedelta(hours=1)  # tests of one mailing
MOST_COLLEAGUES = 5
TOO_MANY = f"{MOST} tests of this mailing were sent within the last hour. Wait a little before the next."
LOST = "The worker stopped in the middle, so nobody knows whether the test went. Look for it, or send another."
NOT_A_DRAFT = "The draft for tests was sent or scheduled at Mailchimp. Delete it there, then send another test."
NO_AUDIENCE = "Choose first who gets the mailing: the audience says from whom it comes."
ONCE = "It is not tried again by itself."


@transaction.atomic
def ask_for_test(*, mailing: Mailing, to: Iterable[User], by: User) -> MailingTest:
    """Have ``mailing``, as it stands now, sent to a few colleagues at the addresses of their accounts.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: nobody or too many are named, one has no address, or there were too many tests of late.
    """
    refuse_if_closed(mailing.campaign)
    colleagues = list(to)
    held = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if not 1 <= len(colleagues) <= MOST_COLLEAGUES:
        raise ValidationError({"to": f"Choose one to {MOST_COLLEAGUES} colleagues."})
    if without := [user for user in colleagues if not user.email]:
        raise ValidationError({"to": f"{without[0]} has no email address here. Choose others."})
    if held.tests.filter(at__gt=timezone.now() - AN_HOUR).count() >= MOST:
        raise ValidationError(TOO_MANY, code="too_many")
    test = MailingTest.objects.create(mailing=held, by=by)
    test.to.set(colleagues)
    record(held, words=f"A test is asked for, to {len(colleagues)} of us.", by=by)
    nudge(held.pk)
    return test


def send_tests(mailing: Mailing, work: MailingWork) -> None:
    """Send the tests that wait. One that a worker was killed at is in doubt, and stays so."""
    MailingTest.objects.filter(mailing=mailing, state=TestState.SENDING).update(state=TestState.UNKNOWN, problem=LOST)
    for test in mailing.tests.filter(state=TestState.WAITING).order_by("pk"):
        doing(work, "A test is sent")
        if MailingTest.objects.filter(pk=test.pk, state=TestState.WAITING).update(state=TestState.SENDING):
            state, problem = _sent(mailing, test)
            MailingTest.objects.filter(pk=test.pk).update(state=state, problem=problem[:1000])


def _sent(mailing: Mailing, test: MailingTest) -> tuple[TestState, str]:
    """Send a test; return what came of it, and the sentence about that."""
    try:
        goes = going_now(mailing)
        remote, copy = mailchimp(), copy_for(mailing, goes, is_test=True)
        put_there(remote, copy, goes)
        remote.send_test(copy.remote_id, [user.email for user in test.to.all()])
    except NoDraftError:
        return TestState.FAILED, NOT_A_DRAFT
    except (InTheWayError, ValidationError) as problem:
        return TestState.FAILED, " ".join(getattr(problem, "messages", [str(problem)]))
    except Ambiguous as error:
        return TestState.UNKNOWN, f"{error} {ONCE}"
    except MailchimpError as error:
        return TestState.FAILED, f"{error} {ONCE}"
    except LostWorkError:
        raise
    except Exception as error:  # noqa: BLE001  (whoever asked is told, and nothing is tried again)
        return TestState.UNKNOWN, UNFORESEEN.format(type(error).__name__)
    return TestState.SENT, ""


def going_now(mailing: Mailing) -> Outgoing:
    """Return what of ``mailing`` would go out now: as it was sent in, else as it is written.

    Raises:
        ValidationError: what is written cannot go out yet, a sentence for each thing.
    """
    if not mailing.frozen and mailing.audience is None:
        raise ValidationError(NO_AUDIENCE)
    return Outgoing.of(mailing.frozen or outgoing(mailing))
