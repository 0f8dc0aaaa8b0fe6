"""One row a message."""

from django.db import models

from core.privacy import Declaration


class State(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    IN_DOUBT = "in-doubt", "In doubt: the worker died while sending"
    FAILED = "failed", "Refused by the mail server"


class OutboxMessage(models.Model):
    """One email to its recipients: the row is the truth, the task that sends it only a nudge."""

    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    subject = models.CharField(max_length=998)
    recipients = models.JSONField(help_text="Every address: to, cc and bcc.")
    message = models.JSONField(help_text="All that the mail needs: sender, bodies, headers, attachments.")
    created = models.DateTimeField(auto_now_add=True)
    due = models.DateTimeField(help_text="Not sent before this time.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sending_since = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-created",)

    class Privacy(Declaration):
        """Messages on their way."""

        fields = ("recipients", "subject", "message")
        purpose = "Sending each message once, and showing staff what could not be sent."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Administrators of this site and its mail provider."
        retention = "Deleted 30 days after it was sent or given up."

    def __str__(self) -> str:
        return self.subject
