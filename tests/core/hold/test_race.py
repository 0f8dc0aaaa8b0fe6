"""A hold and a sender at the same moment: what has begun ends before the hold stands, and nothing begins after it."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from core.hold import scheduled_pages
from core.hold.actions import hold_everything
from core.hold.models import Switch
from core.models import OutboxMessage
from core.outbox import actions as outbox
from tests.core.hold.conftest import message, page_to_go_live
from tests.racing import race

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]
LONG = 1  # seconds between the question and the deed, in which a hold would slip in


@pytest.fixture(autouse=True, params=[False, True], ids=["first hold ever", "held before"])
def _switch(request, transactional_db):
    """Have the switch there already, or let whoever comes first make it."""
    if request.param:
        Switch.objects.create(pk=1)


@pytest.fixture
def slowly(monkeypatch):
    """Let a sender that was told that nothing is held think for a while; return what tells that it was told."""
    asked = threading.Event()

    def slow(is_held):
        def ask(kind, key):
            answer = is_held(kind, key)
            asked.set()
            time.sleep(LONG)
            return answer

        return ask

    for place in (outbox, scheduled_pages):
        monkeypatch.setattr(place, "is_held", slow(place.is_held))
    return asked


def hold_once(asked, user, look):
    """Hold as soon as a sender has been told that it may go, and return what ``look`` sees once the hold stands."""
    assert asked.wait(10)
    hold_everything(reason="An attack.", by=user)
    return look()


def test_a_message_whose_sender_was_asking_is_on_its_way_before_the_hold_stands(slowly, make_user):
    martha, row = make_user("martha"), message()
    later = message()

    def state():
        return OutboxMessage.objects.get(pk=row.pk).state

    sent, seen = race(lambda: outbox.deliver(row.pk), lambda: hold_once(slowly, martha, state))
    assert sent == "sent"
    assert seen in {"sending", "sent"}
    assert outbox.deliver(later.pk) is None
    assert OutboxMessage.objects.get(pk=later.pk).state == "waiting"


def test_a_page_that_was_about_to_go_live_is_live_before_the_hold_stands(slowly, make_user):
    martha = make_user("martha")
    page = page_to_go_live(timezone.now() - timedelta(minutes=1))

    def live():
        return Page.objects.get(pk=page.pk).live

    _, seen = race(scheduled_pages.publish_due, lambda: hold_once(slowly, martha, live))
    assert seen is True


def test_of_many_messages_sent_while_somebody_holds_none_goes_after_it(make_user):
    martha = make_user("martha")
    rows = [message() for _ in range(12 if connection.vendor == "postgresql" else 4)]

    def gone():
        return OutboxMessage.objects.exclude(state="waiting").count()

    def hold():
        hold_everything(reason="An attack.", by=martha)
        return gone()

    *_, seen = race(*[lambda row=row: outbox.deliver(row.pk) for row in rows], hold)
    assert seen == gone()
    assert outbox.sweep() == 0
