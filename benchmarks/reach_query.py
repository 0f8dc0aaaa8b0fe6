"""A campaign's dashboard, read from a ledger of ten million counts against one of ten thousand.

`python -m benchmarks.reach_query` makes both in folders of its own. Each campaign of the ledger has as many counts, ten
thousand (a year of views, visitors and arrivals on several pages): what grows is what all others keep beside them.
"""

import os
import shutil
import statistics
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

from config.start import starting

with starting():
    import django

    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from reach.models import Count
from reach.queries import dashboard
from reach.queries.rule import RULE_VERSION

FEW, MANY = 10_000, 10_000_000
OF_A_CAMPAIGN, PAGES = 10_000, 20
ROUNDS = 9
# Days outermost, as counts come in: a campaign's lie scattered among those of all others. Its ten thousand are 250 days
# of 20 pages, views and visitors of each.
FILL = """
    WITH RECURSIVE
        day(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM day WHERE d < 249),
        campaign(c) AS (SELECT 0 UNION ALL SELECT c + 1 FROM campaign WHERE c < {campaigns} - 1),
        page(p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM page WHERE p < 19)
    INSERT INTO {table} (
        day, page_key, campaign_code, channel, placement_code, metric, method, rule_version, is_sample, quantity
    )
    SELECT
        date('2026-01-01', '+' || d || ' days'), 'page-' || printf('%04d-%02d', c, p),
        'campaign-' || printf('%04d', c), 'web', '', metric.name, 'counted', {version}, 0, 1 + (d * 7 + p) % 40
    FROM day CROSS JOIN campaign CROSS JOIN page
    CROSS JOIN (SELECT 'daily_visitors' AS name UNION ALL SELECT 'views') AS metric
"""


# A throwaway database: what a power cut would do to it does not matter while it is filled.
FASTER = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000")


def fill(counts: int) -> float:
    """Make a ledger of ``counts`` counts, its indexes last, and return the seconds that it took."""
    began = time.perf_counter()
    table, indexes = Count._meta.db_table, Count._meta.indexes
    with connection.cursor() as cursor:
        for pragma in FASTER:
            cursor.execute(pragma)
        with connection.schema_editor() as schema:
            for index in indexes:
                schema.remove_index(Count, index)
            schema.execute(f"DELETE FROM {table}")  # noqa: S608  (a name of ours)
            schema.execute(FILL.format(campaigns=counts // OF_A_CAMPAIGN, table=table, version=RULE_VERSION))
            for index in indexes:
                schema.add_index(Count, index)
        cursor.execute("ANALYZE")
    connection.close()  # what reads begins as every process does
    return time.perf_counter() - began


def seconds(database: Path, campaigns: int, number: int) -> float:
    """Return how long a dashboard takes, of one of the campaigns spread over the ledger in ``database``."""
    connection.close()
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    code = f"campaign-{number * (campaigns - 1) // ROUNDS:04d}"
    began = time.perf_counter()
    found = dashboard(code)
    took = time.perf_counter() - began
    if len(found.pages.rows) != PAGES:
        raise SystemExit("The dashboard did not find the campaign's counts, so nothing was measured")
    return took


def compare(few: Path, many: Path) -> None:
    """Print the line: both ledgers are read in turn, the first round warms up, medians of the others."""
    rounds = [
        (seconds(many, MANY // OF_A_CAMPAIGN, number), seconds(few, FEW // OF_A_CAMPAIGN, number))
        for number in range(ROUNDS + 1)
    ]
    ours, peer = (1 / statistics.median(column) for column in zip(*rounds[1:], strict=True))
    print(f"reach-query | {ours:.1f} dashboards/s | {peer:.1f} dashboards/s | {ours / peer:.2f}", flush=True)


def main() -> None:
    """Make both ledgers, say on the other stream how long the large one took, and compare."""
    many = Path(settings.DATABASES["default"]["NAME"])
    few = many.with_name("few.sqlite3")
    try:
        call_command("migrate", verbosity=0)
        fill(FEW)
        shutil.copyfile(many, few)
        took = fill(MANY)
        print(f"{MANY:,} counts were made in {took:.0f} seconds", file=sys.stderr)
        compare(few, many)
    finally:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


main()
