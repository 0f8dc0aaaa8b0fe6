"""What tests of mailings that go out share."""

import pytest
import time_machine
from django.utils import timezone

from tests.factories.sending import make_account, make_approved


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
