"""The interval that a number has by its kind; a survey's comes with its reading."""

from dataclasses import replace

from analysis import counts
from indicators.registry import Kind, Reading


def with_interval(reading: Reading, kind: Kind, *, per: float = 1) -> Reading:
    """Return ``reading`` with value, limits and base as its ``kind`` demands.

    - proportion: Wilson's, from numerator and denominator, in per cent; the base is the denominator;
    - count: Byar's, exact under 10, from the value;
    - rate: the same for the numerator, for each ``per`` of the denominator;
    - plain: none, whatever the reading brings;
    - survey: as the reading brings it.

    Raises:
        ValueError: numerator or denominator is missing, or cannot be (one sentence).
    """
    if kind == Kind.PLAIN:
        return replace(reading, lower=None, upper=None, se=None)
    if kind == Kind.SURVEY:
        return reading
    if kind == Kind.COUNT:
        estimate, factor, base = counts.count(reading.value), 1, reading.n
    elif reading.numerator is None or reading.denominator is None:
        raise ValueError("Give both the numerator and the denominator: without them there is no interval.")
    elif kind == Kind.RATE:
        estimate, factor, base = counts.rate(reading.numerator, reading.denominator, per=per), 1, reading.n
    else:
        estimate = counts.wilson(reading.numerator, reading.denominator)
        factor, base = 100, int(reading.denominator)
    return replace(
        reading,
        value=estimate.value * factor,
        lower=min(estimate.lower, estimate.value) * factor,
        upper=max(estimate.upper, estimate.value) * factor,
        n=base,
    )
