"""What is done with the calendar: decisions about restricted periods, awareness dates laid, keys to the feed."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.calendar.entries import Entry
from campaigns.models import AwarenessDate, Decision, FeedKey, RestrictedPeriod
from core.codes import digest_of
from core.models import User

AWARENESS_FILE = Path(settings.REPOSITORY) / "campaigns/data/awareness_dates.json"
KEYS = "campaigns.calendar"
DECIDED = "campaigns.decide"
WITHDRAWN = "campaigns.withdraw_decision"


@transaction.atomic
def decide(*, period: RestrictedPeriod, entry: Entry, reason: str, by: User) -> Decision:
    """Record that ``by`` decided that ``entry`` may be live, or go out, in ``period``.

    Raises:
        ValidationError: there is no reason, or somebody has decided already.
    """
    period = RestrictedPeriod.objects.select_for_update().get(pk=period.pk)
    about = {"kind": entry.kind, "key": entry.key}
    if period.decisions.standing().filter(**about).exists():
        raise ValidationError("Somebody has decided this already. Look at the decisions below.", code="decided")
    decision = Decision(period=period, **about, title=entry.title[:255], reason=reason.strip(), by=by)
    decision.full_clean()
    decision.save()
    log(instance=period, action=DECIDED, user=by, data={"title": decision.title, "reason": decision.reason})
    return decision


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: User) -> None:
    """Take a decision back; it stays on record.

    Raises:
        ValidationError: somebody has taken it back already.
    """
    standing = Decision.objects.select_for_update().standing().filter(pk=decision.pk).first()
    if standing is None:
        raise ValidationError("Somebody has withdrawn this decision already.", code="withdrawn")
    standing.withdrawn, standing.withdrawn_by = timezone.now(), by
    standing.save(update_fields=["withdrawn", "withdrawn_by"])
    log(instance=standing.period, action=WITHDRAWN, user=by, data={"title": standing.title, "reason": ""})


@transaction.atomic
def lay_awareness_dates(*, path: Path = AWARENESS_FILE) -> int:
    """Keep the awareness dates that come with the product, each with its source; leave those of the same name alone.

    Returns how many were new.

    Raises:
        ValidationError: a line of the file is wrong.
    """
    there = set(AwarenessDate.objects.values_list("name", flat=True))
    lines: list[dict[str, Any]] = json.loads(path.read_text())
    new = [AwarenessDate(**line) for line in lines if line["name"] not in there]
    for one in new:
        one.full_clean()
        one.save()
    return len(new)


@transaction.atomic
def make_feed_key(*, user: User) -> str:
    """Give ``user`` a new key to the feed and end the one before. It is shown once: only a digest is kept."""
    key = secrets.token_urlsafe(32)
    values = {"digest": digest_of(key, purpose=KEYS), "made": timezone.now(), "last_used": None}
    FeedKey.objects.update_or_create(user=user, defaults=values)
    return key


def end_feed_key(*, user: User) -> None:
    """End the key of ``user``: calendars that hold its address get nothing more."""
    FeedKey.objects.filter(user=user).delete()
