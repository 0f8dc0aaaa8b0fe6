"""Weighted means as sums of what each row adds to them, which is what their variance is reckoned from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.categories import LARGEST, MISSING, Categorical, Codes, Floats, binned
from analysis.design import Design
from analysis.variance import covariance


@dataclass(frozen=True, kw_only=True, eq=False)
class Means:
    """Weighted means of k groups, each array of shape (k,), and their covariances, shape (k, k).

    ``n`` is the number of answers, ``n_eff`` their effective number by Kish, ``clusters`` how many clusters they come
    from, and ``alike`` whether they are all the same. A mean of no answers is NaN.
    """

    design: Design
    values: Floats
    covariance: Floats
    n: Codes
    n_eff: Floats
    clusters: Codes
    alike: np.ndarray

    def why_not(self, group: int) -> str:
        """Why a group has no estimate or its estimate no standard error, in a sentence; empty where it has one."""
        if not self.n[group]:
            return "Nobody answered."
        if self.n[group] == 1:
            return "One answer alone shows nothing of how far others would differ."
        if self.clusters[group] == 1 and not self.design.why_not:
            return "All answers come from one cluster, which shows nothing of how far others would differ."
        return self.design.why_not


def group_means(design: Design, answers: ArrayLike, groups: Categorical) -> Means:
    """Return the weighted mean of the ``answers`` of each of the ``groups``.

    ``answers``, shape (n,), hold a number or NaN (no answer) for every row of the design. In a group the mean is
    sum w y / sum w over those who answered; a row adds w (y - mean) / sum w to it, and nothing where its answer is
    missing or it stands in another group: a group, and those who answered, are a domain of the whole sample, whose
    rows all stay in the design. Source: Lumley, T. (2010), Complex Surveys, section 2.3; R's svyby(svymean).

    Raises:
        ValueError: there is not one answer, or not one group, for each row; there is no group at all; or an answer is
            infinite or absurd.
    """
    y = np.asarray(answers, dtype=float)
    if y.shape != (design.rows,) or groups.codes.shape != (design.rows,):
        raise ValueError("There must be one answer and one group for each row of the sample.")
    if not groups.size:
        raise ValueError("No row has a group.")
    if (np.abs(y) > LARGEST).any():
        raise ValueError("An answer is infinite, or too large to reckon with: give a number, or leave it missing.")
    place, answered = _place(groups), ~np.isnan(y) & groups.known
    y = np.where(answered, y, 0.0)
    weights = np.where(answered, design.weights, 0.0)
    total = binned(place, weights, groups.size)
    n = np.bincount(place, answered, groups.size).astype(np.intp)
    some = np.maximum(total, np.finfo(float).tiny)
    values = binned(place, weights * y, groups.size) / some
    alike, one = _alike(y, answered, place, groups.size)
    values = np.where(alike, one, values)
    influence = weights * (y - values[place]) / some[place]
    return Means(
        design=design,
        values=np.where(n > 0, values, np.nan),
        covariance=covariance(design, influence, place, groups.size),
        n=n,
        n_eff=np.square(total) / np.maximum(binned(place, np.square(weights), groups.size), np.finfo(float).tiny),
        clusters=n if design.cluster is None else _clusters(design, design.cluster, answered, place, groups.size),
        alike=alike,
    )


def option_shares(design: Design, answers: Categorical) -> Means:
    """Return the weighted share of each category among the ``answers``: a distribution, whose shares add up to 1.

    A row adds w (1 - p) / sum w to the share p of its own category and -w p / sum w to that of another, so the
    covariances follow from those of the categories' sums of w / sum w. Source: as :func:`group_means`, for the mean
    of each category's indicator; R's svymean of a factor.

    Raises:
        ValueError: there is not one answer for each row, or no category at all.
    """
    if answers.codes.shape != (design.rows,):
        raise ValueError("There must be one answer for each row of the sample.")
    if not answers.size:
        raise ValueError("No row has an answer, and no categories are named.")
    place, answered, size = _place(answers), answers.known, answers.size
    weights = np.where(answered, design.weights, 0.0)
    total, n = weights.sum(), int(answered.sum())
    counted = np.bincount(place, answered, size).astype(np.intp)
    influence = weights / total if n else weights
    shares = np.where(counted == n, 1.0, binned(place, influence, size)) if n else np.full(size, np.nan)
    less_own_share = np.eye(size) - np.outer(shares if n else np.zeros(size), np.ones(size))
    sums = covariance(design, influence, place, size)
    clusters = n if design.cluster is None else np.unique(design.cluster[answered]).size
    return Means(
        design=design,
        values=shares,
        covariance=less_own_share @ sums @ less_own_share.T,
        n=np.full(size, n, dtype=np.intp),
        n_eff=np.full(size, total**2 / np.square(weights).sum() if n else 0.0),
        clusters=np.full(size, clusters, dtype=np.intp),
        alike=(counted == 0) | (counted == n),
    )


def _place(groups: Categorical) -> Codes:
    """Return a group for every row: the first for those of none, who add nothing to it."""
    return np.where(groups.codes == MISSING, 0, groups.codes)


def _alike(y: Floats, answered: np.ndarray, place: Codes, size: int) -> tuple[np.ndarray, Floats]:
    """Return for each group whether all its answers are the same, and one of them."""
    one = np.zeros(size)
    one[place[answered]] = y[answered]
    return np.bincount(place, answered & (y != one[place]), size) == 0, one


def _clusters(design: Design, cluster: Codes, answered: np.ndarray, place: Codes, size: int) -> Codes:
    """Return for each group how many clusters its answers come from."""
    seen = np.bincount(cluster * size + place, answered, design.stratum.size * size) > 0
    return seen.reshape(-1, size).sum(axis=0)
