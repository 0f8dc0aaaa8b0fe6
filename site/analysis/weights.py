"""What unequal weights cost: Kish's effective sample size and design effect."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.categories import LARGEST, Floats


def checked(weights: ArrayLike) -> Floats:
    """Return ``weights`` as a flat array of floats, shape (n,).

    Raises:
        ValueError: there is none, or one is missing, infinite, zero, below zero or absurd.
    """
    array = np.asarray(weights, dtype=float)
    if array.ndim != 1 or not array.size:
        raise ValueError("Weights must be a list with at least one number.")
    if np.isnan(array).any():
        raise ValueError("A weight is missing: give every row a number.")
    if np.isinf(array).any():
        raise ValueError("A weight is infinite: give every row a number.")
    if (array < 0).any():
        raise ValueError("A weight is below zero: a weight is the number of people that a row stands for.")
    if (array == 0).any():
        raise ValueError("A weight is zero: take the row out of the sample, or give it a weight.")
    if array.max() > LARGEST or array.min() < 1 / LARGEST:
        raise ValueError("A weight is too large or too small to reckon with: no row stands for so many or so few.")
    return array


def effective_size(weights: ArrayLike) -> float:
    """Return Kish's effective sample size, (sum w)² / sum w².

    It is the number of equally weighted answers that would be as precise. Source: Kish, L. (1965), Survey
    Sampling, section 11.7; Kish (1992), Weighting for unequal Pi, Journal of Official Statistics 8, 183-200.

    Raises:
        ValueError: the weights cannot be used (see :func:`checked`).
    """
    array = checked(weights)
    return float(array.sum() ** 2 / np.square(array).sum())


def design_effect(weights: ArrayLike) -> float:
    """Return Kish's design effect of weighting, n / n_eff; 1 where all weights are equal. Source: as above."""
    array = checked(weights)
    return array.size / effective_size(array)
