"""Who was here before: told by digests in a cache that forgets, and by nothing else.

A digest is made of the network address, the browser and one page, with a salt that is thrown away at midnight
(``core.limits``). It says of one page that somebody saw it today, and of nobody what else they saw.
"""

from django.core.cache import caches

from core.limits import left_of_today

PAST_MIDNIGHT = 60  # seconds: what came before midnight may be written after it
AGAIN_WITHIN = 30  # seconds: a second click of a double click, and whoever is impatient


def is_new_today(digest: str) -> bool:
    """Note the visitor, and tell whether they came for the first time today; no, where the cache cannot say."""
    return caches["visitors"].add(f"day-{digest}", 1, timeout=left_of_today() + PAST_MIDNIGHT)


def was_just_here(digest: str) -> bool:
    """Note the click, and tell whether it came within 30 seconds of the one before; no, where the cache is down."""
    store, name = caches["visitors"], f"click-{digest}"
    if store.add(name, 1, timeout=AGAIN_WITHIN):
        return False
    return store.touch(name, AGAIN_WITHIN)
