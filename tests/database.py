"""The migrations run once for each state of them; every test database starts as a copy of what they made.

A copy is brought up to date by Django's own `migrate` as any test database is: it finds nothing to apply, and lays
content types, permissions and roles with the code as it stands. Without this, each process of each run spends most
of a minute on Wagtail's hundreds of migrations. `--create-db` does without the copy.
"""

import fcntl
import hashlib
import importlib.metadata
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.var import REPOSITORY

IMPORTED = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)


def state() -> str:
    """Return a digest of what decides what the migrations make: their text and imports, the settings, the versions."""
    files = {Path(sys.modules[made.__module__].__file__) for made in MigrationLoader(None).disk_migrations.values()}
    imported = {name for path in files for name in IMPORTED.findall(path.read_text())}
    files |= {Path(sys.modules[name].__file__) for name in imported if getattr(sys.modules.get(name), "__file__", None)}
    files |= set((REPOSITORY / "site/config/settings").glob("*.py"))
    found = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for line in sorted(f"{package.name} {package.version}" for package in importlib.metadata.distributions()):
        found.update(line.encode())
    for path in sorted(files):
        found.update(f"{path}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def migrate_from_nothing(name: str) -> None:
    """Run every migration on the empty database ``name``, without what Django lays afterwards."""
    connection.close()
    kept, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        with mock.patch("django.core.management.commands.migrate.emit_post_migrate_signal"):
            call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time into ``folder``."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrated_file(folder: Path) -> Path:
    """Return a migrated SQLite file in ``folder``, made where it is not there; other states' files go."""
    template = folder / f"{state()}.sqlite3"
    with alone(folder):
        if not template.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            half_made = folder / "making.sqlite3"
            migrate_from_nothing(str(half_made))
            half_made.rename(template)
    return template


def name_template() -> None:
    """Have PostgreSQL copy the test database from a migrated one."""
    name = f"migrated_{state()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [zlib.crc32(name.encode())])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"DROP DATABASE IF EXISTS half_{name}")
            cursor.execute(f"CREATE DATABASE half_{name}")
            migrate_from_nothing(f"half_{name}")
            cursor.execute(f"ALTER DATABASE half_{name} RENAME TO {name}")
    connection.settings_dict["TEST"]["TEMPLATE"] = name
