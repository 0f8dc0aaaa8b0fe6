"""How many calls to Mailchimp all our processes make at once: few, since it allows a user ten connections.

A slot is a key in the cache that all processes share, kept for longer than any call lasts: one whose holder was killed
comes free by itself. Where the cache is down nobody is held up.
"""

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.core.cache import caches

log = structlog.get_logger(__name__)

AT_ONCE = 4
KEPT_FOR = 150  # seconds; longer than connecting, answering and reading may take (MAILCHIMP_TIMEOUT)
PATIENCE = 60.0  # seconds that a caller waits for one
_ASKS_EVERY = 0.1


class AllTaken(Exception):  # noqa: N818  (what happened)
    """No slot came free in time; nothing was sent."""


@contextmanager
def slot() -> Iterator[None]:
    """Hold one slot for the length of one call.

    Raises:
        AllTaken: others held all of them for a minute.
    """
    token = secrets.token_hex(8)
    key = _take(token)
    try:
        yield
    finally:
        if key and caches["limits"].get(key) == token:
            caches["limits"].delete(key)


def _take(token: str) -> str:
    """Return the key of the slot taken; empty where the cache keeps nothing."""
    store, keys = caches["limits"], [f"mailchimp-slot-{number}" for number in range(AT_ONCE)]
    until = time.monotonic() + PATIENCE
    while True:
        for key in keys:
            if store.add(key, token, timeout=KEPT_FOR):
                return key
        if not store.get_many(keys):
            log.warning("mailchimp slots not kept")
            return ""
        if time.monotonic() > until:
            raise AllTaken
        time.sleep(_ASKS_EVERY * random.uniform(0.5, 1.5))  # noqa: S311  (spreads callers, hides nothing)
