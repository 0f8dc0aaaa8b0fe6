"""One row a message."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from core.privacy import Declaration

KEPT_FOR = timedelta(days=30)


class State(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    IN_DOUBT = "in-doubt", "In doubt"
    FAILED = "failed", "Not sent"


# Nothing more happens to these by itself.
FINISHED = (State.SENT, State.IN_DOUBT, State.FAILED)
# A person may have these sent again.
SENT_AGAIN_FROM = (State.IN_DOUBT, State.FAILED)


class OutboxMessage(models.Model):
    """One email to its recipients: the row is the truth, the task that sends it only a nudge."""

    shown_on_pages = False

    key = models.CharField(max_length=200, blank=True, help_text="Given by who sends: one message a key, ever.")
    message_id = models.CharField("Message-ID", max_length=255)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sender = models.EmailField(help_text="The address that the mail server answers to.")
    recipients = models.JSONField(help_text="Every address: to, cc and bcc.")
    subject = models.CharField(max_length=998)
    mime = models.BinaryField("the message", help_text="The whole message as it is sent.")
    to_public = models.BooleanField(
        default=False, help_text="It goes out by itself to people outside the council, so a hold keeps it waiting."
    )
    created = models.DateTimeField(auto_now_add=True)
    due = models.DateTimeField(help_text="Not sent before this time.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sending_since = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True, help_text="The process that is sending: host, number, start.")
    finished = models.DateTimeField(null=True, blank=True)
    problem = models.TextField("why it was not sent", blank=True)

    class Meta:
        ordering = ("-created", "-pk")
        indexes = [models.Index(fields=("state", "due"), name="outbox_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="outbox_state_known"),
            models.UniqueConstraint(fields=("key",), condition=~Q(key=""), name="outbox_key_unique"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING.value, sending_since__isnull=False)
                | (~Q(state=State.SENDING.value) & Q(sending_since=None)),
                name="outbox_sending_since_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in FINISHED], finished__isnull=False)
                | (~Q(state__in=[state.value for state in FINISHED]) & Q(finished=None)),
                name="outbox_finished_when_done",
            ),
        ]

    class Privacy(Declaration):
        """Messages on their way."""

        fields = ("sender", "recipients", "subject", "mime", "problem")
        purpose = "Sending each message once, and showing staff what could not be sent."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Administrators of this site, who do not see what a message says, and its mail provider."
        retention = "Deleted 30 days after it was sent or given up."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the messages that were sent or given up 30 days before ``now``."""
            deleted, _ = OutboxMessage.objects.filter(finished__lt=now - KEPT_FOR).delete()
            return deleted

    def __str__(self) -> str:
        return self.subject or "(no subject)"

    @property
    def recipient_list(self) -> str:
        """Every recipient, with commas."""
        return ", ".join(self.recipients)
