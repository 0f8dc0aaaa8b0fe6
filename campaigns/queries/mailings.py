"""What is asked about mailings."""

import hashlib
import json

from campaigns.enums import MailingState
from campaigns.models import Mailing

# Those that reached somebody, may have, or are about to at a time that is set.
GONE_OUT = (MailingState.SEND_REQUESTED, MailingState.SENDING, MailingState.SENT, MailingState.UNKNOWN)


def content_hash(mailing: Mailing) -> str:
    """Return the SHA-256 of everything of ``mailing`` that goes out, as it was frozen when it was sent in.

    That is subject, preview text, HTML, plain text, web version, sender, links, audience, segment, expected number,
    ceiling and tracking: another of any of them gives another hash.
    """
    return hashlib.sha256(json.dumps(mailing.frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_intact(mailing: Mailing) -> bool:
    """Tell whether ``mailing`` is still what was approved."""
    return content_hash(mailing) == mailing.digest


def is_out(mailing: Mailing) -> bool:
    """Tell whether anybody may read the web version of ``mailing``: it is out, as it was approved."""
    return mailing.state in GONE_OUT and is_intact(mailing)


def seen_on_the_web(slug: str, code: str) -> Mailing | None:
    """Return the mailing ``code`` of the campaign ``slug`` if anybody may read its web version."""
    found = Mailing.objects.filter(campaign__code=slug, code=code).first()
    return found if found and is_out(found) else None
