"""`make bench`: one line a benchmark, `name | ours | peer | ratio`. A ratio above one is better than the peer."""

import os
import shutil
import subprocess
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

from config.start import starting

with starting():
    import django

    django.setup()

from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Prepare a throwaway installation, measure, and take it away."""
    try:
        call_command("migrate", verbosity=0)
        call_command("setup_council", verbosity=0)
        from benchmarks import artwork, pack_filter, packs, page, reach_cost, runner_step, signing_up, survey_step, wave

        print("name | ours | peer | ratio", flush=True)
        page.measure()
        reach_cost.measure()
        survey_step.measure()
        signing_up.measure()
        runner_step.measure()
        wave.measure()
        artwork.measure()
        pack_filter.measure()
        packs.measure()
        for apart in ("benchmarks.schools_import", "benchmarks.reach_query", "benchmarks.million"):
            subprocess.run([sys.executable, "-m", apart], check=True)
    finally:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


main()
