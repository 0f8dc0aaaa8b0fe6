"""How far linearised estimates would vary from sample to sample."""

import numpy as np

from analysis.categories import Codes, Floats, binned
from analysis.design import Design


def covariance(design: Design, influence: Floats, groups: Codes, count: int) -> Floats:
    """Return the covariances of ``count`` groups' linearised estimates, shape (count, count).

    ``influence``, shape (n,), is what each row adds to the linearised estimate of its own group (``groups``, from 0),
    in the estimate's unit. With z a cluster's total of it, in stratum h with m clusters of which the share f of the
    population was drawn: sum over h of (1 - f) m/(m - 1) times the sum over its clusters of
    (z - mean z) (z - mean z)'. Where the design remembers a raking, the influence is what the margins leave
    unexplained of it. Source: Binder, D. A. (1983), International Statistical Review 51, 279-292; Lumley, T. (2010),
    Complex Surveys, section 2.2; it agrees with R's svyrecvar for one stage.

    Covariances are NaN where ``design.why_not`` says why there are none.
    """
    if design.why_not:
        return np.full((count, count), np.nan)
    if design.calibration is not None:
        return _of_totals(design, _by_cluster(design, design.calibration.residuals(influence, groups, count)))
    if design.cluster is not None:
        place, size = design.cluster * count + groups, design.stratum.size * count
        return _of_totals(design, binned(place, influence, size).reshape(-1, count))
    return _of_rows(design, influence, groups, count)


def _scale(design: Design) -> Floats:
    """Return (1 - f) m/(m - 1) for each stratum; a stratum drawn whole varies by nothing."""
    drawn = design.clusters_by_stratum
    return (1 - design.fraction) * drawn / np.maximum(drawn - 1, 1)


def _by_cluster(design: Design, left: Floats) -> Floats:
    if design.cluster is None:
        return left
    return np.stack([binned(design.cluster, column, design.stratum.size) for column in left.T], axis=1)


def _of_totals(design: Design, totals: Floats) -> Floats:
    """Return the covariances from the clusters' totals, shape (clusters, count)."""
    strata, drawn = len(design.strata), design.clusters_by_stratum
    means = np.stack([binned(design.stratum, column, strata) / drawn for column in totals.T], axis=1)
    apart = totals - means[design.stratum]
    return (apart * _scale(design)[design.stratum, None]).T @ apart


def _of_rows(design: Design, influence: Floats, groups: Codes, count: int) -> Floats:
    """Return the same where each row was drawn by itself and adds to one group alone: squares and sums suffice."""
    strata = len(design.strata)
    place = groups if strata == 1 else design.stratum * count + groups
    squares = binned(place, np.square(influence), strata * count).reshape(strata, count)
    sums = binned(place, influence, strata * count).reshape(strata, count)
    scale = _scale(design)
    return np.diag(scale @ squares) - (sums * (scale / design.clusters_by_stratum)[:, None]).T @ sums
