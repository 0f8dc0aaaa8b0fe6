"""`kill -9` of a real worker during a hold: nothing held is lost or sent, and all goes once when it ends."""

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from core.hold.actions import end_hold, hold_everything
from core.outbox import actions
from tests.core.outbox.smtp_server import mail_server
from tests.core.outbox.test_killed import Installation

HELD = 5


def put(subject, **options):
    return actions.put(EmailMessage(subject, "Words", "x@example.org", ["a@example.org"]), **options)


def end_the_hold(place, user) -> None:
    """End it where the worker looks: on SQLite that is a copy of the test's database."""
    if connection.vendor == "postgresql":
        end_hold(by=user)
        return
    with closing(sqlite3.connect(place.folder / "db.sqlite3", timeout=20)) as database:
        database.execute("UPDATE core_switch SET hold_id = NULL")
        database.commit()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_killed_during_a_hold_loses_nothing_and_lets_nothing_slip(tmp_path, monkeypatch, make_user):
    monkeypatch.setattr(actions, "nudge", lambda row: None)
    martha = make_user("martha")
    held = [put(f"News {number}", to_public=True) for number in range(HELD)]
    hold_everything(reason="An attack.", by=martha)
    first, second = put("To staff"), put("To staff again")

    with mail_server() as smtp:
        place = Installation(tmp_path, smtp.port)
        with place.worker() as kill:
            for row in [*held, first]:
                place.nudge("core.outbox.deliver", row.pk)
            place.wait_for(lambda: place.states()["sent"] == 1, "the first message to staff")
            kill()
        with place.worker():
            place.nudge("core.outbox.sweep")
            place.wait_for(lambda: place.states()["sent"] == 2, "the second message to staff")
            assert place.states() == {"sent": 2, "waiting": HELD}
            assert set(smtp.message_ids) == {first.message_id, second.message_id}

            end_the_hold(place, martha)
            place.nudge("core.outbox.sweep")
            place.wait_for(lambda: place.states() == {"sent": HELD + 2}, "the end")

    assert set(Counter(smtp.message_ids).values()) == {1}
    assert {row.message_id for row in held} <= set(smtp.message_ids)
