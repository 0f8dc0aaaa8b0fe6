"""The change between two independent estimates, with its interval."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from analysis.proportions import refuse_level


@dataclass(frozen=True, kw_only=True)
class Change:
    """Later minus earlier, in the unit of the two; ``se``, ``z`` and ``p`` are None where only limits were known."""

    value: float
    lower: float
    upper: float
    se: float | None = None
    z: float | None = None
    p: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.lower > 0 or self.upper < 0

    @property
    def half_width(self) -> float:
        """The farthest that the interval reaches from the change, in the unit of the two."""
        return max(self.upper - self.value, self.value - self.lower)


def between(earlier: float, earlier_se: float, later: float, later_se: float, *, level: float = 0.95) -> Change:
    """Return the change between two independent samples from their standard errors.

    se = sqrt(se₁² + se₂²), z = change / se, p two-sided from the normal distribution, interval change ± z se.
    Source: Lumley, T. (2010), Complex Surveys, section 5.1; the same as R's svycontrast on two waves as strata.
    Waves that share people are not independent: their true se is another.

    Raises:
        ValueError: a number is missing, or a standard error is below zero or both are zero.
    """
    refuse_level(level)
    if not np.isfinite([earlier, earlier_se, later, later_se]).all():
        raise ValueError("Both estimates and both standard errors must be numbers.")
    if min(earlier_se, later_se) < 0:
        raise ValueError("A standard error is below zero.")
    se = float(np.hypot(earlier_se, later_se))
    if se == 0:
        raise ValueError("Both standard errors are zero, so the change has no interval this way: use the limits.")
    change = later - earlier
    reach = float(ndtri((1 + level) / 2)) * se
    z = change / se
    return Change(value=change, lower=change - reach, upper=change + reach, se=se, z=z, p=float(2 * ndtr(-abs(z))))


def from_limits(earlier: tuple[float, float, float], later: tuple[float, float, float]) -> Change:
    """Return the change between two independent estimates, each given as (value, lower, upper).

    With d = later - earlier: d - sqrt((x₂ - l₂)² + (u₁ - x₁)²) and d + sqrt((u₂ - x₂)² + (x₁ - l₁)²). With Wilson's
    limits this is Newcombe's hybrid score interval for two shares; it serves counts and rates as well. Source:
    Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890 (method 10); Zou, G. Y. and Donner, A. (2008),
    Statistics in Medicine 27, 1693-1702. The level is that of the limits given.

    Raises:
        ValueError: a number is missing, or a value lies outside its own limits.
    """
    if not np.isfinite([*earlier, *later]).all():
        raise ValueError("Both estimates and all limits must be numbers.")
    for value, lower, upper in (earlier, later):
        if not lower <= value <= upper:
            raise ValueError("An estimate lies outside its own limits.")
    (x1, l1, u1), (x2, l2, u2) = earlier, later
    change = x2 - x1
    return Change(
        value=change,
        lower=change - float(np.hypot(x2 - l2, u1 - x1)),
        upper=change + float(np.hypot(u2 - x2, x1 - l1)),
    )
