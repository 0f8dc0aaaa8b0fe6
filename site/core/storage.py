"""Where files lie, and how they go when nothing refers to them any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.apps import apps
from django.core.files.storage import FileSystemStorage, Storage
from django.db import transaction
from django.db.models import FileField, Model

log = structlog.get_logger(__name__)

# A file is stored before its row is committed: a younger one may yet get its row.
ORPHAN_AFTER = timedelta(days=1)


class PrivateFileSystemStorage(FileSystemStorage):
    """A folder whose files have no address: Django's own class would fall back on MEDIA_URL."""

    def url(self, name: str | None) -> str:
        """Refuse, always.

        Raises:
            ValueError: files here are given out by views that look at who may have them.
        """
        raise ValueError(f"{name!r} is private and has no address.")


def discard(storage: Storage, name: str) -> None:
    """Delete a stored file once the transaction that let go of it is committed.

    Where that fails, :func:`sweep_orphans` finds the file again.
    """
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _with_files() -> Iterator[type[Model]]:
    """Go through the models whose files have a folder of their own, named by ``stored_under``."""
    return (model for model in apps.get_models() if "stored_under" in vars(model))


def sweep_orphans(now: datetime, *, rehearse: bool = False) -> dict[type[Model], int | None]:
    """Delete the stored files, a day old or older, that no row refers to; return how many by model.

    None stands where a storage failed: that is logged, and the others are swept.
    """
    swept: dict[type[Model], int | None] = {}
    for model in _with_files():
        try:
            orphans = list(_orphans(model, now - ORPHAN_AFTER))
            for storage, name in () if rehearse else orphans:
                storage.delete(name)
            swept[model] = len(orphans)
        except Exception:  # A bucket's client raises errors of its own.
            log.exception("stored files not swept", model=model.__name__)
            swept[model] = None
    return swept


def _orphans(model: Any, before: datetime) -> Iterator[tuple[Storage, str]]:
    fields = [field for field in model._meta.fields if isinstance(field, FileField)]
    storage, folder = fields[0].storage, PurePosixPath(model.stored_under)
    try:
        names = [str(folder / name) for name in storage.listdir(str(folder))[1]]
    except FileNotFoundError:
        return
    known = {name for field in fields for name in model.objects.values_list(field.name, flat=True)}
    for name in names:
        if name not in known and storage.get_modified_time(name) < before:
            yield storage, name
