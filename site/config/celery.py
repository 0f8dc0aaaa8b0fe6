"""The worker: `celery -A config.celery worker`; the beat has `config.beat`.

DJANGO_SETTINGS_MODULE has no default here: a worker must be told.
"""

from celery import Celery
from celery.signals import setup_logging

from config.start import load_settings, starting

with starting():
    load_settings()
    from django.conf import settings

    app = Celery("groundswell", broker=settings.CELERY_BROKER_URL)

app.config_from_object("django.conf:settings", namespace="CELERY")
# Without this, a thread other than the first (every thread of the web server) would nudge Celery's own default app.
app.set_default()
app.autodiscover_tasks(
    [
        "campaigns",
        "core",
        "core.health",
        "core.outbox",
        "core.pictures",
        "events",
        "home",
        "indicators",
        "reach",
        "schools",
        "surveys",
    ]
)


@setup_logging.connect
def _keep_django_logging(**_: object) -> None:
    """Be there: Celery lays its own logging over Django's unless somebody answers this signal."""
