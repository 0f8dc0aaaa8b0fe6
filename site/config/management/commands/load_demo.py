"""``manage.py load_demo``: the demonstration, and with ``--remove`` its end."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from tqdm import tqdm

from config import demonstration
from core.commands import MigratedCommand
from indicators.actions import refresh_all


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a log line for every page from tearing the progress bar apart."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(MigratedCommand):
    """Load or remove the demonstration, with a progress bar."""

    help = "Load the demonstration: real places, sourced facts, and invented numbers marked as sample data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --remove."""
        parser.add_argument("--remove", action="store_true", help="Take the demonstration away again.")

    def handle(self, *, remove: bool, verbosity: int, **_: Any) -> None:
        """Load or remove.

        Raises:
            CommandError: this installation refuses it, or a part is broken; nothing has been changed then.
        """
        if not settings.DEMO_ALLOWED:
            raise CommandError("This is no place for the demonstration: these settings do not allow it.")
        act, steps = (
            (demonstration.remove, len(demonstration.in_order()) + 1)
            if remove
            else (demonstration.load, demonstration.steps())
        )
        with tqdm(total=steps, disable=verbosity < 1, unit="step", leave=False) as bar, _quiet():
            self._run(act, bar)
        if remove:
            self.stdout.write("The demonstration is removed.")
            return
        for problem in refresh_all()[1]:
            self.stderr.write(f"Not refreshed: {problem}")
        self.stdout.write(f"The demonstration is loaded. Its accounts are in {demonstration.accounts_file()}.")

    @staticmethod
    def _run(act: Any, bar: tqdm) -> None:
        def tell(words: str) -> None:
            bar.set_postfix_str(words, refresh=False)
            bar.update()

        try:
            act(tell)
        except Exception as error:  # A broken file breaks in its own way; whoever ran this needs one sentence.
            what = " ".join(str(error).split()) or type(error).__name__
            raise CommandError(f"Nothing was changed, because a part is broken: {what}") from error
