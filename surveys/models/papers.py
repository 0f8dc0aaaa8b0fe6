"""Papers while they are typed in: a batch at a time, a tenth of it twice. Once it is right, nothing of it stays."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.privacy import Declaration
from surveys.enums import BatchState
from surveys.models.collecting import Collector
from surveys.models.instruments import Instrument

KEPT = timedelta(days=90)
MOST_PAPERS = 100


class PaperBatch(models.Model):
    """Papers that are typed in together. How many there were and how often two people agreed is all that stays."""

    shown_on_pages = False

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveSmallIntegerField()
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", help_text="What its papers ask, as they were printed."
    )
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.KEYING)
    papers = models.PositiveSmallIntegerField(default=0, help_text="How many became answers.")
    compared = models.PositiveIntegerField(default=0, help_text="How many answers two people typed in.")
    differed = models.PositiveIntegerField(default=0, help_text="How many of them differed.")
    touched = models.DateField(help_text="The day it was last worked on.")

    class Meta:
        ordering = ("collector", "number")
        verbose_name_plural = "paper batches"
        constraints = [
            models.UniqueConstraint(fields=("collector", "number"), name="paper_batch_unique"),
            models.CheckConstraint(condition=Q(differed__lte=models.F("compared")), name="paper_batch_differs_at_most"),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="paper_batch_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.collector.title}, batch {self.number}"


class PaperEntry(models.Model):
    """What one paper says, typed in and not yet an answer. Its number stands on the paper and nowhere else."""

    shown_on_pages = False

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="entries")
    serial = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="en")
    answers = models.JSONField()
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="who typed it in"
    )
    drawn = models.BooleanField(default=False, help_text="Somebody else types it in a second time.")
    again = models.JSONField("what a second person typed", null=True)
    settled = models.BooleanField(default=False, help_text="Both agree, or somebody looked at the paper.")

    class Meta:
        ordering = ("batch", "serial")
        verbose_name_plural = "paper entries"
        constraints = [models.UniqueConstraint(fields=("batch", "serial"), name="paper_entry_unique")]

    class Privacy(Declaration):
        """Answers on paper that are being typed in."""

        fields = ("answers", "again", "language", "keyed_by")
        purpose = "To type in what people answered on paper, and to see how often that goes wrong."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        condition = "Substantial public interest, equality of opportunity: DPA 2018, Schedule 1, paragraph 8"
        recipients = "The council's survey analysts, who hold the papers."
        retention = (
            "Deleted when its batch becomes answers, which then say nothing of who typed them or which paper it was, "
            "and otherwise 90 days after the batch was last worked on."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the batches that nobody went on with."""
            left = PaperBatch.objects.exclude(state=BatchState.DONE)
            return left.filter(touched__lt=timezone.localdate(now) - KEPT).delete()[0]

    def __str__(self) -> str:
        return f"{self.batch}, paper {self.serial}"
