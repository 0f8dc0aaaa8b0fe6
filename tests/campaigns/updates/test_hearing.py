"""Hearing back from Mailchimp: what is refused, what is kept once, and what it does to our evidence."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.updates import hearing
from campaigns.actions.updates.hearing import work_on_heard
from campaigns.models import AudienceEvent, SignUp
from campaigns.updates.addresses import digest
from campaigns.updates.enums import Ending, HandOver, Standing
from core.privacy import purge_all
from tests.factories.updates import SECRET, SIGNING, deliver, delivery

pytestmark = pytest.mark.django_db
ADA, BEA = "ada@council.org.uk", "bea@council.org.uk"
AGREED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(wording, webhook):
    """Return a function that makes an agreement that was handed over."""

    def make(email: str = ADA, *, at: datetime = AGREED) -> SignUp:
        return SignUp.objects.create(
            digest=digest(email), wording=wording, agreed_at=at, due=at, language="en", page="/updates/",
            state=HandOver.DONE, handed_over_at=at, audience="aud1", must_confirm=True,
        )  # fmt: skip

    return make


def on(day: int, time_of_day: str = "12:00:00") -> str:
    return f"2026-11-{day:02} {time_of_day}"


def told(kind: str, email: str = ADA, *, day: int, audience: str = "aud1", **data) -> bytes:
    return delivery(kind, email, audience=audience, fired_at=on(day), **data)


def test_the_address_answers_mailchimp_s_look_and_nobody_else_s(client, webhook):
    assert client.get(f"/mailchimp/{SECRET}/").status_code == 200
    answer = client.get("/mailchimp/another/")
    assert (answer.status_code, answer.content) == (404, b"Nothing listens at this address.\n")
    assert deliver(client, told("subscribe", day=2), path="another").status_code == 404
    assert client.put(f"/mailchimp/{SECRET}/").status_code == 405
    assert client.get(f"/ur/mailchimp/{SECRET}/").status_code == 404


def test_what_is_told_is_kept_as_digests_and_answered_at_once(webhook, agreed):
    row = agreed()
    client = Client(enforce_csrf_checks=True)
    answer = deliver(client, told("subscribe", day=2))
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"Heard.\n", {})
    event = AudienceEvent.objects.get()
    assert "ada" not in str(AudienceEvent.objects.values().get())
    assert (event.digest, event.worked_at) == (digest(ADA), None)
    assert SignUp.objects.get().confirmed_at is None
    assert work_on_heard() == 1
    row.refresh_from_db()
    assert row.confirmed_at == datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert row.standing == Standing.CONFIRMED
    assert work_on_heard() == 0


UNDATED = told("subscribe", day=2).replace(b"2026-11-02", b"yesterday")


@pytest.mark.parametrize(
    ("body", "given", "answer"),
    [
        (told("subscribe", day=2), {"secret": "another"}, (403, "The signature does not fit what was sent.")),
        (told("subscribe", day=2), {"ago": 301}, (403, "This was signed too long ago, or a clock is wrong.")),
        (told("subscribe", day=2), {"ago": -302}, (403, "This was signed too long ago, or a clock is wrong.")),
        (b"", {}, (400, "What was sent does not say what happened.")),
        (b"\xff\xfe", {}, (400, "What was sent is no form that can be read.")),
        (b"a=1&" * 400, {}, (400, "What was sent is no form that can be read.")),
        (b"type=subscribe", {}, (400, "What was sent is about another audience.")),
        (told("subscribe", day=2, audience="aud2"), {}, (400, "What was sent is about another audience.")),
        (told("subscribe", "", day=2), {}, (400, "What was sent does not say whom it happened to.")),
        (told("upemail", day=2), {}, (400, "What was sent does not say whom it happened to.")),
        (UNDATED, {}, (400, "What was sent does not say when it happened.")),
    ],
)  # fmt: skip
def test_what_is_forged_old_or_unreadable_is_refused_in_a_sentence(client, webhook, body, given, answer):
    ago, secret = given.get("ago", 0), given.get("secret", SIGNING)
    found = deliver(client, body, at=time.time() - ago, secret=secret)
    assert (found.status_code, found.content.decode().strip()) == answer
    assert not AudienceEvent.objects.exists()


def test_a_signature_is_needed_and_must_be_of_this_body(client, webhook):
    body = told("unsubscribe", day=2)
    address = f"/mailchimp/{SECRET}/"
    assert client.post(address, body, content_type="application/x-www-form-urlencoded").status_code == 403
    signed = deliver(client, body).request["HTTP_X_MAILCHIMP_SIGNATURE"]
    for wrong, header in ((body[:-10], signed), (body + b"&x=1", signed), (body, signed.upper()), (body, signed[:-1])):
        answer = client.post(
            address, wrong, content_type="application/x-www-form-urlencoded", headers={"X-Mailchimp-Signature": header}
        )
        assert answer.status_code == 403
    assert AudienceEvent.objects.count() == 1


def test_nothing_is_heard_before_mailchimp_has_given_its_secret(client, webhook):
    webhook.signing_secret = webhook.remote_id = ""
    webhook.made_at = None
    webhook.save()
    assert client.get(f"/mailchimp/{SECRET}/").status_code == 200
    answer = deliver(client, told("subscribe", day=2), secret="")
    assert (answer.status_code, answer.content) == (403, b"Nothing can be signed for this address yet.\n")


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("It was read.")

    readline = read

    def close(self):
        pass


def test_ten_megabytes_are_refused_unread(client, webhook):
    answer = client.generic(
        "POST", f"/mailchimp/{SECRET}/", b"", **{"wsgi.input": Unread(), "CONTENT_LENGTH": "10000000"}
    )
    assert answer.status_code == 413
    assert deliver(client, b"a" * 70_000).status_code == 413


def test_other_things_that_mailchimp_tells_are_heard_and_passed_over(client, webhook):
    assert deliver(client, told("campaign", day=2)).status_code == 200
    assert deliver(client, told("pending", day=2)).status_code == 200
    assert not AudienceEvent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "data", "how"),
    [
        ("unsubscribe", {"action": "unsub", "reason": "manual"}, Ending.LINK),
        ("unsubscribe", {"action": "unsub", "reason": "abuse"}, Ending.ABUSE),
        ("unsubscribe", {"action": "delete", "reason": "manual"}, Ending.DELETED),
        ("cleaned", {"reason": "hard"}, Ending.BOUNCED),
        ("cleaned", {"reason": "abuse"}, Ending.ABUSE),
    ],
)
def test_what_ends_an_agreement_says_how(client, agreed, kind, data, how):
    row = agreed()
    deliver(client, told(kind, day=3, **data))
    work_on_heard()
    row.refresh_from_db()
    assert (row.standing, row.withdrawn_how, row.withdrawn_at.day) == (Standing.WITHDRAWN, how, 3)


def test_who_comes_back_agrees_anew_and_the_old_agreement_stays_ended(client, agreed):
    first, second = agreed(), agreed(at=AGREED + timedelta(days=9))
    for body in (told("subscribe", day=2), told("unsubscribe", day=5), told("subscribe", day=11)):
        deliver(client, body)
    work_on_heard()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.standing, first.confirmed_at.day, first.withdrawn_at.day) == (Standing.WITHDRAWN, 2, 5)
    assert (second.standing, second.confirmed_at.day) == (Standing.CONFIRMED, 11)


STORY = [
    told("subscribe", day=2),
    told("profile", day=3),
    told("upemail", day=4, new_email="ada@new.org.uk"),
    told("unsubscribe", day=5),  # somebody else has that address by now
    told("profile", "ada@new.org.uk", day=6),
    told("upemail", "ada@new.org.uk", day=7, new_email="ada@newest.org.uk"),
    told("profile", "ada@newest.org.uk", day=8),
    told("unsubscribe", "ada@newest.org.uk", day=9, reason="manual", action="unsub"),
    told("subscribe", "ada@newest.org.uk", day=10),
]


@pytest.mark.parametrize("seed", range(6))
def test_a_story_ends_alike_in_whatever_order_it_is_told(client, agreed, monkeypatch, seed):
    monkeypatch.setattr(hearing, "AT_ONCE", 1 + seed % 3)
    row = agreed()
    shuffled = STORY * 2
    random.Random(seed).shuffle(shuffled)
    for number, body in enumerate(shuffled):
        deliver(client, body)
        if number % 2:
            work_on_heard()
    work_on_heard()
    row.refresh_from_db()
    assert (row.confirmed_at.day, row.changed_at.day, row.withdrawn_at.day) == (2, 8, 9)
    assert row.withdrawn_how == Ending.LINK


def test_a_thousand_deliveries_leave_exactly_the_right_evidence(client, agreed):
    """Duplicates, another order, forgeries, and people of whom nothing is kept."""
    people = [f"person-{number}@council.org.uk" for number in range(100)]
    rows = {email: agreed(email) for email in people}
    right, wanted = [], {}
    for number, email in enumerate(people):
        right.append(told("subscribe", email, day=2))
        right.append(told("profile", email, day=3))
        wanted[email] = (2, 3, None)
        if number % 3 == 0:
            right.append(told("unsubscribe", email, day=4, reason="manual"))
            wanted[email] = (2, 3, 4)
        elif number % 3 == 1:
            right.append(told("upemail", email, day=4, new_email=f"new-{email}"))
            right.append(told("cleaned", f"new-{email}", day=5, reason="hard"))
            wanted[email] = (2, 3, 5)
        right.append(told("unsubscribe", f"unknown-{email}", day=4, reason="manual"))
    deliveries = [(body, SIGNING, 200) for body in right]
    deliveries += [(body, SIGNING, 200) for body in right[:250]]
    deliveries += [(told("unsubscribe", email, day=3), "forged", 403) for email in people * 5]
    del deliveries[1000:]
    random.Random(8).shuffle(deliveries)
    assert len(deliveries) == 1000
    for body, secret, status in deliveries:
        assert deliver(client, body, secret=secret).status_code == status
    work_on_heard()
    assert AudienceEvent.objects.count() == len(right)
    for email, row in rows.items():
        row.refresh_from_db()
        found = tuple(at and at.day for at in (row.confirmed_at, row.changed_at, row.withdrawn_at))
        assert found == wanted[email], email


def test_what_is_about_nobody_goes_and_what_an_agreement_rests_on_stays(client, agreed, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, tzinfo=UTC))
    row = agreed()
    for body in (*STORY[:3], told("unsubscribe", BEA, day=5)):
        deliver(client, body)
    deliver(client, told("profile", "ada@new.org.uk", day=6))
    work_on_heard()
    time_machine.shift(timedelta(days=31))
    purge_all(timezone.now())
    assert AudienceEvent.objects.count() == 4
    assert not AudienceEvent.objects.filter(digest=digest(BEA)).exists()
    row.delete()
    purge_all(timezone.now())
    assert not AudienceEvent.objects.exists()


def test_no_secret_and_no_address_stands_in_a_log(client, webhook, caplog):
    deliver(client, told("subscribe", day=2), secret="forged")
    deliver(client, told("subscribe", day=2))
    deliver(client, b"nonsense")
    client.get("/mailchimp/a-secret-that-somebody-mistyped/")
    assert ADA not in caplog.text
