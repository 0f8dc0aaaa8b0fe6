"""Before the site is served: the database brought up to date, and the demonstration loaded once."""

import sys
from pathlib import Path

from config.start import load_settings, starting


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)  # noqa: T201  (a person reads this, not a log)


def migrate() -> bool:
    """Bring the database up to date, and return whether it was new."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    new = not connection.introspection.table_names()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Making the database..." if new else "Bringing the database up to date...")
        call_command("migrate", verbosity=0, interactive=False)
    return new


def has_content() -> bool:
    """Tell whether somebody made pages or accounts here."""
    from django.contrib.auth import get_user_model
    from wagtail.models import Page

    root_and_welcome = 2
    return get_user_model().objects.exists() or Page.objects.count() > root_and_welcome


def load_demonstration_once(folder: Path, *, new: bool) -> None:
    """Load the demonstration into a database that holds nothing yet.

    Two files under ``folder`` remember it: one from the start of loading (a load that was cut short goes on),
    one from its end (what was loaded, and perhaps removed since, is not loaded again).
    """
    from django.core.management import call_command

    begun, loaded = folder / "demo-begun", folder / "demo-loaded"
    if new:
        begun.unlink(missing_ok=True)
        loaded.unlink(missing_ok=True)
    if loaded.exists():
        return
    if has_content() and not begun.exists():
        say("This site has content of its own already, so the demonstration is not loaded.")
        return
    begun.touch()
    call_command("load_demo")
    loaded.touch()


def prepare() -> None:
    """Make the database ready."""
    import django
    from django.conf import settings
    from django.core.management import CommandError
    from django.db import DatabaseError

    django.setup()
    run = Path(settings.VAR_DIR) / "run"
    try:
        load_demonstration_once(run, new=migrate())
    except DatabaseError as error:
        name = settings.DATABASES["default"]["NAME"]
        sys.exit(f"The database {name} cannot be used: {error}. Restore it, or move it away.")
    except CommandError as error:
        sys.exit(f"The demonstration cannot be loaded: {error}")
    except OSError as error:
        sys.exit(f"{error.filename} cannot be used: {error.strerror}.")


if __name__ == "__main__":
    with starting():
        load_settings()
        prepare()
