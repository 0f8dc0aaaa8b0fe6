"""A message is in doubt where nobody can know whether it arrived, and is never sent again by itself."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from core.outbox import actions, tasks, workers
from core.outbox.models import OutboxMessage, State
from tests.core.outbox.mail import one_mail, states


@pytest.mark.parametrize(
    ("step", "answer"),
    [("MAIL", "drop"), ("RCPT", "drop"), ("DATA", "drop"), ("DATA", "drop after taking"), ("DATA", "what?")],
)
def test_a_conversation_that_breaks_off_leaves_the_message_in_doubt_and_unsent_by_itself(db, smtp, step, answer):
    row = one_mail()
    smtp.answers[step] = [answer]

    assert actions.deliver(row.pk) == State.IN_DOUBT
    tasks.sweep()
    tasks.deliver(row.pk)
    assert states() == [State.IN_DOUBT]
    assert len(smtp.messages) == (answer == "drop after taking")


@pytest.mark.parametrize("answer", ["drop", "421 go away"])
def test_a_rude_goodbye_changes_nothing(db, smtp, answer):
    row = one_mail()
    smtp.answers["QUIT"] = [answer]

    assert actions.deliver(row.pk) == State.SENT


def test_a_server_that_falls_silent_leaves_the_message_in_doubt(db, smtp, settings):
    settings.EMAIL_TIMEOUT = 0.2
    row = one_mail()
    smtp.hold = lambda: __import__("time").sleep(0.5)

    assert actions.deliver(row.pk) == State.IN_DOUBT


def test_what_a_dead_worker_was_sending_is_in_doubt_at_once(db):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    host, _, started = workers.this_worker().rsplit("/", 2)
    gone.wait()
    dead, alive = one_mail(), one_mail()
    now = timezone.now()
    OutboxMessage.objects.filter(pk=dead.pk).update(
        state="sending", sending_since=now, worker=f"{host}/{gone.pid}/{started}"
    )
    OutboxMessage.objects.filter(pk=alive.pk).update(state="sending", sending_since=now, worker=workers.this_worker())

    tasks.sweep()

    assert states() == [State.IN_DOUBT, State.SENDING]


def test_a_process_number_used_again_is_another_worker():
    host, number, started = workers.this_worker().rsplit("/", 2)

    assert not workers.is_gone(f"{host}/{number}/{started}")
    assert workers.is_gone(f"{host}/{number}/{int(started) - 600}")
    assert not workers.is_gone(f"elsewhere/{number}/{int(started) - 600}")


def test_what_another_hosts_worker_was_sending_is_in_doubt_after_its_lease(db):
    row, now = one_mail(), timezone.now()
    sending = {"state": "sending", "worker": "elsewhere/1/1"}
    OutboxMessage.objects.update(sending_since=now - timedelta(minutes=4), **sending)
    tasks.sweep()
    assert states() == [State.SENDING]

    OutboxMessage.objects.update(sending_since=now - timedelta(minutes=6), **sending)
    tasks.sweep()
    row.refresh_from_db()
    assert row.state == State.IN_DOUBT
    assert "Nobody knows" in row.problem


def test_a_slow_worker_that_was_put_in_doubt_still_says_that_it_sent(db, smtp):
    row = one_mail()
    smtp.hold = lambda: None
    real = actions.hand_over

    def slow(claimed):
        OutboxMessage.objects.update(sending_since=timezone.now() - timedelta(hours=1))
        actions.put_lost_in_doubt()
        assert states() == [State.IN_DOUBT]
        return real(claimed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "hand_over", slow)
        actions.deliver(row.pk)

    assert states() == [State.SENT]
