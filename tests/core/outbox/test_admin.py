"""The outbox in the admin: the listing, and "send again"."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.outbox import tasks
from core.outbox.models import OutboxMessage, State
from tests.core.outbox.mail import one_mail, states


@pytest.fixture
def row(db) -> OutboxMessage:
    row = one_mail(subject="Reset your password", message="https://example.org/secret-link")
    OutboxMessage.objects.update(state="in-doubt", finished=timezone.now(), problem="It broke", attempts=1)
    row.refresh_from_db()
    return row


@pytest.fixture
def staff(client, make_user):
    def sign_in(*codenames: str):
        user = make_user(f"user{len(codenames)}")
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
        client.force_login(user)
        return client

    return sign_in


def test_the_listing_shows_state_and_problem_and_never_the_words(staff, row):
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


def test_send_again_is_offered_to_those_who_may(staff, row):
    address = reverse("outbox:send_again", args=[row.pk])

    assert address not in staff("view_outboxmessage").get(reverse("outbox:inspect", args=[row.pk])).text
    both = staff("view_outboxmessage", "change_outboxmessage")
    assert address in both.get(reverse("outbox:inspect", args=[row.pk])).text


def test_send_again_asks_first_then_lets_the_message_wait_and_is_logged(staff, row, smtp):
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
def test_send_again_leaves_any_other_message_alone(staff, row, state):
    finished = timezone.now() if state == "sent" else None
    OutboxMessage.objects.update(state=state, finished=finished)
    client = staff("view_outboxmessage", "change_outboxmessage")
    address = reverse("outbox:send_again", args=[row.pk])

    assert "Only a message in doubt or not sent" in client.get(address).text
    assert "was left alone" in client.post(address, follow=True).text
    assert states() == [state]
    assert not ModelLogEntry.objects.exists()


def test_send_again_is_refused_without_the_permission_or_an_account(staff, row, client):
    address = reverse("outbox:send_again", args=[row.pk])

    assert client.post(address).status_code == 302
    assert staff("view_outboxmessage").post(address).status_code == 302
    assert states() == [State.IN_DOUBT]


def test_a_message_that_is_not_there_is_not_found(staff, row):
    client = staff("view_outboxmessage", "change_outboxmessage")

    assert client.get(reverse("outbox:send_again", args=[row.pk + 1])).status_code == 404
