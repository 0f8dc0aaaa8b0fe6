"""How often something came from one network address of late, without keeping the address.

An address is known for a day by a digest, keyed with a salt that is drawn anew each day and thrown away with it; both
stand in a cache of their own that forgets by itself, never in the database, a backup or a log. Whoever holds a digest
after that day can find out nothing from it. A limit counts by the minute and looks back over its last minutes, and
begins anew at midnight. Where the cache is down nobody is held up.

Each process remembers the salt for a minute at most; one that nobody asks again holds the last one in its memory, until
somebody does or it ends.
"""

import hashlib
import hmac
import ipaddress
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

EVERYBODY = "everybody"
IPV6_HOUSEHOLD = 64  # bits; what one connection is given, so that its many addresses count as one


@dataclass(frozen=True)
class Limit:
    """At most ``most`` within the last ``minutes`` of what ``name`` stands for."""

    name: str
    most: int
    minutes: int

    def lets(self, who: str) -> bool:
        """Count one more from ``who``, unless that would be over the limit; tell whether it was counted."""
        keys = self._keys(who)
        if _all_of(keys) >= self.most:
            return False
        _one_more(keys[0], kept=self.minutes * 60)
        return True

    def is_reached(self, who: str) -> bool:
        """Tell whether one more from ``who`` would be over the limit."""
        return self.count(who) >= self.most

    def count(self, who: str) -> int:
        """Return how many came from ``who`` within the last minutes."""
        return _all_of(self._keys(who))

    def add(self, who: str) -> None:
        """Count one more from ``who``."""
        _one_more(self._keys(who)[0], kept=self.minutes * 60)

    def _keys(self, who: str) -> list[str]:
        """Return the keys of the last minutes, this minute's first."""
        minute = int(timezone.now().timestamp() // 60)
        return [f"{self.name}-{who}-{minute - before}" for before in range(self.minutes)]


@dataclass(frozen=True)
class DailyLimit:
    """At most ``most`` on one day of what ``name`` stands for, counted under digests of today."""

    name: str
    most: int

    def add(self, who: str) -> int:
        """Count one more from ``who`` and return how many there were today, this one included; 0 without a cache."""
        return _one_more(f"{self.name}-{who}", kept=left_of_today())


def _all_of(keys: list[str]) -> int:
    return sum(caches["limits"].get_many(keys).values())


def _one_more(key: str, *, kept: int) -> int:
    """Count one more under ``key``, kept for so many seconds, and return how many there are; 0 without a cache."""
    store, count = caches["limits"], 0
    if store.add(key, 1, timeout=kept):
        return 1
    with suppress(Exception):  # A cache that is down holds nobody up; core.caches has logged it.
        count = store.incr(key)
        store.touch(key, timeout=kept)  # A cache in files raises a number by writing it anew, for five minutes.
    return count


def who(request: HttpRequest) -> str:
    """Return today's digest of the network address that ``request`` came from."""
    return digest_of_today(_address(request))


def visitor(request: HttpRequest, salt: bytes, thing: str) -> str:
    """Return a digest of who asks, by network address and browser, and of the ``thing`` that is asked for.

    The same visitor has another digest for every other thing: no two of them show what one person looked at.
    """
    return digest(salt, "\n".join((_address(request), request.headers.get("User-Agent", ""), thing)))


def digest(salt: bytes, text: str) -> str:
    """Return ``text`` as nobody can read it, nor find it by trying, once ``salt`` is thrown away."""
    return hmac.new(salt, text.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


def digest_of_today(text: str) -> str:
    """Return a digest of ``text`` that is another one tomorrow."""
    return digest(salt_of_today(), text)


def _address(request: HttpRequest) -> str:
    """Return the address; behind a web server on this machine, the one that it took the request from."""
    given = request.META.get("REMOTE_ADDR", "")
    if _is_this_machine(given):
        given = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or given
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False))
    return str(address)


def _is_this_machine(address: str) -> bool:
    # gunicorn names no address where the web server hands requests over by a socket.
    return address in {"", "127.0.0.1", "::1"}


class _Salt(NamedTuple):
    """A day's salt, and when this process asks for it again."""

    day: date
    ends: float
    value: bytes


_salt = _Salt(date.min, 0, b"")


def salt_of_today() -> bytes:
    """Return the salt that is drawn anew each day, and goes from the cache with the day.

    A process soon asks for it again, because one that could not reach the cache drew a salt of its own.
    """
    global _salt  # noqa: PLW0603  (one a process; whoever reads meanwhile finds the old one or the new one, whole)
    today, now = timezone.localdate(), time.monotonic()
    if _salt.day != today or _salt.ends <= now:
        _salt = _Salt(today, now + settings.REMEMBERED_FOR, _shared_salt(today))
    return _salt.value


def _shared_salt(today: date) -> bytes:
    """Return the salt that all processes share; where the cache is down, one of this process alone."""
    drawn = secrets.token_bytes(32)
    return caches["limits"].get_or_set(f"salt-{today}", drawn, timeout=left_of_today()) or drawn


def left_of_today() -> int:
    """Return the seconds until midnight, at least one."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), tzinfo=now.tzinfo)
    return max(1, int((midnight - now).total_seconds()))
