"""The folder that an embedded installation keeps everything in."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[2]


def var_dir() -> Path:
    """Return the folder that VAR_DIR names, or ``var`` beside the code; it need not exist.

    Raises:
        ImproperlyConfigured: it begins with the home of somebody unknown, or its links lead round in a circle.
    """
    named = os.environ.get("VAR_DIR", "")
    try:
        return Path(named or REPOSITORY / "var").expanduser().resolve()
    except RuntimeError as error:
        raise ImproperlyConfigured(
            f"VAR_DIR is {named!r}, which leads to no folder. Set it to a folder you may write to."
        ) from error


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
    """Return the installation's own secret key, made at random on the first start and kept in ``folder``.

    Raises:
        ImproperlyConfigured: the file that keeps it cannot be read, or holds no key.
    """
    path = folder / "secret-key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The secret key in {path} cannot be read. Make it readable, or delete it: a new one signs everybody out."
        ) from error
    if len(key) < 40:
        raise ImproperlyConfigured(f"The secret key in {path} is damaged. Delete it: a new one signs everybody out.")
    return key


def _write_once(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` whole, unless another process did so first."""
    new = path.with_name(f"{path.name}-{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    with suppress(FileExistsError):
        path.hardlink_to(new)
    new.unlink()
