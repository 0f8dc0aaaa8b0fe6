"""An outbox whose mail stays here, and a mail server that does as it is told."""

import pytest

from tests.core.outbox.smtp_server import mail_server


@pytest.fixture(autouse=True)
def _outbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "core.outbox.backend.OutboxBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEFAULT_FROM_EMAIL = "Groundswell <no-reply@example.org>"


@pytest.fixture
def smtp(settings):
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
