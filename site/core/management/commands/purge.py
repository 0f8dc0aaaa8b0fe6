"""Delete or blank what the retention of personal data ends."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.privacy import purge_all


class Command(BaseCommand):
    """Go through every declaration of personal data and carry its retention out."""

    help = "Delete or blank personal data whose retention has ended, and say what was done. Beat does this every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a rehearsal."""
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Purge, and print a line a model.

        Raises:
            CommandError: a purge failed; the others are done.
        """
        with transaction.atomic():
            touched = purge_all(timezone.now())
            transaction.set_rollback(options["dry_run"])
        would = "would be " if options["dry_run"] else ""
        for model, rows in touched.items():
            name = model.__name__
            self.stdout.write(f"{name}: " + ("failed" if rows is None else f"{rows} {would}deleted or blanked"))
        failed = [model.__name__ for model, rows in touched.items() if rows is None]
        if failed:
            raise CommandError(f"These could not be purged: {', '.join(failed)}. The log says why.")
