"""Mail becomes a row: what is refused, when it goes, how long it is kept."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, mail_admins
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from core.outbox import actions, letters, tasks
from core.outbox.models import OutboxMessage, State
from tests.core.outbox.mail import one_mail, states


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
