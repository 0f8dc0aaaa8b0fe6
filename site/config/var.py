"""The folder that an embedded installation keeps everything in."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def writable_folder(folder: Path) -> Path:
    """Make ``folder`` if need be and return it.

    Raises:
        ImproperlyConfigured: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be made ({error.strerror}). Set VAR_DIR to a folder you may write to."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be written to. Set VAR_DIR to a folder you may write to."
        )
    return folder


def secret_key(folder: Path) -> str:
    """Return the installation's own secret key, made at random on the first start and kept in ``folder``."""
    path = folder / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
