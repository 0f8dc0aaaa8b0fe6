"""What is heard back from Mailchimp about subscriptions: digests, from the first moment."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from campaigns.updates.enums import Ending, Happening
from core.privacy import Declaration

ENDS = [Happening.UNSUBSCRIBE.value, Happening.CLEANED.value, Happening.HERE.value]
AT_ONCE = 500
KEPT_UNKNOWN = timedelta(days=30)  # long past the 75 minutes in which Mailchimp tells a thing again


class AudienceEvent(models.Model):
    """One thing that happened to a subscription. Addresses stand here as digests from the first moment.

    It is kept once, however often it is told, and in whatever order: ``key`` is unique.
    """

    shown_on_pages = False

    key = models.CharField(max_length=64, unique=True, help_text="A digest of what tells it from every other.")
    kind = models.CharField("what happened", max_length=12, choices=Happening)
    digest = models.CharField(
        "digest of the address", max_length=64, db_index=True, help_text="Of the address that it happened to."
    )
    new_digest = models.CharField(
        "digest of the new address",
        max_length=64,
        blank=True,
        db_index=True,
        help_text="Of the address that took its place.",
    )
    how = models.CharField("how it was withdrawn", max_length=10, choices=Ending, blank=True)
    happened_at = models.DateTimeField("when it happened")
    heard_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True, db_index=True, help_text="When our evidence heard of it.")

    class Meta:
        ordering = ("happened_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Happening.values), name="audience_event_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind=Happening.UPEMAIL.value) & ~Q(new_digest=""))
                | (~Q(kind=Happening.UPEMAIL.value) & Q(new_digest="")),
                name="audience_event_new_address_where_it_changed",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=ENDS) & ~Q(how="")) | (~Q(kind__in=ENDS) & Q(how="")),
                name="audience_event_that_ends_says_how",
            ),
        ]

    class Privacy(Declaration):
        """What happened to a subscription."""

        fields = ("digest", "new_digest", "kind", "how", "happened_at")
        purpose = "To know that an agreement to get news was confirmed, changed or withdrawn."
        lawful_basis = "Legal obligation to show consent, UK GDPR Articles 6(1)(c) and 7(1)"
        recipients = "Managers can look up what an address agreed to, and what became of that."
        retention = "Deleted together with the agreement that it is about, or after 30 days where it is about none."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete what is about no agreement that is kept."""
            from campaigns.updates.evidence import about_nobody

            gone = about_nobody(before=now - KEPT_UNKNOWN)
            for start in range(0, len(gone), AT_ONCE):
                AudienceEvent.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
            return len(gone)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.happened_at:%d %B %Y}"
