"""Pictures as files in the default storage, made once and removed when nothing shows them."""

from collections.abc import Container
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "charts"


class Picture(Protocol):
    """Something that can be drawn; the same content has the same name."""

    def name(self) -> str:
        """Return its file name."""

    def svg(self) -> str:
        """Return it drawn."""


def keep(picture: Picture) -> str:
    """Return the stored name of ``picture``, drawing it only where it does not stand yet."""
    name = picture.name()
    if default_storage.exists(name):
        return name
    saved = default_storage.save(name, ContentFile(picture.svg().encode()))
    if saved != name:  # Another process stored the same picture meanwhile.
        default_storage.delete(saved)
    return name


def remove_unused(used: Container[str], *, folder: str = FOLDER) -> int:
    """Remove the pictures of ``folder`` whose names are not in ``used``; return how many."""
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    unused = [f"{folder}/{file}" for file in files if file.endswith(".svg") and f"{folder}/{file}" not in used]
    for name in unused:
        default_storage.delete(name)
    return len(unused)
