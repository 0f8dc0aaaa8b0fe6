"""Email addresses: one form for each, and a digest by which evidence is found without keeping the address."""

import unicodedata
from contextlib import suppress

from django.utils.crypto import salted_hmac

LABEL = "campaigns.updates.address"
LONGEST = 254  # characters of an address that mail servers take (RFC 5321, 4.5.3.1.3)


def normal(address: str) -> str:
    """Return the one form of ``address``: small letters, composed, the host as the internet writes it.

    Mailchimp knows members by the MD5 of the address in small letters, so two that differ by case are one person.
    """
    local, _, host = unicodedata.normalize("NFC", address.strip()).lower().rpartition("@")
    with suppress(UnicodeError):  # No mail goes there; forms refuse it, and elsewhere it has a digest all the same.
        host = host.encode("idna").decode()
    return f"{local}@{host}"


def digest(address: str) -> str:
    """Return what is kept of ``address``: who has it can check whether an address is meant, with SECRET_KEY alone.

    The key is derived from SECRET_KEY under a label of its own (SHA-256 of both, see ``salted_hmac``), so that neither
    a copy of the database nor a digest of another purpose tells anything. Another SECRET_KEY makes other digests:
    what was kept before stays, and can be found by nobody's address any more.
    """
    return salted_hmac(LABEL, normal(address), algorithm="sha256").hexdigest()
