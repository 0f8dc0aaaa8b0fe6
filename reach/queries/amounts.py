"""Sums that know what they are sums of, so that what must not be added cannot be."""

from dataclasses import dataclass
from typing import Any, Self

from reach.enums import Method, Metric


@dataclass(frozen=True, kw_only=True)
class Amount:
    """So many of one metric, by one method."""

    metric: Metric
    method: Method
    quantity: int

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(self.metric.label)

    def __add__(self, other: Any) -> Self:
        """Add an amount of the same metric, known by the same method.

        Raises:
            TypeError: it is of another metric or method, or a bare number that says neither.
        """
        if not isinstance(other, Amount) or (other.metric, other.method) != (self.metric, self.method):
            raise TypeError(f"{self.label} ({self.method.label.lower()}) cannot be added to {_named(other)}.")
        return type(self)(metric=self.metric, method=self.method, quantity=self.quantity + other.quantity)

    def __int__(self) -> int:
        """Return the bare number, to be shown."""
        return self.quantity


class VisitsByDay(Amount):
    """A sum of daily visitors over days or pages. Somebody who comes on two days is in it twice: it is not people."""

    @property
    def label(self) -> str:
        """What it is, in words."""
        return "Visits by day"


def amount(metric: str, method: str, quantity: int) -> Amount:
    """Return ``quantity`` as an amount; of daily visitors, as visits by day."""
    kind = VisitsByDay if metric == Metric.DAILY_VISITORS else Amount
    return kind(metric=Metric(metric), method=Method(method), quantity=quantity)


def _named(other: Any) -> str:
    return f"{other.label} ({other.method.label.lower()})" if isinstance(other, Amount) else repr(other)
