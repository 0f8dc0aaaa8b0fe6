"""Figures that come without microdata: counts of independent events, rates, and percentages of a number."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtri

from analysis.intervals import LEVEL, refuse_level

EXACT_BELOW = 10


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with the limits of the interval whose name is ``method``; shares run from 0 to 1."""

    value: float
    lower: float
    upper: float
    method: str


def wilson(numerator: float, denominator: float, *, level: float = LEVEL) -> Figure:
    """Return the share ``numerator`` of ``denominator`` with Wilson's score interval.

    With p = k/n and z the normal quantile: centre (p + z²/2n) / (1 + z²/n), half width
    z sqrt(p(1-p)/n + z²/4n²) / (1 + z²/n). Source: Wilson, E. B. (1927), Journal of the American Statistical
    Association 22, 209-212; recommended by Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872 (method 3).

    Raises:
        ValueError: the denominator is zero, or the numerator lies outside 0 to the denominator.
    """
    refuse_level(level)
    if not (np.isfinite(numerator) and np.isfinite(denominator)):
        raise ValueError("Numerator and denominator must both be numbers.")
    if denominator <= 0:
        raise ValueError("The denominator must be above zero: a share of nobody means nothing.")
    if not 0 <= numerator <= denominator:
        raise ValueError("The numerator must lie between zero and the denominator.")
    n, p, z = denominator, numerator / denominator, ndtri((1 + level) / 2)
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    return Figure(
        value=p,
        lower=0.0 if numerator == 0 else float(centre - half),
        upper=1.0 if numerator == denominator else float(centre + half),
        method="Wilson",
    )


def _exact(events: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    lower = 0.0 if events == 0 else float(gammaincinv(events, tail))
    return lower, float(gammaincinv(events + 1, 1 - tail))


def _byar(events: float, level: float) -> tuple[float, float]:
    z, after = ndtri((1 + level) / 2), events + 1
    lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    upper = after * (1 - 1 / (9 * after) + z / (3 * np.sqrt(after))) ** 3
    return float(lower), float(upper)


def count(events: float, *, level: float = LEVEL) -> Figure:
    """Return a count with the interval of the number of events that would be expected.

    - 10 or more: Byar's approximation, O (1 - 1/9O - z/3sqrt(O))³ and, with O+1 in place of O,
      (O+1) (1 - 1/9(O+1) + z/3sqrt(O+1))³. Source: Breslow, N. E. and Day, N. E. (1987), Statistical Methods in
      Cancer Research II, IARC, page 69; the method of the Office for Health Improvement and Disparities for counts.
    - under 10: the exact Poisson limits, chi²(a/2; 2O)/2 and chi²(1-a/2; 2O+2)/2. Source: Garwood, F. (1936),
      Biometrika 28, 437-442.

    Raises:
        ValueError: the count is missing, below zero or not whole.
    """
    refuse_level(level)
    if not np.isfinite(events) or events < 0 or events != int(events):
        raise ValueError("A count must be a whole number, zero or more.")
    small = events < EXACT_BELOW
    lower, upper = (_exact if small else _byar)(events, level)
    method = "exact Poisson" if small else "Byar"
    return Figure(value=float(events), lower=lower, upper=upper, method=method)


def rate(events: float, denominator: float, *, per: float = 1.0, level: float = LEVEL) -> Figure:
    """Return ``events`` for each ``per`` of ``denominator``, for example for each 1,000 residents.

    The limits are those of :func:`count`, divided by the denominator, which is taken as known.

    Raises:
        ValueError: the count cannot be used, or ``denominator`` or ``per`` is not above zero.
    """
    if not (np.isfinite(denominator) and denominator > 0):
        raise ValueError("The denominator must be above zero: a rate for nobody means nothing.")
    if not (np.isfinite(per) and per > 0):
        raise ValueError("A rate must be per some number above zero, for example 1000.")
    counted, factor = count(events, level=level), per / denominator
    return Figure(
        value=counted.value * factor,
        lower=counted.lower * factor,
        upper=counted.upper * factor,
        method=counted.method,
    )
