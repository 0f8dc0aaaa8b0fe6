"""Hearing back: what Mailchimp tells is kept at once, and worked on later."""

import hashlib
import secrets
import time
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from campaigns.models.audiences import MailchimpWebhook
from campaigns.models.hearings import AudienceEvent
from campaigns.updates.addresses import digest
from campaigns.updates.enums import Ending, Happening
from campaigns.updates.evidence import work_out
from campaigns.updates.nudging import HEAR, nudge
from campaigns.updates.signatures import refuse_unsigned
from campaigns.updates.telling import read

AT_ONCE = 200
SECONDS = 40  # of one run
REMEMBERED_FOR = 60  # seconds


class Listener(NamedTuple):
    """An address of ours that Mailchimp calls: about which audience (its key), and what it signs with."""

    audience: str
    signing_secret: str


_listening: dict[str, tuple[float, Listener]] = {}


def listener_at(secret: str) -> Listener | None:
    """Return what listens at the address that ends with ``secret``; also one that Mailchimp is only being told of.

    Each process remembers for a minute those that listen for good, so that a burst asks the database once.
    """
    ends, known = _listening.get(secret, (0.0, None))
    if known and ends > time.monotonic() and not connection.in_atomic_block:
        return known
    webhooks = MailchimpWebhook.objects.filter(path_secret=secret)
    for found in webhooks.values_list("audience__remote_id", "signing_secret"):
        known = Listener(*found)
        if known.signing_secret and not connection.in_atomic_block:
            _listening[secret] = (time.monotonic() + REMEMBERED_FOR, known)
        return known
    return None


COLUMNS = ("key", "kind", "digest", "new_digest", "how", "happened_at", "heard_at")
# Written out, because a burst comes to it, and the ORM takes longer than everything else together.
INSERT = f"""
    INSERT INTO {AudienceEvent._meta.db_table} ({", ".join(f'"{name}"' for name in COLUMNS)})
    VALUES ({", ".join(["%s"] * len(COLUMNS))}) ON CONFLICT ("key") DO NOTHING
"""  # noqa: S608  (made of names in this file alone)


def hear(*, listener: Listener, body: bytes, signature: str) -> None:
    """Keep what was told, once however often it is.

    The body itself is kept nowhere: what is written down has digests in the place of addresses.

    Raises:
        SignatureError: it is not Mailchimp's, or not of now.
        UnreadableError: it makes no sense.
    """
    refuse_unsigned(signature, body, secret=listener.signing_secret, now=time.time())
    told = read(body, audience=listener.audience)
    if told is None:
        return
    key = hashlib.sha256(told.name.encode()).hexdigest()
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (told.happened_at, timezone.now())]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [key, told.kind.value, told.digest, told.new_digest, str(told.how), *moments])
    nudge(HEAR)


def work_on_heard() -> int:
    """Let our evidence hear of what was told, for some seconds at most; return how many things that were."""
    until, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (some := _work_on_some()):
        done += some
    return done


@transaction.atomic
def _work_on_some() -> int:
    waiting = AudienceEvent.objects.filter(worked_at=None).order_by("pk")
    events = list(waiting.select_for_update(skip_locked=True)[:AT_ONCE])
    _let_evidence_hear(events)
    return len(events)


def _let_evidence_hear(events: list[AudienceEvent]) -> None:
    if events:
        work_out({event.digest for event in events})
        AudienceEvent.objects.filter(pk__in=[event.pk for event in events]).update(worked_at=timezone.now())


@transaction.atomic
def withdraw_here(*, address: str) -> None:
    """Write down that whoever has ``address`` stopped all news just now, on our own page."""
    now = timezone.now()
    event = AudienceEvent.objects.create(
        key=secrets.token_hex(32),
        kind=Happening.HERE,
        digest=digest(address),
        how=Ending.HERE,
        happened_at=now.replace(microsecond=0),
        heard_at=now,
    )
    _let_evidence_hear([event])
