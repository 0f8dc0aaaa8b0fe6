"""The beat: `celery -A config.beat beat`.

It only sends the names of tasks on time, so it loads the settings and neither models nor tasks: it starts in a third
of the time and holds half of the memory.

DJANGO_SETTINGS_MODULE has no default here: a beat must be told.
"""

from celery import Celery
from celery.signals import setup_logging
from django.utils.log import configure_logging

from config.start import load_settings, starting

with starting():
    load_settings()
    from django.conf import settings

    # Celery's own support for Django would load every room.
    app = Celery("groundswell", broker=settings.CELERY_BROKER_URL, fixups=[])

app.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect
def _log_as_django_does(**_: object) -> None:
    """Lay the site's own logging, where Celery would lay its."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
