"""Wards, which change by law, and the few everyday areas that surveys ask about."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from core.enums import CodeStatus
from core.models.lasting import LastingCode

GSS_SHAPE = r"[A-Z]\d{8}"


class WardQuerySet(models.QuerySet["Ward"]):
    """Wards by date: never join one by its name."""

    def in_force(self, on: date) -> "WardQuerySet":
        """Return the wards in force on the day ``on``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Ward(LastingCode):
    """One electoral ward between two dates. ``key`` is our own and never changes; the official code may be unknown."""

    lasting = "key"

    key = models.SlugField(max_length=80, unique=True, help_text="Our own key: the name and the year it began.")
    code = models.CharField(max_length=9, blank=True, validators=[RegexValidator(f"^{GSS_SHAPE}$")])
    code_status = models.CharField(max_length=10, choices=CodeStatus, default=CodeStatus.UNKNOWN)
    name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day in force; empty while it lasts.")

    objects = WardQuerySet.as_manager()

    class Meta:
        ordering = ("name", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="ward_ends_after_it_begins",
                violation_error_message="A ward cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(code="") | Q(code_status=CodeStatus.UNKNOWN),
                name="ward_without_code_is_unknown",
                violation_error_message="Without a code, the code status is unknown.",
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=~Q(code=""),
                name="ward_code_unique",
                violation_error_message="Another ward has this code.",
            ),
            models.UniqueConstraint(fields=("name", "valid_from"), name="ward_name_unique_by_date"),
        ]

    def __str__(self) -> str:
        return self.name if self.valid_to is None else f"{self.name} (to {self.valid_to:%Y})"

    @property
    def published_code(self) -> str:
        """The official code, or nothing while it is not confirmed."""
        return self.code if self.code_status == CodeStatus.CONFIRMED else ""


def refuse_gss_shape(value: str) -> None:
    """Refuse an area code that looks like an official statistical one.

    Raises:
        ValidationError: ``value`` has the shape of a GSS code.
    """
    if len(value) == 9 and value[:1].isalpha() and value[1:].isdigit():
        raise ValidationError(
            "This looks like an official statistical code. Give the area a code of your own, such as north.",
            code="gss_shape",
        )


class Area(LastingCode):
    """One of the 4 to 7 everyday areas that a survey asks about: whole wards under a name people use."""

    code = models.SlugField(max_length=40, unique=True, validators=[refuse_gss_shape])
    name = models.CharField(max_length=100, unique=True)
    wards = models.ManyToManyField(Ward, related_name="areas", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")
        constraints = [
            models.CheckConstraint(condition=~Q(code__regex=r"^[A-Za-z][0-9]{8}$"), name="area_code_not_gss_shaped")
        ]

    def __str__(self) -> str:
        return self.name
