"""Counts and rates of independent events with their intervals."""

import numpy as np
from scipy.special import gammaincinv, ndtri

from analysis.proportions import Estimate, refuse_level

EXACT_BELOW = 10


def _exact(events: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    lower = 0.0 if events == 0 else float(gammaincinv(events, tail))
    return lower, float(gammaincinv(events + 1, 1 - tail))


def _byar(events: float, level: float) -> tuple[float, float]:
    z, after = ndtri((1 + level) / 2), events + 1
    lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    upper = after * (1 - 1 / (9 * after) + z / (3 * np.sqrt(after))) ** 3
    return float(lower), float(upper)


def count(events: float, *, level: float = 0.95) -> Estimate:
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
    return Estimate(value=float(events), lower=lower, upper=upper, n=int(events), n_eff=float(events), method=method)


def rate(events: float, denominator: float, *, per: float = 1.0, level: float = 0.95) -> Estimate:
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
    return Estimate(
        value=counted.value * factor,
        lower=counted.lower * factor,
        upper=counted.upper * factor,
        n=counted.n,
        n_eff=counted.n_eff,
        method=counted.method,
    )
