"""A mailing's way out against the sandbox: what stops it, who may do what, and what a hold does."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.actions.mailings import submit_mailing
from campaigns.actions.sending.asking import (
    approve_mailing,
    give_up,
    leave_it,
    prepare,
    request_send,
    say_it_did_not_go,
    send_back_mailing,
    stop,
    write_anew,
)
from campaigns.actions.sending.carrying import carry_on
from campaigns.mailchimp.sandbox.server import READ_ONLY, REVOKED
from campaigns.models import Mailing, MailingWork, SendRequest
from campaigns.queries.mailings import content_hash
from campaigns.queries.sending import MAILINGS, earliest, key_in_hold, to_carry_on
from campaigns.tasks import carry_mailing, sweep_mailings
from core.hold.actions import end_hold, hold_everything, release
from core.hold.queries import lines
from core.pictures.actions import withdraw
from tests.factories.artwork import make_picture
from tests.factories.mailings import make_submitted_mailing
from tests.factories.sending import make_account, make_approved

pytestmark = pytest.mark.django_db
WHOLE_LIST = 3


@pytest.fixture
def account(mailchimp_sandbox):
    return make_account(mailchimp_sandbox)


@pytest.fixture
def mailing(account, officer, manager):
    return make_approved(account, writer=officer, approver=manager)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=True) as clock:
        yield clock


def laid(mailing, by):
    prepare(mailing=mailing, by=by)
    return carried(mailing)


def carried(mailing):
    carry_on(mailing.pk)
    return Mailing.objects.select_related("campaign").get(pk=mailing.pk)


def asked(mailing, by, *, at_once=False):
    due = None if at_once else earliest(timezone.now())
    request_send(mailing=mailing, by=by, seen=mailing.digest, due=due)
    return Mailing.objects.select_related("campaign").get(pk=mailing.pk)


def scheduled(mailing, by):
    return carried(asked(laid(mailing, by), by))


def states(mailing):
    return [event.to_state for event in reversed(mailing.events.all())]


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


def test_whoever_wrote_it_does_not_approve_it_and_nobody_approves_what_they_did_not_see(officer, manager, make_user):
    mailing = make_submitted_mailing(by=manager)
    with pytest.raises(ValidationError, match="had a hand"):
        approve_mailing(mailing=mailing, by=manager, seen=content_hash(mailing))
    with pytest.raises(ValidationError, match="Only managers approve"):
        approve_mailing(mailing=mailing, by=officer, seen=content_hash(mailing))
    other = make_user("mo", "Communications managers")
    with pytest.raises(ValidationError, match="sent in anew"):
        approve_mailing(mailing=mailing, by=other, seen="0" * 64)
    send_back_mailing(mailing=mailing, by=other, reason="The date is wrong.")
    mailing.refresh_from_db()
    assert (mailing.state, mailing.frozen, mailing.sent_back) == ("draft", {}, "The date is wrong.")


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Another"},
        {"preview_text": "Another"},
        {"html": "<p>Another</p>"},
        {"plain_text": "Another"},
        {"reply_to": "another@example.org"},
        {"links": ["https://example.org/another/"]},
        {"audience": {"id": "b", "name": "B"}},
        {"segment": None},
        {"expected_recipients": 3},
        {"ceiling": 2_000_000},
        {"track_opens": True},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("when", ["laying", "sending"])
def test_whatever_is_changed_after_approval_stops_it(when, change, mailing, account, manager):
    if when == "sending":
        mailing = asked(laid(mailing, manager), manager, at_once=True)
    Mailing.objects.filter(pk=mailing.pk).update(frozen=mailing.frozen | change)
    mailing = laid(mailing, manager) if when == "laying" else carried(mailing)
    assert mailing.state == "approved"
    assert mailing.fault
    assert account.sandbox.sends == []


def test_more_people_than_were_expected_stops_it(mailchimp_sandbox, officer, manager):
    account = make_account(mailchimp_sandbox, in_segment=6)
    mailing = make_approved(account, writer=officer, approver=manager)
    account.add_members(1)
    mailing = laid(mailing, manager)
    assert mailing.state == "approved"
    assert "Mailchimp counts 7 people for this email, and 6 were expected" in mailing.fault


def test_more_than_the_ceiling_never_goes(account, officer, manager):
    mailing = make_approved(account, writer=officer, approver=manager, ceiling=2)
    mailing = laid(mailing, manager)
    assert mailing.state == "ready"
    account.add_members(1)
    mailing = carried(asked(mailing, manager, at_once=True))
    assert (mailing.state, account.sandbox.sends) == ("approved", [])
    assert "it goes to 2 at most" in mailing.fault


def test_a_recipient_count_that_is_stale_at_mailchimp_is_caught(mailing, account, manager):
    account.sandbox.faults.add("stale_count", method="POST", path="/campaigns$")
    mailing = laid(mailing, manager)
    assert mailing.state == "approved"
    assert "Mailchimp counts 0 people for this email, and 2 were expected" in mailing.fault
    assert laid(mailing, manager).state == "ready"


@pytest.mark.parametrize("when", ["laying", "sending"])
def test_a_segment_that_was_deleted_never_becomes_the_whole_list(when, mailing, account, manager):
    if when == "sending":
        mailing = asked(laid(mailing, manager), manager, at_once=True)
    account.remote_audience["_segments"].clear()
    mailing = laid(mailing, manager) if when == "laying" else carried(mailing)
    assert (mailing.state, account.sandbox.sends) == ("approved", [])
    assert mailing.fault
    if when == "sending":
        assert "the segment “Events” of the audience “Residents”, and that is no longer at Mailchimp" in mailing.fault


def test_a_segment_that_mailchimp_did_not_understand_never_becomes_the_whole_list(mailing, account, manager):
    mailing = laid(mailing, manager)
    del account.campaign["recipients"]["segment_opts"]
    mailing = carried(asked(mailing, manager, at_once=True))
    assert (mailing.state, account.sandbox.sends) == ("approved", [])
    assert "is not for the segment “Events” of the audience “Residents”" in mailing.fault


def test_a_segment_of_another_name_stops_it(mailing, account, manager):
    account.remote_segment["name"] = "Everybody but the council"
    mailing = laid(mailing, manager)
    assert mailing.state == "approved"
    assert "is called “Everybody but the council” at Mailchimp now" in mailing.fault


def test_another_segment_is_another_email_and_never_a_change_of_the_first(mailing, account, officer, manager):
    mailing = laid(mailing, manager)
    first = account.campaign["id"]
    write_anew(mailing=mailing, by=officer)
    mailing.refresh_from_db()
    mailing.segment, mailing.to_whole_audience, mailing.expected_recipients = None, True, 3
    mailing.save()

    mailing = submit_mailing(mailing=mailing, by=officer)
    mailing = approve_mailing(mailing=mailing, by=manager, seen=content_hash(mailing))
    laid(mailing, manager)
    assert account.sandbox.state.campaigns[first]["recipients"]["segment_opts"]
    assert len(account.sandbox.state.campaigns) == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (("settings subject_line", "Win a prize"), "The subject line at Mailchimp is not the one"),
        (("settings preview_text", "Win"), "The preview text at Mailchimp is not the one"),
        (("settings from_name", "Somebody"), "The name of the sender at Mailchimp is not the one"),
        (("settings reply_to", "x@example.org"), "The address of the sender at Mailchimp is not the one"),
        (("tracking opens", True), "The tracking of opens and clicks at Mailchimp is not the one"),
        (("_content html", "<p>Win a prize</p>"), "The words at Mailchimp are not those that were approved"),
        (("_content plain_text", "Win a prize"), "The words at Mailchimp are not those that were approved"),
    ],
)
def test_what_was_changed_by_hand_at_mailchimp_does_not_go(changed, sentence, mailing, account, manager):
    mailing = laid(mailing, manager)
    where, value = changed
    part, name = where.split()
    account.campaign[part][name] = value
    mailing = carried(asked(mailing, manager, at_once=True))
    assert (mailing.state, account.sandbox.sends) == ("approved", [])
    assert sentence in mailing.fault
    assert laid(mailing, manager).state == "ready"


def test_what_mailchimp_is_not_ready_for_does_not_go_and_its_own_words_say_why(mailing, account, manager):
    account.remote_audience["_members"].clear()
    mailing = laid(mailing, manager)
    assert mailing.state == "approved"
    assert "Mailchimp is not ready to send it: List: This campaign has no recipients" in mailing.fault


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (REVOKED, "Mailchimp refuses the API key"),
        ("0123456789abcdef0123456789abcdef-us19", "another data centre"),
        (READ_ONLY, "Mailchimp does not let this API key do that"),
        ("", "Mailchimp is not set up here"),
    ],
)
def test_a_key_that_is_no_good_is_said_in_a_sentence_and_nothing_is_lost(key, sentence, mailing, manager, settings):
    settings.MAILCHIMP_API_KEY = key
    mailing = laid(mailing, manager)
    assert mailing.state == "approved"
    assert sentence in mailing.fault
    assert "Nothing is lost" in mailing.fault


def test_mailchimp_is_tried_for_an_hour_while_it_is_down(mailing, account, manager, clock):
    account.sandbox.faults.add("html_502", method="GET", path="/campaigns$", times=1000)
    mailing = laid(mailing, manager)
    assert (mailing.state, to_carry_on()) == ("pushing", [mailing.pk])
    assert "does not answer" in mailing.fault
    clock.shift(timedelta(minutes=61))
    mailing = carried(mailing)
    assert (mailing.state, to_carry_on()) == ("approved", [])
    assert "tried for an hour" in mailing.fault


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


def test_a_stop_before_mailchimp_was_asked_asks_it_nothing(mailing, account, officer):
    mailing = asked(laid(mailing, officer), officer)
    before = len(account.sandbox.asked)
    stop(mailing=mailing, by=officer)
    mailing = carried(mailing)
    assert (mailing.state, len(account.sandbox.asked)) == ("ready", before)


def test_a_stop_that_comes_too_late_says_so(mailing, account, officer, clock):
    mailing = scheduled(mailing, officer)
    stop(mailing=mailing, by=officer)
    clock.shift(timedelta(hours=1))
    mailing = carried(mailing)
    assert mailing.state in {"sending", "sent"}
    assert "The stop came too late" in mailing.events.first().words


def test_a_stop_that_mailchimp_does_not_hear_is_tried_again(mailing, account, officer):
    mailing = scheduled(mailing, officer)
    stop(mailing=mailing, by=officer)
    account.sandbox.faults.add("timeout_before", method="POST", path="unschedule")
    mailing = carried(mailing)
    assert mailing.state == "scheduled"
    assert "not taken it off the schedule yet" in mailing.fault
    assert carried(mailing).state == "ready"


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


def test_given_up_is_the_end(mailing, officer):
    give_up(mailing=mailing, by=officer)
    for action in (prepare, stop, write_anew, give_up):
        with pytest.raises(ValidationError, match="another state"):
            action(mailing=mailing, by=officer)


def test_a_hold_keeps_a_mailing_from_being_asked_for_until_it_ends(mailing, account, manager):
    mailing = asked(laid(mailing, manager), manager, at_once=True)
    hold = hold_everything(reason="An attack in town", by=manager)
    assert carried(mailing).state == "send_requested"
    assert [line.label for line in lines(hold)] == ["Mailing goes out"]
    end_hold(by=manager)
    assert (carried(mailing).state, len(account.sandbox.sends)) == ("sent", 1)


def test_one_that_is_let_go_during_a_hold_goes(mailing, account, manager):
    mailing = asked(laid(mailing, manager), manager, at_once=True)
    hold_everything(reason="An attack in town", by=manager)
    release(kind=MAILINGS, key=key_in_hold(SendRequest.objects.get()), by=manager)
    assert (carried(mailing).state, len(account.sandbox.sends)) == ("sent", 1)


def test_a_hold_takes_what_is_scheduled_at_mailchimp_off_its_schedule(mailing, account, manager, clock):
    mailing = scheduled(mailing, manager)
    hold_everything(reason="An attack in town", by=manager)
    mailing = carried(mailing)
    assert (mailing.state, account.campaign["status"]) == ("ready", "save")
    assert "Everything is held" in mailing.fault
    clock.shift(timedelta(hours=1))
    assert (carried(mailing).state, account.sandbox.sends) == ("ready", [])


@pytest.mark.parametrize("until", ["approved", "asked", "scheduled"])
def test_a_picture_that_was_withdrawn_after_approval_does_not_go(until, account, officer, manager, clock):
    picture = make_picture(source="Ours", licence="own", people="none")
    value = {"image": picture, "alternative_text": "A wave", "decorative": False, "caption": ""}
    mailing = make_approved(account, writer=officer, approver=manager, body=[("picture", value)])
    if until == "asked":
        mailing = asked(laid(mailing, manager), manager)
    if until == "scheduled":
        mailing = scheduled(mailing, manager)
    withdraw(picture=picture, by=manager, reason="Somebody who is shown asked for it.")
    mailing = laid(mailing, manager) if until == "approved" else carried(mailing)
    assert mailing.state == ("ready" if until == "scheduled" else "approved")
    assert "was withdrawn on" in mailing.fault
    clock.shift(timedelta(hours=1))
    carried(mailing)
    assert account.sandbox.sends == []
