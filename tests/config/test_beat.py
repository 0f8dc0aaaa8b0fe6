"""Beat sends names on time; the worker knows what they name."""

from django.conf import settings

from config.celery import app
from tests.installations import run


def test_every_task_on_the_schedule_is_one_that_the_worker_knows():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks) == set()


def test_beat_has_the_schedule_and_loads_no_room(tmp_path):
    show = (
        "import sys; from config.beat import app; app.loader.init_worker(); app.finalize(); "
        "print(sorted(app.conf.beat_schedule), {'core.models', 'wagtail.models', 'numpy'} & set(sys.modules))"
    )
    finished = run("-c", show, DJANGO_SETTINGS_MODULE="config.settings.embedded", VAR_DIR=tmp_path / "var")
    assert (finished.stdout, finished.stderr) == (f"{sorted(settings.CELERY_BEAT_SCHEDULE)} set()\n", "")
