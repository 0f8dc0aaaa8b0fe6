"""25,000 schools of the register brought in by the command, against csv and bulk_create of bare rows with no checks.

Run by itself, as `python -m benchmarks.schools_import`, so that the peak of its memory is its own.
"""

import csv
import io
import os
import resource
import shutil
import statistics
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

from config.start import starting

with starting():
    import django

    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from benchmarks.invented_schools import write_schools
from schools.models import School
from schools.register.table import ENCODING

SCHOOLS, ROUNDS = 25_000, 5
MOST_SECONDS, MOST_MEMORY = 60, 300  # MiB


def measure() -> None:
    """Print the lines `schools-import` and `schools-import-memory`."""
    path = write_schools(Path(settings.VAR_DIR) / "schools.csv", SCHOOLS)

    def ours() -> None:
        with redirect_stdout(io.StringIO()):
            call_command("import_schools", str(path), "--apply")

    def peer() -> None:
        with path.open(encoding=ENCODING, newline="") as file, transaction.atomic():
            School.objects.bulk_create(
                [
                    School(urn=row["URN"], name=row["EstablishmentName"], phase="none", status="open")
                    for row in csv.DictReader(file)
                ],
                batch_size=500,
            )

    ours()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the peer, which holds all rows at once
    times = [(_seconds(ours), _seconds(peer)) for _ in range(ROUNDS)]
    our_time, peer_time = (statistics.median(column) for column in zip(*times, strict=True))
    if our_time > MOST_SECONDS:
        raise SystemExit(f"25,000 schools took {our_time:.0f} s, and may take {MOST_SECONDS}")
    rates = f"{SCHOOLS / our_time:.0f} rows/s | {SCHOOLS / peer_time:.0f} rows/s"
    print(f"schools-import | {rates} | {peer_time / our_time:.2f}")
    print(f"schools-import-memory | {peak:.0f} MiB | {MOST_MEMORY} MiB | {MOST_MEMORY / peak:.2f}")


def _seconds(work: Callable[[], None]) -> float:
    School.objects.all().delete()
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    if School.objects.count() != SCHOOLS:
        raise SystemExit("Some schools are missing, so nothing was measured")
    return took


if __name__ == "__main__":
    try:
        call_command("migrate", verbosity=0)
        measure()
    finally:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
