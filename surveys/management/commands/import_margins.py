"""Import how many people of a population there are of each kind."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from core.commands import MigratedCommand
from core.tables import RefusedFileError
from surveys import actions
from surveys.actions.margin_tables import COLUMNS, NotAnswered


class Command(MigratedCommand):
    """Import a file of margins: all of it or nothing."""

    help = (
        f"Import a population's numbers, to which survey answers are weighted: a CSV file with {', '.join(COLUMNS)}. "
        "docs/guides/analyst.md says what stands in each column."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and what the analyst says about those who did not answer the census."""
        parser.add_argument("file", type=Path, help="The numbers.")
        parser.add_argument(
            "--not-answered",
            choices=[*NotAnswered],
            help="What becomes of rows whose option is not-answered: spread over the others, or own, as “prefer not to "
            "say”. Needed only where there are such rows.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and say what changed and what was scaled.

        Raises:
            CommandError: something in the file is wrong; nothing was imported.
        """
        path: Path = options["file"]
        not_answered = NotAnswered(options["not_answered"]) if options["not_answered"] else None
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}. Give the path of a CSV file.") from error
        try:
            with tqdm(desc="margins", unit="row", file=sys.stderr, disable=None) as bar:
                report = actions.import_margins(
                    content=content, name=path.name, not_answered=not_answered, tick=bar.update
                )
        except RefusedFileError as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from refused
        for line in (report.sentence, *(f"  removed: {one}" for one in report.removed), *report.notes):
            self.stdout.write(line)
