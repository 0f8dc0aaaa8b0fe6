"""Corrections made inside a wave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.enums import Comparability
from surveys.models.fieldwork import Wave
from surveys.models.instruments import Instrument


class Revision(models.Model):
    """A correction: from this day on, the wave asks ``instrument`` where it asked ``before``.

    ``verdict`` is the analyst's: whether the answers that the changed questions had before it count on.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    before = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    reason = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10, choices=Comparability)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("wave", "number")
        constraints = [
            models.UniqueConstraint(fields=("wave", "number"), name="revision_number_unique"),
            # A response says by its instrument when it came; an instrument asked twice would not.
            models.UniqueConstraint(fields=("wave", "instrument"), name="revision_instrument_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(condition=~Q(before=F("instrument")), name="revision_changes_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="revision_has_a_reason"),
            models.CheckConstraint(condition=Q(verdict__in=Comparability.values), name="revision_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, correction {self.number}"
