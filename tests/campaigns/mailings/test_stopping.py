"""Stopping a mailing that was asked to go, and what a hold does to it."""

from datetime import timedelta

import pytest

from campaigns.actions.sending.asking import stop
from campaigns.models import SendRequest
from campaigns.queries.sending import MAILINGS, key_in_hold
from core.hold.actions import end_hold, hold_everything, release
from core.hold.queries import lines
from tests.campaigns.mailings.sending import asked, carried, laid, scheduled

pytestmark = pytest.mark.django_db


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
