"""Delete or blank what the retention of personal data ends, and stored files that no row refers to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from core.commands import MigratedCommand
from core.privacy import purge_all
from core.storage import sweep_orphans


class Command(MigratedCommand):
    """Go through every declaration of personal data and carry its retention out; then sweep the storages."""

    help = (
        "Delete or blank personal data whose retention has ended, and stored files that no row refers to, "
        "and say what was done. Beat does this every night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a rehearsal."""
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        """Purge and sweep, and print a line a model.

        Raises:
            CommandError: a purge or a sweep failed; the others are done.
        """
        with transaction.atomic():
            touched = purge_all(timezone.now())
            transaction.set_rollback(dry_run)
        swept = sweep_orphans(timezone.now(), rehearse=dry_run)
        would = "would be " if dry_run else ""
        self._tell(touched, f"{would}deleted or blanked")
        self._tell(swept, f"stored files without a row {would}deleted")
        failed = [model.__name__ for done in (touched, swept) for model, number in done.items() if number is None]
        if failed:
            raise CommandError(f"These could not be purged: {', '.join(failed)}. The log says why.")

    def _tell(self, done: dict[Any, int | None], words: str) -> None:
        for model, number in done.items():
            self.stdout.write(f"{model.__name__}: " + ("failed" if number is None else f"{number} {words}"))
