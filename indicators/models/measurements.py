"""Every number ever recorded: added to, never changed."""

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from indicators.enums import Marker, SampleType
from indicators.models.indicators import Indicator

IDENTITY = ("indicator", "area_code", "period_start", "period_end")


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Measurements, which can be read and added to."""

    def current(self) -> Self:
        """Return the newest revision of each measurement."""
        newer = Measurement.objects.filter(
            **{name: OuterRef(name) for name in IDENTITY}, revision__gt=OuterRef("revision")
        )
        return self.filter(~Exists(newer))

    def whole_area(self) -> Self:
        """Return measurements of the whole area, not of a part."""
        return self.filter(area_code="")

    def update(self, **_: Any) -> NoReturn:
        """Refuse: a measurement is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A measurement is never changed: record a new revision instead.")

    def delete(self) -> NoReturn:
        """Refuse: a measurement is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A measurement is never deleted.")

    def erase_with(self, indicators: models.QuerySet[Indicator]) -> int:
        """Erase every measurement of ``indicators``, which go too: only to take the demonstration away."""
        return super(MeasurementQuerySet, self.filter(indicator__in=indicators)).delete()[0]


class Measurement(models.Model):
    """One number for one period and place, unrounded, with all that is needed to judge it.

    The columns are those of ``indicators.registry.Reading``. The current one is the highest ``revision``.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    area_code = models.CharField(max_length=40, blank=True, help_text="Empty for the whole area.")
    area_name = models.CharField(max_length=100, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    value = models.FloatField()
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    se = models.FloatField("standard error", null=True, blank=True)
    n = models.IntegerField("base", null=True, blank=True, help_text="How many answers or people it rests on.")
    n_eff = models.FloatField("effective base", null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    marker = models.CharField(max_length=1, choices=Marker, blank=True)
    wording_id = models.CharField("wording", max_length=80, blank=True)
    population = models.CharField(max_length=200, blank=True)
    sample_type = models.CharField(max_length=10, choices=SampleType, blank=True, default="")
    mode_shares = models.JSONField(default=dict, blank=True)
    collector_shares = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField("sample data", default=False, help_text="Tick if the number is invented.")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ("indicator", "area_code", "period_end", "period_start", "revision")
        constraints = [
            models.UniqueConstraint(fields=(*IDENTITY, "revision"), name="measurement_revision_unique"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="measurement_period_in_order",
                violation_error_message="The period ends before it starts. Put the later day last.",
            ),
            models.CheckConstraint(
                condition=(Q(lower=None) | Q(lower__lte=F("value"))) & (Q(upper=None) | Q(upper__gte=F("value"))),
                name="measurement_value_within_limits",
            ),
            models.CheckConstraint(
                condition=Q(lower=None, upper=None) | Q(lower__isnull=False, upper__isnull=False),
                name="measurement_both_limits_or_none",
            ),
            models.CheckConstraint(condition=Q(n=None) | Q(n__gte=0), name="measurement_base_not_negative"),
            models.CheckConstraint(condition=Q(n_eff=None) | Q(n_eff__gte=0), name="measurement_n_eff_not_negative"),
            models.CheckConstraint(condition=Q(se=None) | Q(se__gte=0), name="measurement_se_not_negative"),
            models.CheckConstraint(condition=Q(marker__in=["", *Marker.values]), name="measurement_marker_known"),
            models.CheckConstraint(
                condition=Q(sample_type__in=SampleType.values), name="measurement_sample_type_known"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="measurement_revision_from_one"),
        ]
        indexes = [models.Index(fields=("indicator", "area_code", "period_end"), name="measurement_series")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period_start} to {self.period_end}, revision {self.revision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one.

        Raises:
            TypeError: the row stands already.
        """
        if not self._state.adding:
            raise TypeError("A measurement is never changed: record a new revision instead.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a measurement is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("A measurement is never deleted.")
