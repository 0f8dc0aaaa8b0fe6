"""`manage.py doctor`: what is wrong with this installation, and the mend."""

import os
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.health import checks, tools
from core.health.registry import parts

NEEDED: dict[str, Callable[[], str]] = {
    "Settings": lambda: os.environ["DJANGO_SETTINGS_MODULE"],
    "Database": checks.database,
    "Migrations": checks.migrations,
    "Broker": checks.broker,
    "Cache": checks.cache_store,
    "Storage": checks.storage,
    "Mail": checks.mail,
    "Folder": checks.var_folder,
    "Open": checks.open_to_visitors,
    "Worker and beat": checks.worker_and_beat,
}
# What only some things need: how it is found, what needs it, and the mend.
OPTIONAL: dict[str, tuple[Callable[[], str | None], str, str]] = {
    "Node": (tools.find_node, "make install", "Install Node 20 or later."),
    "Chromium": (tools.find_chromium, "the browser tests", "Install chromium, or run make test, which tries to."),
    "Raqm": (tools.find_raqm, "artwork", "Install libfribidi (Debian: libfribidi0)."),
    "Pango": (
        tools.find_pango,
        "what is printed: questionnaires, labels, evaluations, posters",
        "Install Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0).",
    ),
}


class Command(BaseCommand):
    """Print a line for each check."""

    help = (
        "Say what is wrong with this installation, and the mend. Exit status 1 where something that matters is wrong."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run every check, whatever the others found."""
        wrong = [name for name, check in NEEDED.items() if not self._is_well(name, check)]
        for name, (find, needed_by, mend) in OPTIONAL.items():
            found = find()
            self._line("ok" if found else "absent", name, found or f"Only {needed_by} would need it. {mend}")
        wrong += [name for name, part in parts.items() if not self._is_well(name, part.look, absent=part.absent)]
        if wrong:
            raise CommandError(f"Wrong: {', '.join(wrong)}.")
        self.stdout.write("All is well.")

    def _is_well(self, name: str, check: Callable[[], str | None], *, absent: str = "") -> bool:
        try:
            found = check()
            self._line("ok" if found else "absent", name, found or absent)
        except checks.Ill as ill:
            self._line("WRONG", name, str(ill))
            return False
        return True

    def _line(self, state: str, name: str, words: str) -> None:
        self.stdout.write(f"{state:<7} {name:<16} {words}")
