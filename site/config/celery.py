"""The worker and the beat: `celery -A config.celery worker` and `celery -A config.celery beat`.

DJANGO_SETTINGS_MODULE has no default here: a worker must be told.
"""

from celery import Celery
from celery.signals import setup_logging

from config.start import starting

with starting():
    from django.conf import settings

    app = Celery("groundswell", broker=settings.CELERY_BROKER_URL)

app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["campaigns", "core", "core.outbox", "events", "home", "indicators", "reach", "schools", "surveys"]
)


@setup_logging.connect
def _keep_django_logging(**_: object) -> None:
    """Be there: Celery lays its own logging over Django's unless somebody answers this signal."""
