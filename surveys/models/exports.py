"""Every file of answers that left the building: who took it, when, and what for."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.models.fieldwork import Wave


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports, which can be read and added to."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse: an export is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("The record of an export is never changed.")

    def delete(self) -> NoReturn:
        """Refuse: an export is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("The record of an export is never deleted.")


class Export(models.Model):
    """One file with the answers of a wave, told by its digest; the file itself is not kept."""

    shown_on_pages = False

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()
    rows = models.PositiveIntegerField(help_text="How many responses it holds.")
    digest = models.CharField(max_length=64, help_text="The SHA-256 of the file.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ("-made", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="export_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.wave}, file of {self.made:%-d %B %Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the record; refuse to change one.

        Raises:
            TypeError: it stands already.
        """
        if not self._state.adding:
            raise TypeError("The record of an export is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: an export is a record.

        Raises:
            TypeError: always.
        """
        raise TypeError("The record of an export is never deleted.")
