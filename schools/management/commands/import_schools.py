"""Bring the school register up to the national one's files."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from tqdm import tqdm

from core.commands import MigratedCommand
from core.tables import RefusedFileError
from schools.actions.register import bring_in
from schools.actions.register_files import record
from schools.enums import RegisterKind
from schools.register.report import Report
from schools.register.table import digest_of, open_table


class Command(MigratedCommand):
    """Say what a file of schools and one of links would change and, where asked, change it: both or neither."""

    help = (
        "Import schools from the national register's CSV files, as it gives them out (cp1252). Says what would be "
        "added, changed, closed and opened again, and what cannot be read; changes nothing without --apply."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, whose schools, and whether to go ahead."""
        parser.add_argument("file", type=Path, help="The register's file of schools, edubasealldata….csv.")
        parser.add_argument(
            "--links", type=Path, help="Its file of links between schools, so that an academy counts as its school."
        )
        parser.add_argument(
            "--local-authority",
            nargs="+",
            default=[],
            metavar="NUMBER",
            dest="authorities",
            help="Take only the schools of these local authorities, by the register's numbers; without it, all.",
        )
        parser.add_argument("--apply", action="store_true", help="Change the schools here.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what becomes of the rows.

        Raises:
            CommandError: a file cannot be read or is not what it should be; nothing was changed.
        """
        wanted = [(RegisterKind.SCHOOLS, options["file"])]
        if options["links"]:
            wanted.append((RegisterKind.LINKS, options["links"]))
        try:
            with transaction.atomic():
                for kind, path in wanted:
                    self._say(self._bring_in(kind, path, options["authorities"]))
                # The rehearsal does it all, so that links find schools that only came with the same files.
                transaction.set_rollback(not options["apply"])
        except RefusedFileError as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from refused
        if not options["apply"]:
            self.stdout.write("Nothing is changed yet. Run it again with --apply.")

    def _bring_in(self, kind: RegisterKind, path: Path, authorities: list[str]) -> Report:
        try:
            file = path.open("rb")
        except OSError as error:
            sentence = f"{path} cannot be read: {error.strerror}. Give the path of a CSV file."
            raise RefusedFileError([sentence]) from error
        with file:
            table = open_table(file, path.name)
            if table.kind != kind:
                wrong = (
                    f"{path.name} is the register's file of {table.kind.label.lower()}, not of {kind.label.lower()}."
                )
                raise RefusedFileError([f"{wrong} Give the schools first and the other after --links."])
            with tqdm(desc=kind.value, unit="row", file=sys.stderr, disable=None) as bar:
                report = bring_in(table, authorities=authorities, apply=True, tick=bar.update)
            record(report, name=path.name, digest=digest_of(file), authorities=authorities)
        return report

    def _say(self, report: Report) -> None:
        self.stdout.write(report.sentence)
        for note in report.notes:
            self.stdout.write(f"  {note}")
        for what, names, more in report.lists:
            for name in names:
                self.stdout.write(f"  {what}: {name}")
            if more:
                self.stdout.write(f"  {what}: and {more:,} more")
