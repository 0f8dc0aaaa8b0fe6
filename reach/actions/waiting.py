"""What this process has counted and not written yet: half a second's worth, written together in one statement.

A statement for each view would cost more than all else that answering a kept page does, and where many look at one page
at once, they would wait for each other. So what is counted waits here for ``COUNTS_KEPT_FOR`` seconds at most:

- a process that ends in order (a stop, a reload, its last request) writes what it has;
- one that is killed takes that much with it and no more;
- a fork begins with nothing, since what waits is its parent's;
- where the database is down, sums wait until it is there again. They hold codes and numbers, and nothing of visitors.

What a visit counts is settled here too: the digests of those who came wait no longer than the visits do.
"""

import atexit
import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import DataError, IntegrityError, close_old_connections, connection
from django.http import HttpRequest

from core.limits import salt_of_today, visitor
from reach.actions.visitors import is_new_today, was_just_here
from reach.actions.writing import MOST_ROWS, Key, write
from reach.enums import Metric

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 8.0  # seconds, between two tries to reach a database that is down


class Visit(NamedTuple):
    """One thing that a visitor was given, and the digest of the two."""

    key: Key
    who: str


class _Process:
    """What waits in this process."""

    def __init__(self) -> None:
        self.guard = threading.Lock()  # of the visits and the salt
        self.writing = threading.Lock()  # one writes at a time
        self.something = threading.Event()
        self.visits: list[Visit] = []
        self.sums: Counter[Key] = Counter()  # tallied, not yet written
        self.salt: tuple[date, bytes] | None = None  # for as long as a visit waits
        self.thread: threading.Thread | None = None


_here = _Process()


def _begin_anew() -> None:
    global _here  # noqa: PLW0603  (one a process)
    _here = _Process()


os.register_at_fork(after_in_child=_begin_anew)


def note(*, request: HttpRequest, key: Key) -> None:
    """Count what was given to whoever sent ``request``: at once, or with what else waits."""
    if not settings.COUNTS_KEPT_FOR:
        if sums := tally([Visit(key, _who(request, key, salt_of_today()))]):
            write(sums)
        return
    here = _here
    with here.guard:
        if here.salt is None or here.salt[0] != key.day:
            here.salt = key.day, salt_of_today()
        here.visits.append(Visit(key, _who(request, key, here.salt[1])))
        if here.thread is None:
            thread = threading.Thread(target=_keep_writing, args=(here,), name="counts", daemon=True)
            thread.start()
            here.thread = thread
    here.something.set()


def _who(request: HttpRequest, key: Key, salt: bytes) -> str:
    """Return the digest that tells the visitor from others: of the page for a view, of the very address for a click."""
    return visitor(request, salt, key.page_key if key.metric == Metric.VIEWS else request.path)


def tally(visits: Iterable[Visit]) -> Counter[Key]:
    """Return what ``visits`` add to the counts, and note who came."""
    sums: Counter[Key] = Counter()
    for visit, times in Counter(visits).items():
        if visit.key.metric == Metric.VIEWS:
            sums[visit.key] += times
            if is_new_today(visit.who):
                sums[_visitor_of(visit.key)] += 1
        elif not was_just_here(visit.who):
            sums[visit.key] += 1
    return sums


def _visitor_of(view: Key) -> Key:
    return view._replace(metric=Metric.DAILY_VISITORS.value)  # noqa: SLF001  (public in a named tuple)


def _keep_writing(here: _Process) -> None:
    pause = settings.COUNTS_KEPT_FOR
    while True:
        here.something.wait()
        here.something.clear()
        time.sleep(pause)
        try:
            close_old_connections()
            write_waiting(here)
            pause = settings.COUNTS_KEPT_FOR
        except Exception:
            log.exception("counts not written yet", waiting=sum(here.sums.values()))
            pause = min(2 * pause, LONGEST_PAUSE)
            here.something.set()
        finally:
            close_old_connections()


def write_waiting(here: _Process | None = None) -> None:
    """Write what waits in this process.

    Raises:
        DatabaseError: the database cannot be reached, or did not take it; what was not written still waits.
    """
    here = here or _here
    with here.writing:
        with here.guard:
            visits, here.visits, here.salt = here.visits, [], None
        here.sums.update(tally(visits))
        if here.sums:
            connection.ensure_connection()
        while here.sums:
            _write_some(here.sums)


def _write_some(sums: Counter[Key]) -> None:
    """Write as many of ``sums`` as fit one statement, and take them out."""
    some = dict(sorted(sums.items())[:MOST_ROWS])
    try:
        write(some)
    except (IntegrityError, DataError):
        _write_each(some)
    except Exception:
        if connection.is_usable():
            raise  # The statement failed: nothing of it stands, and it is tried again.
        # The connection broke off: what it was doing may stand. It is not said twice, so it may be lost.
        log.error("counts in doubt", lost=sum(some.values()))  # noqa: TRY400  (what went wrong follows)
        _take_out(sums, some)
        raise
    _take_out(sums, some)


def _take_out(sums: Counter[Key], some: Iterable[Key]) -> None:
    for key in some:
        del sums[key]


def _write_each(some: dict[Key, int]) -> None:
    """Write one by one what the ledger refused together: what it holds no count of spoils nothing else."""
    for key, quantity in some.items():
        try:
            write({key: quantity})
        except (IntegrityError, DataError):
            log.exception("count refused", page_key=key.page_key, metric=key.metric, placement=key.placement_code)


@atexit.register
def _write_at_the_end() -> None:
    if not (_here.visits or _here.sums):
        return
    try:
        write_waiting()
    except Exception:
        log.exception("counts lost at the end", lost=sum(_here.sums.values()))
    finally:
        connection.close()
