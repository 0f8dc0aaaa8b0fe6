"""One function a question about a part that the site cannot do without.

Each returns a few words on what it found, or raises ``Ill`` with what is wrong and how to mend it.
"""

import functools
import os
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

TICK_KEY = "beat-ticked"
TICKS_EVERY = 30  # Seconds, as the schedule of beat says.
_SECONDS = 3


class Ill(Exception):  # noqa: N818  (the word for it; nothing is in error but the installation)
    """A part that does not work: what is wrong, and the mend."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem} {mend}")


def database() -> str:
    """Ask the database something."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Ill(f"It does not answer ({_first_line(error)}).", "Start it, or correct DATABASE_URL.") from error
    return f"{connection.display_name} answers"


@functools.cache
def migrations() -> str:
    """Compare the database with the code. Once they agree, this process does not ask again: its code cannot change."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Ill("The database does not answer.", "Start it, or correct DATABASE_URL.") from error
    if missing:
        raise Ill(f"{len(missing)} are not applied.", "Run manage.py migrate.")
    return "all applied"


def broker() -> str:
    """Connect to where tasks wait for the worker."""
    address = current_app.connection_for_write()
    try:
        with address as opened:
            opened.ensure_connection(max_retries=1, interval_start=0, timeout=_SECONDS)
    except Exception as error:
        raise Ill(f"It does not answer ({_first_line(error)}).", "Start it, or correct CELERY_BROKER_URL.") from error
    if folder := getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}).get("data_folder_out"):
        _writable(Path(folder))
    return f"{address.transport_cls} answers"


def cache_store() -> str:
    """Write something to the cache and read it again."""
    key = f"health-{uuid.uuid4().hex}"
    try:
        cache.set(key, "well", 60)
        found = cache.get(key)
        cache.delete(key)
    except Exception as error:
        raise Ill(f"It does not answer ({_first_line(error)}).", "Start it, or correct CACHE_URL.") from error
    if found != "well":
        raise Ill("It forgets at once what is written to it.", "Check its memory limit, or its folder's disk.")
    return "remembers"


def storage() -> str:
    """See whether uploads and lesson files can be kept."""
    for alias in ("default", "private"):
        kept = storages[alias]
        if isinstance(kept, FileSystemStorage):
            _writable(Path(kept.location))
            continue
        try:
            kept.delete(kept.save(f"health-{uuid.uuid4().hex}", ContentFile(b"well")))
        except Exception as error:
            raise Ill(f"The bucket cannot be written to ({_first_line(error)}).", "Correct STORAGE_URL.") from error
    return "can be written to"


def mail() -> str:
    """See whether the worker could hand a message over."""
    backend = settings.OUTBOX_DELIVERY_BACKEND
    try:
        opened = get_connection(backend)
        if isinstance(opened, SMTPBackend):
            opened.timeout = _SECONDS
            opened.open()
            opened.close()
    except Exception as error:
        raise Ill(f"The mail server does not answer ({_first_line(error)}).", "Correct EMAIL_URL.") from error
    return "the mail server answers" if isinstance(opened, SMTPBackend) else f"is written to {settings.EMAIL_FILE_PATH}"


def var_folder() -> str:
    """See whether the folder for files of this installation can be written to."""
    _writable(Path(settings.VAR_DIR))
    return str(settings.VAR_DIR)


def maintenance_flag() -> Path:
    """Return the file that closes this installation while it is there; what it holds does not matter."""
    return Path(settings.VAR_DIR) / "maintenance"


def open_to_visitors() -> str:
    """See whether visitors are told that the site is closed for maintenance."""
    if maintenance_flag().exists():
        raise Ill("It is closed for maintenance.", f"Delete {maintenance_flag()} to open it.")
    return "to visitors"


def worker_and_beat() -> str:
    """See whether beat sent its tick, and the worker noted it, a short while ago."""
    ticked: datetime | None = cache.get(TICK_KEY)
    if ticked is None:
        raise Ill("Neither has been seen.", "Start both: make run, or a Celery worker and a beat as services.")
    seconds = (timezone.now() - ticked).total_seconds()
    if seconds > 4 * TICKS_EVERY:
        raise Ill(f"Last seen {seconds / 60:.0f} minutes ago.", "Start the Celery worker and the beat again.")
    return f"seen {seconds:.0f} seconds ago"


# What `/readyz` asks, by the names it answers with.
READINESS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "cache": cache_store,
    "storage": storage,
}


def _writable(folder: Path) -> None:
    """Raise Ill unless files can be made in ``folder``, or in what it will be made in."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise Ill(f"{folder} cannot be written to.", "Give this user the right to, or name another folder.")


def _first_line(error: BaseException) -> str:
    """Return what ``error`` says, without line breaks and without addresses that carry a password."""
    said = str(error).strip().splitlines()
    line = said[0] if said else type(error).__name__
    return type(error).__name__ if "@" in line else line.rstrip(".")
