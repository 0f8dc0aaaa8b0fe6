"""A mailing's way out against the sandbox: sent once, looked after in doubt, and who may do what."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.actions.sending.asking import leave_it, prepare, request_send, say_it_did_not_go, stop
from campaigns.mailchimp import Invalid, Mailchimp, RemoteDown
from campaigns.models import MailingWork
from campaigns.queries.sending import earliest, to_carry_on
from campaigns.tasks import carry_mailing, sweep_mailings
from tests.campaigns.mailings.sending import asked, carried, laid, scheduled, states

pytestmark = pytest.mark.django_db
WHOLE_LIST = 3


def test_it_is_scheduled_stopped_scheduled_again_and_sent_once(mailing, account, officer, clock):
    mailing = scheduled(mailing, officer)
    assert (mailing.state, mailing.fault, account.campaign["status"]) == ("scheduled", "", "schedule")
    stop(mailing=mailing, by=officer)
    mailing = carried(mailing)
    assert (mailing.state, mailing.fault, account.campaign["status"]) == ("ready", "", "save")
    mailing = carried(asked(mailing, officer))
    clock.shift(timedelta(hours=1))
    mailing = carried(carried(mailing))
    assert (mailing.state, mailing.fault, mailing.emails_sent) == ("sent", "", 2)
    assert len(account.sandbox.sends) == 1
    assert states(mailing) == [
        *("draft", "submitted", "approved", "pushing", "ready"),
        *("send_requested", "send_requested", "scheduled", "scheduled", "ready"),
        *("send_requested", "send_requested", "scheduled", "sent"),
    ]
    assert mailing.events.first().words == "Sent to 2 people."


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (RemoteDown(), "Try again in a few minutes."),
        (
            Invalid("Mailchimp refuses what was asked. It says: too early."),
            "or choose another time, and send it again.",
        ),
    ],
)
def test_what_mailchimp_certainly_did_not_take_a_person_sends_again_and_nothing_says_that_it_goes_by_itself(
    error, mend, mailing, account, officer
):
    with mock.patch.object(Mailchimp, "schedule", side_effect=error):
        mailing = scheduled(mailing, officer)
    assert (mailing.state, to_carry_on(), account.sandbox.sends) == ("ready", [], [])
    assert mend in mailing.fault
    assert "by itself" not in mailing.fault
    assert "approved anew" not in mailing.fault


def test_what_arrives_is_what_was_approved_and_goes_to_the_segment_alone(mailing, account, manager):
    carried(asked(laid(mailing, manager), manager, at_once=True))
    (send,) = account.sandbox.sends
    assert send["frozen"]["_content"] == {
        "html": mailing.frozen["html"],
        "plain_text": mailing.frozen["plain_text"],
    }
    assert len(send["recipients"]) == WHOLE_LIST - 1
    tracking = account.campaign["tracking"]
    assert [tracking[name] for name in ("opens", "html_clicks", "text_clicks")] == [False, False, False]


def test_an_email_that_was_deleted_at_mailchimp_after_it_was_asked_for_is_never_made_anew(
    mailing, account, manager, clock
):
    mailing = carried(asked(laid(mailing, manager), manager))
    account.sandbox.state.campaigns.clear()
    mailing = carried(mailing)
    assert mailing.state == "unknown"
    assert "no longer at Mailchimp" in mailing.fault
    clock.shift(timedelta(hours=1))
    say_it_did_not_go(mailing=mailing, by=manager)
    assert carried(mailing).state == "unknown"
    assert account.sandbox.state.campaigns == {}


def test_one_that_somebody_sent_at_mailchimp_by_hand_is_taken_for_sent(mailing, account, manager):
    mailing = laid(mailing, manager)
    account.campaign["status"] = "schedule"
    account.campaign["send_time"] = earliest(timezone.now()).isoformat()
    mailing = carried(asked(mailing, manager, at_once=True))
    assert mailing.state == "unknown"
    assert carried(mailing).state == "scheduled"
    assert [path for method, path in account.sandbox.asked if path.endswith("/send")] == []


def test_in_doubt_nothing_is_asked_again_until_a_manager_says_so_and_mailchimp_agrees(
    mailing, account, officer, manager, clock
):
    account.sandbox.faults.add("timeout_before", method="POST", path="/actions/send")
    mailing = carried(asked(laid(mailing, manager), manager, at_once=True))
    for _ in range(3):
        assert (mailing.state, to_carry_on()) == ("unknown", [mailing.pk])
        mailing = carried(mailing)
    posts = [path for method, path in account.sandbox.asked if path.endswith("/send")]
    assert len(posts) == 1
    with pytest.raises(ValidationError, match="ten minutes"):
        say_it_did_not_go(mailing=mailing, by=manager)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(ValidationError, match="Only managers"):
        say_it_did_not_go(mailing=mailing, by=officer)
    say_it_did_not_go(mailing=mailing, by=manager)
    mailing = carried(mailing)
    assert mailing.state == "ready"
    mailing = carried(asked(mailing, manager, at_once=True))
    assert (mailing.state, len(account.sandbox.sends)) == ("sent", 1)


def test_what_went_after_all_is_not_sent_again_although_a_manager_says_that_it_did_not(
    mailing, account, manager, clock
):
    account.sandbox.faults.add("timeout_before", method="POST", path="/actions/send")
    mailing = carried(asked(laid(mailing, manager), manager, at_once=True))
    clock.shift(timedelta(minutes=11))
    say_it_did_not_go(mailing=mailing, by=manager)
    account.campaign["status"] = "sent"
    mailing = carried(mailing)
    assert (mailing.state, mailing.emails_sent) == ("sent", 0)


def test_left_as_it_is_nothing_is_sent_again_and_what_mailchimp_says_later_counts(mailing, account, manager, clock):
    account.sandbox.faults.add("timeout_before", method="POST", path="/actions/send")
    mailing = carried(asked(laid(mailing, manager), manager, at_once=True))
    leave_it(mailing=mailing, by=manager)
    clock.shift(timedelta(hours=3))
    assert carried(mailing).state == "unknown"
    account.campaign["status"] = "sent"
    assert carried(mailing).state == "sent"


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [(timedelta(minutes=5), "at least 15 minutes"), (timedelta(minutes=16), "quarters of an hour")],
)
def test_a_time_that_cannot_be_is_refused_beside_it(ahead, sentence, mailing, officer):
    mailing = laid(mailing, officer)
    now = timezone.now().replace(minute=1, second=0, microsecond=0) + timedelta(hours=1)
    with time_machine.travel(now), pytest.raises(ValidationError, match=sentence) as refused:
        request_send(mailing=mailing, by=officer, seen=mailing.digest, due=now + ahead)
    assert "due" in refused.value.message_dict


def test_only_a_manager_sends_at_once(mailing, officer):
    mailing = laid(mailing, officer)
    with pytest.raises(ValidationError, match="Only managers"):
        asked(mailing, officer, at_once=True)


def test_a_time_that_passed_before_mailchimp_could_be_asked_is_given_back(mailing, account, officer, clock):
    mailing = asked(laid(mailing, officer), officer)
    clock.shift(timedelta(hours=1))
    mailing = carried(mailing)
    assert (mailing.state, account.campaign["status"]) == ("ready", "save")
    assert "Nothing was sent: choose another" in mailing.fault


def test_while_one_worker_is_at_it_another_does_nothing(mailing, account, officer):
    prepare(mailing=mailing, by=officer)
    MailingWork.objects.create(mailing=mailing, worker="another-host/1/1", since=timezone.now())
    mailing = carried(mailing)
    assert (mailing.state, account.sandbox.asked) == ("pushing", [])
    MailingWork.objects.update(since=timezone.now() - timedelta(minutes=12))
    assert carried(mailing).state == "ready"


def test_a_worker_takes_what_it_is_nudged_about_once_and_the_sweeper_nudges_about_all(mailing, officer):
    assert (carry_mailing.acks_late, carry_mailing.max_retries) == (False, 0)
    prepare(mailing=mailing, by=officer)
    with mock.patch.object(carry_mailing, "delay") as nudged:
        sweep_mailings()
    nudged.assert_called_once_with(mailing.pk)
