"""What is asked about mailings."""

import hashlib
import json

from campaigns.models import Mailing


def content_hash(mailing: Mailing) -> str:
    """Return the SHA-256 of everything of ``mailing`` that goes out, as it was frozen when it was sent in.

    That is subject, preview text, HTML, plain text, web version, sender, links, audience, segment, expected number,
    ceiling and tracking: another of any of them gives another hash.
    """
    return hashlib.sha256(json.dumps(mailing.frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
