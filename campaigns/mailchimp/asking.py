"""What is put into a request to Mailchimp: ids that can be one, and bodies as it reads them."""

import hashlib
import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from campaigns.mailchimp.errors import Invalid
from campaigns.mailchimp.shapes import Draft

QUARTER = 15  # minutes; a schedule begins on a quarter of an hour
_ID = re.compile(r"[A-Za-z0-9]+")
CHANGEABLE = {"status", "language", "interests", "merge_fields", "email_address"}
# What members do themselves, or staff at Mailchimp; what we write there ourselves is no news to us.
HEARD = {
    "events": {
        "subscribe": True,
        "unsubscribe": True,
        "profile": True,
        "cleaned": True,
        "upemail": True,
        "campaign": False,
    },
    "sources": {"user": True, "admin": True, "api": False},
}


def data_centre(key: str) -> str:
    """Return the data centre that ``key`` belongs to: what stands after its dash."""
    return key.rpartition("-")[2]


def member_hash(address: str) -> str:
    """Return how Mailchimp calls the member of that address in its paths."""
    return hashlib.md5(address.strip().lower().encode(), usedforsecurity=False).hexdigest()


def checked(identifier: str) -> str:
    """Return ``identifier`` if it can be one of Mailchimp's: anything else would lead to another address.

    Raises:
        Invalid: it cannot.
    """
    if not _ID.fullmatch(identifier):
        raise Invalid("That is no id of Mailchimp's. Choose from the lists again.")
    return identifier


def body_of(draft: Draft) -> dict[str, Any]:
    """Return ``draft`` as Mailchimp is told of it.

    Mailchimp ignores keys that it does not know, so a segment under a misspelt one would be the whole audience: whoever
    sends reads back what stands there.
    """
    recipients: dict[str, Any] = {"list_id": checked(draft.audience_id)}
    if draft.segment_id is not None:
        recipients["segment_opts"] = {"saved_segment_id": int(draft.segment_id), "match": "any"}
    return {
        "recipients": recipients,
        "settings": {
            "title": draft.title,
            "subject_line": draft.subject_line,
            "preview_text": draft.preview_text,
            "from_name": draft.from_name,
            "reply_to": draft.reply_to,
            "auto_footer": False,
            "inline_css": False,
        },
        "tracking": asdict(draft.tracking),
    }


def schedule_time(moment: datetime) -> str:
    """Return ``moment`` as Mailchimp is told when to send.

    Raises:
        ValueError: it is not on a quarter of an hour.
    """
    moment = moment.astimezone(UTC)
    if moment.minute % QUARTER or moment.second or moment.microsecond:
        raise ValueError("A schedule begins on a quarter of an hour.")
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
