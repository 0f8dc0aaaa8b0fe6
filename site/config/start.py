"""Starting: a wrong setting stops the start with one sentence, never with a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured

EMBEDDED = {"config.settings.embedded", "config.settings.dev"}


@contextmanager
def starting(*, status: int = 1) -> Iterator[None]:
    """Turn a configuration error into one sentence on standard error and the exit status ``status``."""
    try:
        yield
    except ImproperlyConfigured as error:
        print(f"Groundswell cannot start: {error}", file=sys.stderr)  # noqa: T201  (there is no log before settings)
        sys.exit(status)


def load_settings() -> None:
    """Load the settings that DJANGO_SETTINGS_MODULE names.

    Raises:
        ImproperlyConfigured: it names none, they cannot be had, or they stand beside a DATABASE_URL that they ignore.
    """
    name = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if not name:
        raise ImproperlyConfigured(
            "DJANGO_SETTINGS_MODULE is not set. Set it to config.settings.production, "
            "or start everything on this machine with make run."
        )
    refuse_embedded_with_database()
    wrong = ImproperlyConfigured(
        f"DJANGO_SETTINGS_MODULE is {name!r}, which is no module. Set it to config.settings.production."
    )
    if name.startswith("."):  # Python would ask: of which package?
        raise wrong
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if not error.name or not name.startswith(error.name):
            raise
        raise wrong from error


def refuse_embedded_with_database() -> None:
    """Refuse the embedded settings beside DATABASE_URL, which they would silently ignore.

    Raises:
        ImproperlyConfigured: both are set, so one of them is a mistake.
    """
    if os.environ.get("DJANGO_SETTINGS_MODULE") in EMBEDDED and os.environ.get("DATABASE_URL"):
        raise ImproperlyConfigured(
            "DATABASE_URL is set, but the embedded settings always use SQLite under VAR_DIR. "
            "Unset DATABASE_URL, or set DJANGO_SETTINGS_MODULE=config.settings.production."
        )
