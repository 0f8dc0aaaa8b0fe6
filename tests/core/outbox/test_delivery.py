"""Each message is sent once, whatever the mail server says."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import timezone

from core.outbox import actions, tasks
from core.outbox.models import OutboxMessage, State
from tests.core.outbox.mail import one_mail, states
from tests.core.outbox.smtp_server import MailServer


def test_all_of_a_message_arrives_as_it_was_written(db, smtp):
    message = EmailMultiAlternatives(
        "Grüße, سلام",
        "Plain\n.a line that begins with a dot\n",
        "Officer <officer@example.org>",
        ["Ann <a@example.org>"],
        bcc=["hidden@example.org"],
        cc=["c@example.org"],
        reply_to=["answers@example.org"],
        headers={"List-Unsubscribe": "<https://example.org/stop>"},
    )
    message.attach_alternative("<p>Rich</p>", "text/html")
    message.attach("plan.txt", "Zahlen: 1 2 3", "text/plain")
    message.attach("dot.bin", bytes(range(256)), "application/octet-stream")
    message.send()
    actions.deliver(OutboxMessage.objects.get().pk)

    (arrived,) = smtp.messages
    assert smtp.envelopes == [("officer@example.org", ["a@example.org", "c@example.org", "hidden@example.org"])]
    assert arrived["Reply-To"] == "answers@example.org"
    assert arrived["List-Unsubscribe"] == "<https://example.org/stop>"
    assert "hidden" not in arrived.as_string()
    plain, rich, words, dot = [part for part in arrived.walk() if not part.is_multipart()]
    assert plain.get_payload(decode=True).decode().splitlines() == ["Plain", ".a line that begins with a dot"]
    assert rich.get_payload(decode=True) == b"<p>Rich</p>"
    assert (words.get_filename(), words.get_payload(decode=True)) == ("plan.txt", b"Zahlen: 1 2 3")
    assert dot.get_payload(decode=True) == bytes(range(256))


def test_a_message_is_sent_once_however_often_it_is_nudged(db, smtp):
    row = one_mail()

    assert [actions.deliver(row.pk), actions.deliver(row.pk)] == [State.SENT, None]
    tasks.deliver(row.pk)
    tasks.sweep()
    assert smtp.message_ids == [row.message_id]
    row.refresh_from_db()
    assert (row.state, row.attempts, row.sending_since, row.problem) == (State.SENT, 1, None, "")


def test_the_row_is_sending_before_a_word_is_said(db, smtp):
    row = one_mail()
    seen = []
    smtp.hold = lambda: seen.append(True)
    real = actions.hand_over

    def look(claimed):
        seen.append(OutboxMessage.objects.get(pk=row.pk).state)
        return real(claimed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "hand_over", look)
        actions.deliver(row.pk)

    assert seen == ["sending", True]


@pytest.mark.parametrize("step", ["hello", "MAIL", "RCPT", "DATA"])
def test_a_passing_refusal_is_tried_again_later_with_the_same_message_id(db, smtp, step):
    row = one_mail()
    smtp.answers[step] = ["451 come back later"]

    assert actions.deliver(row.pk) == State.WAITING
    row.refresh_from_db()
    assert "451" in row.problem
    assert row.due - timezone.now() > timedelta(seconds=50)
    assert actions.deliver(row.pk) is None, "not before it is due"

    OutboxMessage.objects.update(due=timezone.now())
    tasks.sweep()
    assert states() == [State.SENT]
    assert smtp.message_ids == [row.message_id]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_good_fails_with_its_reason(db, smtp, step):
    row = one_mail()
    smtp.answers[step] = ["550 no such person"]

    assert actions.deliver(row.pk) == State.FAILED
    row.refresh_from_db()
    assert "550 no such person" in row.problem
    assert row.finished is not None
    tasks.sweep()
    assert smtp.messages == []


def test_a_recipient_refused_among_others_is_named(db, smtp):
    row = one_mail(recipient_list=["a@example.org", "b@example.org"])
    smtp.answers["RCPT"] = ["550 no such person"]

    assert actions.deliver(row.pk) == State.SENT
    row.refresh_from_db()
    assert row.problem == "The mail server refused a@example.org: 550 no such person"
    assert smtp.envelopes == [("no-reply@example.org", ["b@example.org"])]


def test_a_server_that_is_not_there_is_tried_again_and_given_up_after_eight_attempts(db, settings):
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    row = one_mail()
    waits = []

    while actions.deliver(row.pk) is not None:
        row.refresh_from_db()
        waits.append(round((row.due - timezone.now()) / timedelta(minutes=1)))
        OutboxMessage.objects.update(due=timezone.now())

    assert waits[:7] == [1, 5, 15, 60, 180, 480, 720]
    assert (row.state, row.attempts) == (State.FAILED, 8)
    assert row.problem.startswith("Given up after 8 attempts. The mail server could not be reached")


def test_mail_of_an_embedded_installation_is_a_file_a_message(db, settings, tmp_path):
    settings.OUTBOX_DELIVERY_BACKEND = "core.outbox.files.EmailBackend"
    rows = [one_mail(subject=f"Number {number}") for number in range(3)]
    tasks.sweep()

    files = sorted(tmp_path.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    assert [message_from_bytes(file.read_bytes())["Message-ID"] for file in files] == [row.message_id for row in rows]


def test_a_folder_that_cannot_be_written_to_loses_no_mail(db, settings, tmp_path):
    settings.OUTBOX_DELIVERY_BACKEND = "core.outbox.files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "missing")
    one_mail()
    tasks.sweep()

    assert states() == [State.IN_DOUBT]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_never_take_the_same_message(smtp: MailServer):
    rows = [one_mail() for _ in range(12)]

    def work(_):
        try:
            return [actions.deliver(row.pk) for row in rows]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(work, range(4)))

    assert sorted(smtp.message_ids) == sorted(row.message_id for row in rows)
    assert sum(answer.count(State.SENT) for answer in answers) == 12
