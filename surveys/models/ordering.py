"""Children kept in order by their parent's form, under a unique constraint that the database holds."""

from typing import Any

from django.db import models, transaction
from django.db.models import F
from modelcluster.models import ClusterableModel

OUT_OF_THE_WAY = 1_000_000


class OrderedParent(ClusterableModel):
    """A row whose children swap places in one save.

    Children are written one after the other, so two that swap would for a moment hold the same place, which the
    unique constraint refuses. The stored ones step aside first.
    """

    ordered_children: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Save the row and its children."""
        with transaction.atomic():
            if self.pk:
                for name in self.ordered_children:
                    self._step_aside(name)
            super().save(**kwargs)

    def _step_aside(self, name: str) -> None:
        if name in getattr(self, "_cluster_related_objects", {}):
            stored = getattr(self, name).get_live_queryset()
            # Past what a queryset may refuse: nothing changes its place by this.
            models.QuerySet.update(stored, order=F("order") + OUT_OF_THE_WAY)
