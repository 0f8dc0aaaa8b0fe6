"""Import wards with their dates, and the everyday areas made of them."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from core.commands import MigratedCommand
from core.wards import RefusedFileError, Report, import_areas, import_wards

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(MigratedCommand):
    """Import a file of wards and, where asked, a file of areas: both or neither."""

    help = (
        "Import wards (CSV with code, name, valid_from, valid_to, code_status) and, with --areas, the everyday areas "
        "made of them (CSV with code, name, wards). Without a file, the wards and areas of Kirklees that come along."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files."""
        parser.add_argument("file", nargs="?", type=Path, help="The wards; without it, those of Kirklees.")
        parser.add_argument("--areas", type=Path, help="The areas; without both files, those of Kirklees.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and say what changed.

        Raises:
            CommandError: something in a file is wrong; nothing was imported.
        """
        wards: Path = options["file"] or DATA / "kirklees-wards.csv"
        areas: Path | None = options["areas"] or (None if options["file"] else DATA / "kirklees-areas.csv")
        today = timezone.localdate()
        try:
            with transaction.atomic():
                reports = {"Wards": self._with_bar("wards", lambda tick: import_wards(wards, tick=tick))}
                if areas:
                    work = self._with_bar("areas", lambda tick: import_areas(areas, on=today, tick=tick))
                    reports["Areas"] = work
        except RefusedFileError as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from refused
        for what, report in reports.items():
            self._say(what, report)

    def _with_bar(self, what: str, work: Callable[[Callable[[], object]], Report]) -> Report:
        with tqdm(desc=what, unit="row", file=sys.stderr, disable=None) as bar:
            return work(bar.update)

    def _say(self, what: str, report: Report) -> None:
        self.stdout.write(
            f"{what}: {len(report.added)} added, {len(report.changed)} changed, {len(report.closed)} closed, "
            f"{report.unchanged} unchanged."
        )
        for name in report.changed:
            self.stdout.write(f"  changed: {name}")
        for name in report.closed:
            self.stdout.write(f"  closed: {name}")
