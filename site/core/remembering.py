"""What many pages share, remembered by each process until the site changes.

A page is kept whole for those who ask for it again (``core.pagecache``). This is for what is drawn into many pages: the
council's settings, the frame, the lists on the way to a page, what belongs to a campaign. It stands in the process's
own memory, under the version of the site that every process reads from the cache they share, so that a change ends it
everywhere at once.

What keeps it true:

- It is remembered apart for each site and language: nobody reads another's words.
- It ends with the day, and after ``REMEMBERED_FOR`` seconds whatever the version says: it may depend on the time, and a
  cache that was down may not have heard of a change.
- Inside a transaction nothing is remembered or recalled: what it writes may be taken back, and no version tells so.

What differs by visitor has no place here; nor has whether a page is closed to some, which is asked each time.
"""

import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from core.pagecache import version_for

Thing = TypeVar("Thing")


class _Memory(NamedTuple):
    """What is remembered of one version of the site on one day."""

    version: str
    day: date
    ends: float
    things: dict[Hashable, Any]


_memory = _Memory("", date.min, 0, {})


def remembered(
    name: Hashable, make: Callable[[], Thing], *, request: HttpRequest, on_every_site: bool = False
) -> Thing:
    """Return what ``make`` makes, or made under ``name`` since the site last changed. Nobody changes it.

    What is the same on every site of the installation says so, and nobody looks up which site is asked.

    Names are ours or made of keys of rows, never of what a visitor typed: there is no end to that.
    """
    version = version_for(request) if settings.REMEMBERED_FOR and not connection.in_atomic_block else None
    if version is None:
        return make()
    things, site = _things(version), None if on_every_site else Site.find_for_request(request)
    key = (site and site.pk, get_language(), name)
    if key not in things:
        things[key] = make()
    return things[key]


def _things(version: str) -> dict[Hashable, Any]:
    """Return what is remembered of ``version``, and forget what is remembered of another."""
    global _memory  # noqa: PLW0603  (one a process; whoever reads meanwhile finds the old one or the new one, whole)
    day, now = timezone.localdate(), time.monotonic()
    if (_memory.version, _memory.day) != (version, day) or _memory.ends < now:
        _memory = _Memory(version, day, now + settings.REMEMBERED_FOR, {})
    return _memory.things
