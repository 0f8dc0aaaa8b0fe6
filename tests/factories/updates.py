"""Signing up for news."""

import hashlib
import time
from urllib.parse import urlencode

from django.utils import timezone

from campaigns.actions.updates.keeping import approve_wording, write_wording
from campaigns.models import ConsentWording, OfferedInterest, UpdatesSettings
from campaigns.models.audiences import MailchimpAudience, MailchimpInterest, MailchimpWebhook
from campaigns.updates.signatures import HEADER, sign
from core.models import User
from tests.leaks import NAME, SECRET, SIGNING

WORDS = "I agree to get news by email about what the council does against hate."
AREAS = {"events": "Events near you", "schools": "Lessons for schools"}


def make_wording(language: str = "en", text: str = WORDS) -> ConsentWording:
    """Return a wording in force."""
    writer, _ = User.objects.get_or_create(username="wendy")
    approver, _ = User.objects.get_or_create(username="abe")
    wording = write_wording(language=language, text=text, by=writer)
    approve_wording(wording=wording, by=approver)
    wording.refresh_from_db()
    return wording


def open_updates(audience: MailchimpAudience, *, areas: dict[str, str] | None = None) -> ConsentWording:
    """Let people sign up to ``audience``, with ``areas`` of news: key at Mailchimp and English name."""
    UpdatesSettings.objects.create(pk=1, audience=audience)
    for order, (key, label) in enumerate((areas or {}).items()):
        interest = MailchimpInterest.objects.get(audience=audience, remote_id=key)
        OfferedInterest.objects.create(interest=interest, labels={"en": label}, order=order)
    return make_wording()


def sent(wording: ConsentWording, email: str = "ada@council.org.uk", **fields: str | list[str]) -> dict:
    """Return what a browser sends of a form that was filled in."""
    return {"email": email, "wording": wording.pk, "language": "en", "agree": "on", **fields}


def make_audience(remote_id: str = "aud1", *, areas: dict[str, str] | None = None, **fields) -> MailchimpAudience:
    """Return an audience as it is known here, with the interests ``areas``."""
    seen = {"name": "Residents", "seen_at": timezone.now()}
    given = {"web_id": 1, "double_optin": True, "member_count": 0} | fields
    audience = MailchimpAudience.objects.create(remote_id=remote_id, **{**seen, **given})
    for key, label in (areas or {}).items():
        MailchimpInterest.objects.create(
            audience=audience, remote_id=key, category_id="cat", category_name="News", subscriber_count=0,
            **{**seen, "name": label},
        )  # fmt: skip
    return audience


def make_webhook(audience: MailchimpAudience) -> MailchimpWebhook:
    """Return a webhook that stands at /mailchimp/<SECRET>/."""
    return MailchimpWebhook.objects.create(
        audience=audience, path_secret=SECRET, remote_id="hook1", signing_secret=SIGNING, made_at=timezone.now()
    )


def delivery(kind: str, email: str, *, audience: str, fired_at: str, **data: str) -> bytes:
    """Return what Mailchimp sends when ``kind`` happened to ``email``."""
    named = {"old_email": email} if kind == "upemail" else {"email": email}
    if kind not in {"cleaned", "upemail"}:
        named["id"] = hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()[:10]
    fields = {"list_id": audience, "merges][FNAME": NAME, **named, **data}
    return urlencode(
        {"type": kind, "fired_at": fired_at, **{f"data[{name}]": said for name, said in fields.items()}}
    ).encode()


def deliver(client, body: bytes, *, secret: str = SIGNING, at: float | None = None, path: str = SECRET):
    """Return the answer to a delivery, signed just now or at ``at``."""
    signature = sign(body, secret=secret, at=int(time.time() if at is None else at))
    return client.post(
        f"/mailchimp/{path}/", body, content_type="application/x-www-form-urlencoded", headers={HEADER: signature}
    )
