"""Ask every measure now."""

import sys

from django.core.management.base import CommandError
from tqdm import tqdm

from core.commands import MigratedCommand
from indicators.actions import refresh_all
from indicators.models import Indicator


class Command(MigratedCommand):
    """Record what is new or changed in every computed indicator, and draw the charts."""

    help = "Records what is new or changed in every computed indicator, and draws the charts."

    def handle(self, *_: object, **__: object) -> None:
        """Refresh with a progress bar.

        Raises:
            CommandError: one or more measures failed; the others are recorded.
        """
        with tqdm(total=Indicator.objects.count(), desc="Indicators", unit="", disable=not sys.stderr.isatty()) as bar:
            added, problems = refresh_all(lambda _: bar.update())
        self.stdout.write(f"{added} new or changed values recorded.")
        if problems:
            raise CommandError(f"{len(problems)} could not be refreshed. {' '.join(problems)}")
