"""The signature that Mailchimp sends with what it tells: ``X-Mailchimp-Signature: t=<seconds>,v1=<hex>``.

It is the HMAC-SHA256, under the secret that it gave when the webhook was made, of the time, a full stop, and the body
as it came.
"""

import hashlib
import hmac
import re

HEADER = "X-Mailchimp-Signature"
WINDOW = 300  # seconds, both ways: clocks differ, and what is older is told by somebody who listened in
_SAID = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class SignatureError(ValueError):
    """It is not Mailchimp's, or not of now. The message is a sentence."""


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the header for ``body``, signed at ``at`` (seconds since 1970)."""
    return f"t={at},v1={_mac(body, secret, str(at))}"


def refuse_unsigned(header: str, body: bytes, *, secret: str, now: float) -> None:
    """Refuse ``body`` unless ``header`` signs it, within five minutes of ``now``.

    Raises:
        SignatureError: it does not.
    """
    if not secret:
        raise SignatureError("Nothing can be signed for this address yet.")
    said = _SAID.fullmatch(header.replace(" ", ""))
    if said is None:
        raise SignatureError("The signature is missing or cannot be read.")
    at, mac = said.groups()
    if not hmac.compare_digest(_mac(body, secret, at), mac):
        raise SignatureError("The signature does not fit what was sent.")
    if abs(now - int(at)) > WINDOW:
        raise SignatureError("This was signed too long ago, or a clock is wrong.")


def _mac(body: bytes, secret: str, at: str) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
