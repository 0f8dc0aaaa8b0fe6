"""Mail survives: each message is a row, is sent once, and is in doubt where nobody can know."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage, EmailMultiAlternatives, mail_admins, send_mail
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.outbox import actions, letters, tasks, workers
from core.outbox.models import OutboxMessage, State
from tests.core.smtp_server import MailServer, mail_server


@pytest.fixture(autouse=True)
def _outbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "core.outbox.backend.OutboxBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEFAULT_FROM_EMAIL = "Groundswell <no-reply@example.org>"


@pytest.fixture
def smtp(settings):
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def one_mail(**changes) -> OutboxMessage:
    send_mail(
        **{"subject": "Hello", "message": "Words", "from_email": None, "recipient_list": ["a@example.org"]} | changes
    )
    return OutboxMessage.objects.latest("pk")


def states() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))


def test_mail_becomes_a_row_and_nothing_leaves_yet(db, smtp):
    row = one_mail()

    assert (row.state, row.sender, row.recipients, row.subject) == (
        State.WAITING,
        "no-reply@example.org",
        ["a@example.org"],
        "Hello",
    )
    assert row.message_id.endswith("@example.org>")
    assert smtp.messages == []


def test_mail_to_nobody_makes_no_row(db):
    assert EmailMessage("Hello", "Words", to=[]).send() == 0
    assert OutboxMessage.objects.count() == 0


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


@pytest.mark.parametrize("address", ["nobody", "", "a@", "@b", "zoë@example.org", "a@b\0.org"])
def test_an_address_that_is_none_is_refused_where_it_is_given(db, address):
    with pytest.raises(ValueError, match="no email address"):
        letters.bare(address)


def test_a_domain_in_other_letters_is_written_as_mail_servers_read_it():
    assert letters.bare("Ann <a@bücher.example>") == "a@xn--bcher-kva.example"


def test_a_message_too_large_is_refused_in_a_sentence(db):
    message = EmailMessage("Plan", "Words", to=["a@example.org"])
    message.attach("big.bin", bytes(letters.LARGEST), "application/octet-stream")

    with pytest.raises(ValueError, match="Attach less, or send a link"):
        message.send()
    assert OutboxMessage.objects.count() == 0


def test_one_message_a_key_ever(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as nudges:
        first = actions.put(EmailMessage("Yes", "", to=["a@example.org"]), key="booking-1-confirmed")
        second = actions.put(EmailMessage("Yes", "", to=["a@example.org"]), key="booking-1-confirmed")

    assert first.pk == second.pk
    assert OutboxMessage.objects.count() == 1
    assert len(nudges) == 1


def test_a_message_for_later_waits_for_its_time(db, smtp):
    row = actions.put(EmailMessage("Soon", "", to=["a@example.org"]), due=timezone.now() + timedelta(hours=1))

    tasks.sweep()
    assert actions.deliver(row.pk) is None
    assert states() == [State.WAITING]


def test_a_broker_that_is_away_costs_no_mail(db, smtp, monkeypatch, django_capture_on_commit_callbacks):
    def away(*_, **__):
        raise ConnectionError("no broker")

    monkeypatch.setattr("celery.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        one_mail()

    tasks.sweep()
    assert states() == [State.SENT]


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


def test_password_mails_and_notices_pass_through_the_outbox(db, client, settings, make_user):
    settings.ADMINS = [("Admin", "admin@example.org")]
    make_user("amina", is_superuser=True)
    client.post(reverse("wagtailadmin_password_reset"), {"email": "amina@example.org"})
    mail_admins("Notice", "Words")

    assert list(OutboxMessage.objects.order_by("pk").values_list("recipients", flat=True)) == [
        ["amina@example.org"],
        ["admin@example.org"],
    ]


def test_messages_are_deleted_30_days_after_they_were_sent_or_given_up(db):
    now = timezone.now()
    for days, state in ((31, "sent"), (31, "failed"), (31, "in-doubt"), (29, "sent")):
        OutboxMessage.objects.filter(pk=one_mail().pk).update(state=state, finished=now - timedelta(days=days))
    waiting = one_mail()
    OutboxMessage.objects.filter(pk=waiting.pk).update(created=now - timedelta(days=90))

    assert OutboxMessage.Privacy.purge(now) == 3
    assert states() == [State.SENT, State.WAITING]


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("outbox_state_known", {"state": "lost"}),
        ("outbox_sending_since_while_sending", {"state": "sending"}),
        ("outbox_sending_since_while_sending", {"sending_since": timezone.now()}),
        ("outbox_finished_when_done", {"state": "sent"}),
        ("outbox_finished_when_done", {"finished": timezone.now()}),
    ],
)
def test_database_refuses_a_state_that_makes_no_sense(db, constraint, wrong):
    row = one_mail()

    with pytest.raises(IntegrityError, match=constraint):
        OutboxMessage.objects.filter(pk=row.pk).update(**wrong)


def test_database_refuses_a_second_message_of_one_key(db):
    first, second = one_mail(), one_mail()
    OutboxMessage.objects.filter(pk=first.pk).update(key="once")

    with pytest.raises(IntegrityError):
        OutboxMessage.objects.filter(pk=second.pk).update(key="once")


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


class TestAdmin:
    """The listing, and "send again"."""

    @pytest.fixture
    def row(self, db) -> OutboxMessage:
        row = one_mail(subject="Reset your password", message="https://example.org/secret-link")
        OutboxMessage.objects.update(state="in-doubt", finished=timezone.now(), problem="It broke", attempts=1)
        row.refresh_from_db()
        return row

    @pytest.fixture
    def staff(self, client, make_user):
        def sign_in(*codenames: str):
            user = make_user(f"user{len(codenames)}")
            user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
            client.force_login(user)
            return client

        return sign_in

    def test_the_listing_shows_state_and_problem_and_never_the_words(self, staff, row):
        client = staff("view_outboxmessage")
        listing = client.get(reverse("outbox:index"), {"state": "in-doubt"}).text
        inspected = client.get(reverse("outbox:inspect", args=[row.pk])).text

        for page in (listing, inspected):
            assert "Reset your password" in page
            assert "a@example.org" in page
            assert "In doubt" in page
            assert "It broke" in page
            assert "secret-link" not in page
        assert "Reset your password" not in client.get(reverse("outbox:index"), {"state": "sent"}).text

    def test_send_again_is_offered_to_those_who_may(self, staff, row):
        address = reverse("outbox:send_again", args=[row.pk])

        assert address not in staff("view_outboxmessage").get(reverse("outbox:inspect", args=[row.pk])).text
        both = staff("view_outboxmessage", "change_outboxmessage")
        assert address in both.get(reverse("outbox:inspect", args=[row.pk])).text

    def test_send_again_asks_first_then_lets_the_message_wait_and_is_logged(self, staff, row, smtp):
        client = staff("view_outboxmessage", "change_outboxmessage")
        address = reverse("outbox:send_again", args=[row.pk])

        assert "will get it twice" in client.get(address).text
        assert states() == [State.IN_DOUBT]
        client.post(address)
        assert states() == [State.WAITING]
        entry = ModelLogEntry.objects.get(action="core.outbox.send_again")
        assert (entry.object_id, entry.user.username, entry.data) == (str(row.pk), "user2", {"was": "in-doubt"})
        tasks.sweep()
        assert smtp.message_ids == [row.message_id]

    @pytest.mark.parametrize("state", ["waiting", "sent"])
    def test_send_again_leaves_any_other_message_alone(self, staff, row, state):
        finished = timezone.now() if state == "sent" else None
        OutboxMessage.objects.update(state=state, finished=finished)
        client = staff("view_outboxmessage", "change_outboxmessage")
        address = reverse("outbox:send_again", args=[row.pk])

        assert "Only a message in doubt or not sent" in client.get(address).text
        assert "was left alone" in client.post(address, follow=True).text
        assert states() == [state]
        assert not ModelLogEntry.objects.exists()

    def test_send_again_is_refused_without_the_permission_or_an_account(self, staff, row, client):
        address = reverse("outbox:send_again", args=[row.pk])

        assert client.post(address).status_code == 302
        assert staff("view_outboxmessage").post(address).status_code == 302
        assert states() == [State.IN_DOUBT]

    def test_a_message_that_is_not_there_is_not_found(self, staff, row):
        client = staff("view_outboxmessage", "change_outboxmessage")

        assert client.get(reverse("outbox:send_again", args=[row.pk + 1])).status_code == 404
