"""Analyse answers in any CSV file with the engine behind the published results."""

import ctypes
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analysis.spec import answer

REFUSED = 2


class Command(BaseCommand):
    """Answer a spec; needs no database."""

    help = (
        "Weight the answers in a CSV file and print estimates with their intervals as JSON, with the engine behind the "
        "published results. docs/statistics.md says what stands in the spec."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the spec."""
        parser.add_argument("spec", type=Path, help="A JSON file; the data are looked for beside it.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the answer, and on standard error why an estimate has no number.

        Raises:
            CommandError: the spec or the answers are refused, in one sentence; the exit status is 2.
        """
        path: Path = options["spec"]
        try:
            with _standard_output_kept_clean():
                found, doubts = answer(_read(path), path.parent)
        except ValueError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        for doubt in doubts:
            self.stderr.write(doubt)
        self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))


@contextmanager
def _standard_output_kept_clean() -> Iterator[None]:
    """Send to standard error what libraries print, so that the answer stays JSON.

    HiGHS, which SciPy solves its programmes with, now and then prints a line whatever it is told. It prints through C,
    past Python's own streams, so the file behind them is exchanged for as long.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}. Give the path of a spec.") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no JSON: {error}.") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
