"""Two officers and several workers at the same moment: one send."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.actions.sending.asking import prepare, request_send, stop
from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing, SendRequest
from campaigns.queries.sending import earliest
from tests.factories.sending import make_account, make_approved
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def mailing(mailchimp_sandbox, officer, manager):
    with mock.patch("campaigns.actions.sending.working.current_app"):
        mailing = make_approved(make_account(mailchimp_sandbox), writer=officer, approver=manager)
        prepare(mailing=mailing, by=officer)
        race(*[lambda: carry_on(mailing.pk)] * 3)
        yield Mailing.objects.get(pk=mailing.pk)


def press(mailing, by, due):
    return lambda: request_send(
        mailing=Mailing.objects.select_related("campaign").get(pk=mailing.pk), by=by, seen=mailing.digest, due=due
    )


@pytest.mark.parametrize("at_once", [False, True])
def test_two_people_press_and_four_workers_come_and_it_goes_once(
    at_once, mailing, mailchimp_sandbox, manager, make_user
):
    assert (mailing.state, len(mailchimp_sandbox.state.campaigns)) == ("ready", 1)
    other, due = make_user("mo", "Communications managers"), None if at_once else earliest(timezone.now())
    answers = race(press(mailing, manager, due), press(mailing, other, due), press(mailing, manager, due))
    assert [isinstance(answer, ValidationError) for answer in answers].count(True) == 2
    race(*[lambda: carry_on(mailing.pk)] * 4)
    posts = [path for method, path in mailchimp_sandbox.asked if path.endswith(("/send", "/schedule"))]
    assert len(posts) == 1
    assert SendRequest.objects.count() == 1
    assert len(mailchimp_sandbox.sends) == int(at_once)


def test_a_stop_and_a_worker_at_the_same_moment_agree(mailing, mailchimp_sandbox, manager):
    press(mailing, manager, earliest(timezone.now()))()
    race(
        lambda: stop(mailing=Mailing.objects.get(pk=mailing.pk), by=manager),
        lambda: carry_on(mailing.pk),
        lambda: carry_on(mailing.pk),
    )
    carry_on(mailing.pk)
    mailing.refresh_from_db()
    (campaign,) = mailchimp_sandbox.state.campaigns.values()
    assert (mailing.state, campaign["status"], mailchimp_sandbox.sends) == ("ready", "save", [])
