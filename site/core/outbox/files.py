"""Mail as files, for an installation without a mail server: one .eml a message, which mail programs open."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    """Write each message into EMAIL_FILE_PATH, named by the time, so that names sort as the mail went."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many."""
        for message in email_messages:
            now = timezone.localtime().strftime("%Y%m%d-%H%M%S-%f")
            path = Path(settings.EMAIL_FILE_PATH) / f"{now}-{secrets.token_hex(3)}.eml"
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(path)
        return len(email_messages)
