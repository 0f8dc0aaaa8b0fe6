"""Laying a mailing at Mailchimp: whatever is not as it was approved stops it there."""

from datetime import timedelta

import pytest

from campaigns.actions.mailings import submit_mailing
from campaigns.actions.sending.asking import approve_mailing, write_anew
from campaigns.mailchimp.sandbox.server import READ_ONLY, REVOKED
from campaigns.queries.mailings import content_hash
from campaigns.queries.sending import to_carry_on
from tests.campaigns.mailings.sending import asked, carried, laid
from tests.factories.sending import make_account, make_approved

pytestmark = pytest.mark.django_db


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
