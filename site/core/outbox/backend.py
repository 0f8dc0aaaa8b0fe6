"""The outbox as Django's email backend, so that every mail of Django's and Wagtail's own passes through it too."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.outbox.actions import put


class OutboxBackend(BaseEmailBackend):
    """Write each message down instead of sending it; the worker sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the messages that have a recipient into the outbox and return how many."""
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            put(message)
        return len(addressed)
