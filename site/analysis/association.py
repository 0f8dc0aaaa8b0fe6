"""Whether answers and groups hang together: Rao and Scott's test of a weighted table."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import f as f_distribution

from analysis.categories import MISSING, Categorical, Floats
from analysis.design import Design
from analysis.linear import option_shares

NOTHING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Association:
    """The statistic F with its two degrees of freedom, its probability were there no association, and the base."""

    statistic: float
    ndf: float
    ddf: float
    p: float
    n: int


def association(design: Design, rows: Categorical, columns: Categorical) -> Association:
    """Test whether ``rows`` and ``columns`` are independent, by Rao and Scott's second-order correction.

    X² is Pearson's statistic of the weighted shares, and Delta the matrix of the interactions' design effects:
    (C'D⁻¹C)⁻¹ C'D⁻¹VD⁻¹C, with D the shares on a diagonal, V their covariances and C a basis of the interactions (n,
    by which both are multiplied, cancels). F = X² / tr(Delta) has tr(Delta)² / tr(Delta²) degrees of freedom, and
    as many times those of the design. Rows without one of the two answers are outside the domain. Source: Rao, J. N.
    K. and Scott, A. J. (1984), Annals of Statistics 12, 46-60; R's svychisq(statistic = "F").

    Raises:
        ValueError: fewer than two rows or two columns have anybody, the design has no variance, too many
            combinations are empty, or the design or the raking leaves the table no doubt.
    """
    known = rows.known & columns.known
    rows, columns = _held(rows, known), _held(columns, known)
    if min(rows.size, columns.size) < 2:
        raise ValueError("An association needs two groups and two answers that somebody has.")
    labels = tuple(f"{row}, {column}" for row in rows.labels for column in columns.labels)
    crossed = Categorical(labels=labels, codes=np.where(known, rows.codes * columns.size + columns.codes, MISSING))
    found = option_shares(design, crossed)
    if design.why_not:
        raise ValueError(design.why_not)
    table = found.values.reshape(rows.size, columns.size)
    inverse = np.divide(1, found.values, out=np.zeros_like(found.values), where=found.values > 0)
    scaled = _interactions(rows.size, columns.size) * inverse[:, None]
    plain = _interactions(rows.size, columns.size).T @ scaled
    if np.linalg.matrix_rank(plain) < len(plain):
        raise ValueError("Too many combinations have nobody: join categories.")
    delta = np.linalg.solve(plain, scaled.T @ found.covariance @ scaled)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    trace = float(np.trace(delta))
    if trace < NOTHING:
        raise ValueError("The design or the raking holds this table, so there is no doubt of it to test against.")
    ndf = trace**2 / float(np.trace(delta @ delta))
    statistic = float((np.square(table - expected) / expected).sum()) / trace
    ddf = ndf * design.df
    p = float(f_distribution.sf(statistic, ndf, ddf))
    return Association(statistic=statistic, ndf=ndf, ddf=ddf, p=p, n=int(found.n[0]))


def _held(answers: Categorical, known: np.ndarray) -> Categorical:
    """Return the answers of the rows ``known``, without the categories that none of these has."""
    used = np.bincount(answers.codes[known], minlength=answers.size) > 0
    labels = tuple(label for label, is_used in zip(answers.labels, used, strict=True) if is_used)
    return Categorical(labels=labels, codes=np.where(known, (np.cumsum(used) - 1)[answers.codes], MISSING))


def _interactions(rows: int, columns: int) -> Floats:
    """Return a basis of what row and column effects leave, shape (rows columns, (rows - 1)(columns - 1))."""
    return np.asarray(np.kron(_centred(rows), _centred(columns)), dtype=np.float64)


def _centred(size: int) -> Floats:
    return np.eye(size, dtype=np.float64)[:, 1:] - 1 / size
