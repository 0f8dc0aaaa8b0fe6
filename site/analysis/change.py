"""The change between two estimates, with its interval: of independent waves, and of the same classes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from analysis.categories import Categorical
from analysis.design import Design
from analysis.estimates import contrast, means
from analysis.intervals import LEVEL, p_value, refuse_level

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Later minus earlier, in the unit of the two; ``se``, ``z`` and ``p`` are None where only limits were known.

    ``z`` is change / se. Where ``df`` is None ``p`` comes from the normal distribution, else from Student's.
    """

    value: float
    lower: float
    upper: float
    se: float | None = None
    z: float | None = None
    p: float | None = None
    df: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.lower > 0 or self.upper < 0

    @property
    def half_width(self) -> float:
        """The farthest that the interval reaches from the change, in the unit of the two."""
        return max(self.upper - self.value, self.value - self.lower)


def between(earlier: float, earlier_se: float, later: float, later_se: float, *, level: float = LEVEL) -> Change:
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


def before_and_after(design: Design, scores: ArrayLike, phase: Categorical, *, level: float = LEVEL) -> Change:
    """Return the change of the mean score from ``phase`` "before" to "after" in one sample of both, by class.

    Who answered before is not known to be who answered after: a pupil leaves no name. What links the two is the class,
    which is the ``design``'s cluster, so the pupils of a class may move together; df = classes less strata. Scores,
    shape (n,), are NaN where there is none. Source: the contrast of two domains, Lumley, T. (2010), Complex Surveys,
    section 2.3; R's svycontrast on svyby. (R's svyttest takes one degree of freedom more.)

    Raises:
        ValueError: there is no such phase, or the change has no standard error, which the sentence says why.
    """
    found = contrast(means(design, scores, phase, level=level), {AFTER: 1, BEFORE: -1}, level=level)
    if found.value is None or found.se is None or found.lower is None or found.upper is None:
        raise ValueError(found.why_not)
    z = found.value / found.se
    return Change(
        value=found.value, lower=found.lower, upper=found.upper, se=found.se, z=z, df=found.df,
        p=p_value(found.value, found.se, found.df),
    )  # fmt: skip
