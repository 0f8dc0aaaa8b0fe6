"""Who is on duty and who stands in for whom: rows with dates, kept by managers."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format


class DaysQuerySet(models.QuerySet):
    """Rows by the days that they hold."""

    def on(self, day: date) -> "DaysQuerySet":
        """Return the rows that hold on ``day``; the first and the last day count."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class Days(models.Model):
    """A first and a last day, both of which count."""

    first_day = models.DateField()
    last_day = models.DateField(help_text="This day counts too.")

    objects = DaysQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-first_day", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message="The last day is before the first day. Change one of the two.",
            ),
        ]

    def clean(self) -> None:
        """Say beside the field that the days are the wrong way round."""
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "The last day is before the first day. Change one of the two."})

    @property
    def days(self) -> str:
        """Both days in words."""
        if self.first_day == self.last_day:
            return date_format(self.first_day)
        return f"{date_format(self.first_day)} to {date_format(self.last_day)}"


class DutyOfficer(Days):
    """Somebody who may publish alone in these days, as urgent, when no manager can be asked."""

    shown_on_pages = False

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties", verbose_name="who is on duty"
    )

    class Meta(Days.Meta):
        verbose_name = "duty officer"

    def __str__(self) -> str:
        return f"{self.user.get_full_name() or self.user.get_username()}, {self.days}"


class Deputy(Days):
    """Somebody who approves in these days as somebody else would, but never what is their own."""

    shown_on_pages = False

    for_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputies", verbose_name="who is away"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputising", verbose_name="who stands in"
    )

    class Meta(Days.Meta):
        verbose_name_plural = "deputies"
        constraints = [
            *Days.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(user=F("for_whom")),
                name="deputy_is_somebody_else",
                violation_error_message="Nobody stands in for themselves. Choose two people.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_full_name() or self.user.get_username()}, {self.days}"
