"""A campaign's dashboard, read from a ledger of ten million counts against one of ten thousand.

`python -m benchmarks.reach_query` makes both in folders of its own. Each campaign of the ledger has as many counts, ten
thousand (a year of views, visitors and arrivals on several pages): what grows is what all others keep beside them.
"""

import os
import shutil
import statistics
import sys
import time

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


def rate(campaigns: int) -> float:
    """Return how many dashboards a second are read, by the median of several campaigns spread over the ledger."""
    times = []
    for number in range(ROUNDS + 1):
        code = f"campaign-{number * (campaigns - 1) // ROUNDS:04d}"
        began = time.perf_counter()
        found = dashboard(code)
        times.append(time.perf_counter() - began)
        if len(found.pages.rows) != PAGES:
            raise SystemExit("The dashboard did not find the campaign's counts, so nothing was measured")
    return 1 / statistics.median(times[1:])


def main() -> None:
    """Print the line `reach-query`, and on the other stream how long the filling took."""
    try:
        call_command("migrate", verbosity=0)
        fill(FEW)
        peer = rate(FEW // OF_A_CAMPAIGN)
        took = fill(MANY)
        print(f"{MANY:,} counts were made in {took:.0f} seconds", file=sys.stderr)
        ours = rate(MANY // OF_A_CAMPAIGN)
        print(f"reach-query | {ours:.1f} dashboards/s | {peer:.1f} dashboards/s | {ours / peer:.2f}", flush=True)
    finally:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


main()
