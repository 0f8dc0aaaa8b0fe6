"""Starting a process: a wrong setting ends it with one sentence, not with a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def starting() -> Iterator[None]:
    """Turn a configuration error into one sentence on standard error and exit status 1."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(f"Groundswell cannot start: {error}")


def refuse_embedded_with_database() -> None:
    """Refuse the embedded settings beside DATABASE_URL, which they would silently ignore.

    Raises:
        ImproperlyConfigured: both are set, so one of them is a mistake.
    """
    embedded = os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.embedded"
    if embedded and os.environ.get("DATABASE_URL"):
        raise ImproperlyConfigured(
            "DATABASE_URL is set, but the embedded settings always use SQLite under VAR_DIR. "
            "Unset DATABASE_URL, or set DJANGO_SETTINGS_MODULE=config.settings.production."
        )
