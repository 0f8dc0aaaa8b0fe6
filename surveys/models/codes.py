"""Single-use codes: letters bring them, each lets one person begin, and nothing leads from one to what was answered."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from core.privacy import Declaration
from surveys.models.collecting import Collector
from surveys.models.fieldwork import Wave


class SingleUseCode(models.Model):
    """A code by its serial number. The code itself stands in the file of letters alone; here is its digest.

    It says whether somebody has begun with it and never when. Neither a draft nor a response refers to it, nor it to
    them.
    """

    shown_on_pages = False

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="single_use_codes")
    serial = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)
    undelivered = models.BooleanField(default=False)

    class Meta:
        ordering = ("serial",)
        constraints = [
            models.UniqueConstraint(fields=("collector", "serial"), name="single_use_code_serial_unique"),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="single_use_code_serial_from_one"),
        ]

    class Privacy(Declaration):
        """Codes from letters, by serial number."""

        fields = ("serial", "used", "undelivered")
        purpose = "To let each person who was drawn answer once, and to remind those who have not begun."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Survey analysts. Whoever sends the letters knows which address a serial number went to."
        retention = "Deleted together with the answers of the same survey."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete the codes of waves whose time of keeping is over."""
            over = Wave.objects.past_keeping(timezone.localdate(now))
            return SingleUseCode.objects.filter(collector__wave__in=over).delete()[0]

    def __str__(self) -> str:
        return f"Code {self.serial} of {self.collector}"
