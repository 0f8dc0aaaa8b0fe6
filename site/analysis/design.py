"""How a sample was drawn: weights, strata, clusters and the size of what it was drawn from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from analysis.calibration import Calibration
from analysis.categories import Categorical, Codes, Floats, categorical, everybody
from analysis.weights import checked


@dataclass(frozen=True, kw_only=True, eq=False)
class Design:
    """A sample of n rows, drawn by clusters (the primary sampling units) within strata. Made by `sample_design`.

    ``weights``, shape (n,): how many people a row stands for. ``cluster``, shape (n,): which cluster a row is in; None
    where each row was drawn by itself. ``stratum``, shape (clusters,): which stratum a cluster is in.
    ``fraction``, shape (strata,): the share of a stratum's clusters that was drawn, 0 where that is unknown or tiny.
    With a ``calibration`` variances take the raking into account; without one the weights count as fixed.
    """

    weights: Floats
    cluster: Codes | None
    stratum: Codes
    strata: tuple[str, ...]
    fraction: Floats
    calibration: Calibration | None = None

    @property
    def rows(self) -> int:
        """The number of rows, n."""
        return self.weights.size

    @property
    def df(self) -> int:
        """The design's degrees of freedom: clusters less strata. Source: Korn and Graubard (1999), section 5.2."""
        return self.stratum.size - len(self.strata)

    @cached_property
    def clusters_by_stratum(self) -> Codes:
        """The number of clusters drawn in each stratum, shape (strata,)."""
        return np.bincount(self.stratum, minlength=len(self.strata))

    @cached_property
    def why_not(self) -> str:
        """Why no estimate of this design has a standard error, in a sentence; empty where they have one."""
        alone = self.clusters_by_stratum == 1
        lonely = np.flatnonzero(alone & ((self.fraction < 1) | alone.all()))
        if not lonely.size:
            return ""
        unit = "row" if self.cluster is None else "cluster"
        if len(self.strata) == 1:
            return f"There is one {unit} only, which shows nothing of how far others would differ."
        return (
            f"The stratum {self.strata[lonely[0]]} has one {unit} only, which shows nothing of how far others would "
            "differ. Join it to the stratum most like it."
        )

    def weighted(self, weights: ArrayLike, *, calibration: Calibration | None = None) -> "Design":
        """Return the same sample under other ``weights``, fixed unless the ``calibration`` comes along.

        Raises:
            ValueError: the weights cannot be used, or are not one for each row.
        """
        array = checked(weights)
        if array.size != self.rows:
            raise ValueError("There must be one weight for each row.")
        return replace(self, weights=array, calibration=calibration)


def sample_design(
    weights: ArrayLike,
    *,
    strata: Iterable[str | None] | None = None,
    clusters: Iterable[str | None] | None = None,
    fpc: ArrayLike | None = None,
) -> Design:
    """Return the design of a sample from one weight, stratum, cluster and population size for each row.

    Clusters are taken within their stratum: one name in two strata is two clusters. ``fpc`` gives, in every row, the
    number of clusters (of people, where there are none) that its stratum holds in the population; the finite
    population correction is 1 less the share of them that was drawn.

    Raises:
        ValueError: a weight cannot be used; a stratum, cluster or population size is missing; the lists differ in
            length; or a population is smaller than the sample, or differs within a stratum.
    """
    array = checked(weights)
    by_stratum = everybody(array.size) if strata is None else _complete(strata, "stratum", array.size)
    cluster: Codes | None = None
    stratum = by_stratum.codes
    if clusters is not None:
        named = _complete(clusters, "cluster", array.size)
        _, first, cluster = np.unique(
            by_stratum.codes * named.size + named.codes, return_index=True, return_inverse=True
        )
        stratum = by_stratum.codes[first]
    fraction = np.zeros(by_stratum.size)
    if fpc is not None:
        fraction = _fraction(fpc, by_stratum, np.bincount(stratum, minlength=by_stratum.size))
    return Design(weights=array, cluster=cluster, stratum=stratum, strata=by_stratum.labels, fraction=fraction)


def _complete(values: Iterable[str | None], what: str, rows: int) -> Categorical:
    values = list(values)
    if len(values) != rows:
        raise ValueError(f"There must be one {what} for each row.")
    named = categorical(values)
    if not named.known.all():
        raise ValueError(f"A {what} is missing in row {np.argmin(named.known) + 1}: give every row one.")
    return named


def _fraction(fpc: ArrayLike, strata: Categorical, drawn: Codes) -> Floats:
    sizes = np.asarray(fpc, dtype=float)
    if sizes.shape != strata.codes.shape:
        raise ValueError("There must be one population size for each row.")
    if not np.isfinite(sizes).all():
        raise ValueError("A population size is missing: give every row the size of its stratum.")
    of_stratum = np.zeros(strata.size)
    of_stratum[strata.codes] = sizes
    if (of_stratum[strata.codes] != sizes).any():
        raise ValueError("The population size differs within a stratum: give all its rows the same.")
    if (of_stratum < drawn).any():
        name = strata.labels[int(np.argmax(of_stratum < drawn))]
        raise ValueError(f"The population size {'of ' + name + ' ' if name else ''}is smaller than the sample from it.")
    return drawn / of_stratum
