"""Words that people were asked: no change or deletion of many rows at once touches them either."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class FrozenWords(models.QuerySet[Row_co]):
    """Rows of words, some of which a wave that has opened may ask. Each row's own ``save`` looks for itself."""

    words: tuple[str, ...]  # the columns that people read
    refused: str  # why they cannot change, and the mend

    def any_frozen(self) -> bool:
        """Tell whether a wave that has opened asks any of these words."""
        raise NotImplementedError

    def update(self, **changes: Any) -> int:
        """Change the rows.

        Raises:
            ValidationError: words would change that a wave which has opened asks.
        """
        columns = {getattr(self.model._meta.get_field(name), "attname", name) for name in changes}
        if not columns.isdisjoint(self.words):
            self._refuse_frozen()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows.

        Raises:
            ValidationError: a wave that has opened asks some of them.
        """
        self._refuse_frozen()
        return super().delete()

    def _refuse_frozen(self) -> None:
        if self.any_frozen():
            raise ValidationError(self.refused, code="frozen")
