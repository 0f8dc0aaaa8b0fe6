"""From which state a mailing goes on to which, and nothing else."""

from itertools import product

import pytest

from campaigns.enums import MailingState
from campaigns.mailings.steps import ALLOWED, IllegalStepError, refuse_illegal
from tests.factories.mailings import make_submitted_mailing

FOLLOWS = {
    "draft": {"submitted", "cancelled"},
    "submitted": {"draft", "approved", "cancelled"},
    "approved": {"draft", "pushing", "cancelled"},
    "pushing": {"approved", "ready", "unknown"},
    "ready": {"draft", "pushing", "send_requested", "cancelled"},
    "send_requested": {"approved", "ready", "scheduled", "sending", "sent", "unknown", "cancelled"},
    "scheduled": {"ready", "sending", "sent", "unknown", "cancelled"},
    "sending": {"sent", "unknown", "cancelled"},
    "unknown": {"ready", "scheduled", "sending", "sent", "cancelled"},
    "sent": set(),
    "cancelled": set(),
}


@pytest.mark.alike
@pytest.mark.parametrize(("before", "after"), list(product(MailingState.values, repeat=2)))
def test_only_what_follows_is_let_through(before, after):
    if after == before or after in FOLLOWS[before]:
        refuse_illegal(before, after)
    else:
        with pytest.raises(IllegalStepError):
            refuse_illegal(before, after)


@pytest.mark.alike
def test_nothing_comes_after_the_end_and_only_sending_leads_to_sent():
    assert set(ALLOWED) == set(MailingState)
    leads = {before for before, after in ALLOWED.items() if MailingState.SENT in after}
    assert leads == {
        MailingState.SEND_REQUESTED,
        MailingState.SCHEDULED,
        MailingState.SENDING,
        MailingState.UNKNOWN,
    }


@pytest.mark.django_db
def test_no_row_is_saved_in_a_state_that_does_not_follow(officer):
    mailing = make_submitted_mailing(by=officer)
    mailing.state = "sent"
    with pytest.raises(IllegalStepError, match="'submitted' to 'sent'"):
        mailing.save()
