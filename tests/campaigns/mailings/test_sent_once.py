"""Whatever goes wrong at whichever call: at most one send, and the state shown is the truth or "not known"."""

from contextlib import suppress
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.actions.sending import asking, working
from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing
from campaigns.queries.sending import earliest, may_say_it_did_not_go
from tests.campaigns.mailings.faulty import FAULTS, PLACES, Faulty, KilledError, raise_killed
from tests.factories.sending import make_account, make_approved

pytestmark = pytest.mark.django_db
A_ROUND = timedelta(minutes=12)
ROUNDS = 8


class Office:
    """An officer and a manager who press whatever the page offers, until nothing is left to press."""

    def __init__(self, mailing, manager, sandbox, *, faulty, clock):
        self.pk, self.manager, self.sandbox, self.faulty, self.clock = mailing.pk, manager, sandbox, faulty, clock
        self.seen: list[tuple[str, int]] = []

    def mailing(self):
        return Mailing.objects.select_related("campaign").get(pk=self.pk)

    def step(self, name):
        """Let the worker do what is next, and look at what is shown then."""
        self.faulty.step = name
        with self.faulty.installed():
            try:
                carry_on(self.pk)
            except KilledError:
                assert self.faulty.fault.startswith("killed")
        self.look()

    def look(self):
        """What is shown is what is so at Mailchimp, or says that it is not known, or is about to be looked up."""
        state, sends = self.mailing().state, len(self.sandbox.sends)
        self.seen.append((state, sends))
        assert sends <= 1
        if sends:
            assert state in {"send_requested", "scheduled", "sending", "sent", "unknown"}
        if state in {"sending", "sent"}:
            assert sends == 1
        if "schedule" in [row["status"] for row in self.sandbox.state.campaigns.values()]:
            assert state in {"send_requested", "scheduled", "unknown"}

    def press(self, action, **asked):
        with suppress(ValidationError):  # it is in another state by now, and whoever presses is told so
            action(mailing=self.mailing(), by=self.manager, **asked)

    def lay(self, name="laying"):
        self.press(asking.prepare)
        self.step(name)

    def send(self, *, at_once):
        mailing = self.mailing()
        if mailing.state == "ready":
            due = None if at_once else earliest(timezone.now())
            self.press(asking.request_send, seen=mailing.digest, due=due)
        self.step("sending")

    def end(self, *, at_once):
        """Go on as people would, until it is sent."""
        for _ in range(ROUNDS):
            self.clock.shift(A_ROUND)
            self.step("looking")
            mailing = self.mailing()
            if mailing.state == "sent":
                return
            if mailing.state == "approved":
                self.lay("later")
            elif mailing.state == "ready":
                self.send(at_once=at_once)
            elif may_say_it_did_not_go(mailing, timezone.now()):
                self.press(asking.say_it_did_not_go)
                self.step("later")


@pytest.fixture
def mailing(mailchimp_sandbox, officer, manager):
    return make_approved(make_account(mailchimp_sandbox), writer=officer, approver=manager)


def run(faulty, mailing, manager, sandbox):
    """Let the office and the worker go through all of it."""
    place = faulty.place
    with time_machine.travel(timezone.now(), tick=True) as clock:
        office = Office(mailing, manager, sandbox, faulty=faulty, clock=clock)
        office.lay()
        if place.step == "laying again":
            office.lay("laying again")
        office.send(at_once=place.at_once)
        if place.step == "stopping":
            office.press(asking.stop)
            office.step("stopping")
        office.end(at_once=place.at_once)
    assert faulty.went_wrong
    return office


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_it_goes_once_whatever_goes_wrong(place, fault, mailing, manager, mailchimp_sandbox):
    faulty = Faulty(place, fault, mailchimp_sandbox.faults.add, raise_killed)
    with mock.patch.object(working, "is_gone", return_value=True):  # a process that was killed
        office = run(faulty, mailing, manager, mailchimp_sandbox)
    assert len(mailchimp_sandbox.sends) == 1
    assert office.mailing().state == "sent"
    assert len(mailchimp_sandbox.state.campaigns) == 1
