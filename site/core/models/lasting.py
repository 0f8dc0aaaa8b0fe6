"""Codes that never change: they stand in addresses, files, counts and measurements that nobody could mend."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models


class LastingCode(models.Model):
    """A row known by a code that stays as it was first given."""

    lasting: ClassVar[str] = "code"

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse to change the code of a row that stands.

        Raises:
            ValidationError: it differs from what is stored.
        """
        super().clean()
        stored = self._meta.base_manager.filter(pk=self.pk).values_list(self.lasting, flat=True).first()
        if self.pk and stored is not None and stored != getattr(self, self.lasting):
            raise ValidationError(
                {
                    self.lasting: f"It stands in addresses, files and figures, so it cannot change. Write “{stored}” "
                    "again."
                }
            )
