"""Signing up with evidence, against a bare Django form that saves one row; hearing Mailchimp, against a bare view.

Each sign-up comes from a network and an address of its own, each delivery tells something new, so nothing is slowed or
known already. The peers run behind the site's middleware; a delivery of Mailchimp's is heard before most of it.
"""

import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from benchmarks.bare.models import BareSignUp
from benchmarks.measure import compare
from campaigns.models import (
    AudienceEvent,
    ConsentWording,
    MailchimpAudience,
    MailchimpInterest,
    MailchimpWebhook,
    OfferedInterest,
    SignUp,
    UpdatesSettings,
)
from campaigns.updates.signatures import HEADER, sign

SECRET, SIGNING = "an-address-that-nobody-knows", "a-secret-to-sign-with"
FORM = "application/x-www-form-urlencoded"


def measure() -> None:
    """Print the lines `signup` and `webhook`."""
    audience = _audience()
    wording = _open(audience)
    client, numbers = Client(), count()

    def post(path: str, sent: dict[str, Any], **extra: Any) -> int:
        return client.post(path, urlencode(sent), content_type=FORM, **extra).status_code  # as browsers send a form

    def sign_up() -> None:
        number = next(numbers)
        sent = {"email": f"person-{number}@example.org", "areas": "events", "language": "en", "agree": "on"}
        network = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        _expect(302, post("/updates/", sent | {"wording": wording.pk}, REMOTE_ADDR=network))

    def save_row() -> None:
        _expect(302, post("/bare/sign-up/", {"email": f"person-{next(numbers)}@example.org"}))

    compare("signup", ours=sign_up, peer=save_row, times=200, unit="posts/s")
    _kept(SignUp.objects.count() + BareSignUp.objects.count(), next(numbers))
    told = count()

    def hear() -> None:
        body = _delivery(next(told))
        header = sign(body, secret=SIGNING, at=int(time.time()))
        answer = client.post(f"/mailchimp/{SECRET}/", body, content_type=FORM, headers={HEADER: header})
        _expect(200, answer.status_code)

    def answer() -> None:
        _expect(200, client.post("/bare/hook/", _delivery(0), content_type=FORM).status_code)

    compare("webhook", ours=hear, peer=answer, times=300, unit="deliveries/s")
    _kept(AudienceEvent.objects.count(), next(told))


def _expect(status: int, found: int) -> None:
    if found != status:
        raise SystemExit(f"A post answered {found} and not {status}, so nothing was measured")


def _kept(rows: int, wanted: int) -> None:
    if rows != wanted:
        raise SystemExit(f"{wanted} were sent and {rows} kept, so nothing was measured")


def _delivery(number: int) -> bytes:
    return (
        f"type=unsubscribe&fired_at=2026-11-30+12%3A00%3A00&data%5Baction%5D=unsub&data%5Breason%5D=manual"
        f"&data%5Bid%5D={number:x}&data%5Blist_id%5D=bench&data%5Bemail%5D=person-{number}%40example.org"
        f"&data%5Bemail_type%5D=html&data%5Bip_opt%5D=&data%5Bmerges%5D%5BEMAIL%5D=person-{number}%40example.org"
    ).encode()


def _audience() -> MailchimpAudience:
    now = timezone.now()
    audience = MailchimpAudience.objects.create(
        remote_id="bench", name="Bench", seen_at=now, web_id=1, double_optin=True, member_count=0
    )
    MailchimpWebhook.objects.create(
        audience=audience, path_secret=SECRET, signing_secret=SIGNING, remote_id="bench", made_at=now
    )
    return audience


def _open(audience: MailchimpAudience) -> ConsentWording:
    UpdatesSettings.objects.create(pk=1, audience=audience)
    now = timezone.now()
    for key in ("events", "schools"):
        interest = MailchimpInterest.objects.create(
            audience=audience, remote_id=key, name=key, seen_at=now, category_name="News", subscriber_count=0
        )
        OfferedInterest.objects.create(interest=interest, labels={"en": key.title()})
    return ConsentWording.objects.create(
        language="en", version=1, text="I agree to get news by email.", written_at=now, approved_at=now
    )
