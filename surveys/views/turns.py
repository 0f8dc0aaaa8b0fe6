"""A turn: a signed moment that a page carries, before which what it sends is too early. The server keeps nothing of it.

A wait page carries one, so that whoever has waited gets through, and so does a page of questions, so that answers which
come before anybody can have read it are known.
"""

from django.core.signing import BadSignature, Signer
from django.utils import timezone

SIGNER = Signer(salt="surveys.turn")
NEVER = 1 << 62
TURN = "turn"  # the field that carries it


def turn(subject: str, seconds: int) -> str:
    """Return a turn for ``subject`` that comes in so many seconds."""
    return SIGNER.sign(f"{subject} {_now() + seconds}")


def is_due(given: str, subject: str) -> bool:
    """Tell whether ``given`` is a turn of ``subject`` that has come."""
    return _comes(given, subject) <= _now()


def left(given: str, subject: str) -> int:
    """Return the seconds until the turn ``given`` of ``subject`` comes; 0 where it is none or has come."""
    comes = _comes(given, subject)
    return 0 if comes == NEVER else max(0, comes - _now())


def _comes(given: str, subject: str) -> int:
    try:
        whose, _, comes = SIGNER.unsign(given).rpartition(" ")
    except BadSignature:
        return NEVER
    return int(comes) if whose == subject else NEVER


def _now() -> int:
    return int(timezone.now().timestamp())
