"""Shares with their intervals: of plain counts, and of weighted answers.

Shares run from 0 to 1. Every interval is two-sided with the confidence ``level``, 95 % unless told otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri, stdtrit

from analysis.weights import checked, effective_size


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """An estimate with its doubt.

    ``se`` is the standard error (None where the method has none), ``n`` the number of answers behind it
    unweighted, ``n_eff`` the number of equally weighted answers that would be as precise, ``df`` the degrees of
    freedom of the interval (None where it uses none), and ``method`` the interval's name in words.
    """

    value: float
    lower: float
    upper: float
    n: int
    n_eff: float
    method: str
    se: float | None = None
    df: float | None = None


def refuse_level(level: float) -> None:
    """Refuse a confidence level that is none.

    Raises:
        ValueError: ``level`` is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("The confidence level must lie between 0 and 1, for example 0.95.")


def wilson(numerator: float, denominator: float, *, level: float = 0.95) -> Estimate:
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
    return Estimate(
        value=p,
        lower=0.0 if numerator == 0 else float(centre - half),
        upper=1.0 if numerator == denominator else float(centre + half),
        n=int(n),
        n_eff=float(n),
        method="Wilson",
    )


def _exact(p: float, n_eff: float, level: float) -> tuple[float, float]:
    """Clopper and Pearson's limits with a number of answers that need not be whole."""
    tail = (1 - level) / 2
    yes, no = n_eff * p, n_eff * (1 - p)
    lower = 0.0 if p <= 0 else float(betaincinv(yes, no + 1, tail))
    upper = 1.0 if p >= 1 else float(betaincinv(yes + 1, no, 1 - tail))
    return lower, upper


def _logit(p: float, se: float, df: float, level: float) -> tuple[float, float]:
    odds, reach = np.log(p / (1 - p)), stdtrit(df, (1 + level) / 2) * se / (p * (1 - p))
    return float(1 / (1 + np.exp(reach - odds))), float(1 / (1 + np.exp(-reach - odds)))


def _answers(agrees: ArrayLike, weights: ArrayLike | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    y = np.asarray(agrees, dtype=float)
    w = checked(np.ones(y.size) if weights is None else weights)
    if y.shape != w.shape:
        raise ValueError("There must be one weight for each answer.")
    asked = ~np.isnan(y)
    if not np.isin(y[asked], (0.0, 1.0)).all():
        raise ValueError("An answer must be 1 (counts), 0 (does not) or missing.")
    if not w[asked].any():
        raise ValueError("Nobody answered, so there is no share.")
    return y, w, asked


def proportion(
    agrees: ArrayLike, weights: ArrayLike | None = None, *, interval: str = "logit", level: float = 0.95
) -> Estimate:
    """Return the weighted share of those who answered, with its linearised standard error and interval.

    ``agrees`` holds 1, 0 or NaN (no answer) for every row of the sample, and ``weights`` one number for each row
    (all equal without it); both have shape (n,). The weights are taken as fixed.

    - Value: p = sum w y / sum w over those who answered.
    - Standard error by Taylor linearisation with replacement: sqrt(n/(n-1) sum z²), z = w (y - p) / sum w, and
      z = 0 where the answer is missing. Missing answers are domain estimation: their rows stay in n and in the
      degrees of freedom n - 1. Source: Binder, D. A. (1983), International Statistical Review 51, 279-292;
      Lumley, T. (2010), Complex Surveys, sections 2.2 and 2.3. It agrees with R's survey::svymean.
    - ``interval="logit"``: Wald on the log-odds with a t quantile, R's svyciprop(method="logit").
    - ``interval="beta"``: Clopper and Pearson's exact limits with n_eff = p(1-p)/se². Source: Korn, E. L. and
      Graubard, B. I. (1998), Survey Methodology 24, 193-201; R's svyciprop(method="beta").
    - Where everybody or nobody agrees the log-odds do not exist and se is 0: the exact limits are used whatever
      ``interval`` says, with Kish's n_eff of those who answered, and ``method`` says so.

    ``n`` is the number of rows with an answer and ``n_eff`` their Kish effective size.

    Raises:
        ValueError: nobody answered, fewer than two rows, an answer that is neither 1, 0 nor missing, a weight
            missing or below zero, or an unknown interval.
    """
    refuse_level(level)
    if interval not in {"logit", "beta"}:
        raise ValueError("The interval must be logit or beta.")
    y, w, asked = _answers(agrees, weights)
    rows = y.size
    if rows < 2:
        raise ValueError("One row alone has no standard error: at least two are needed.")
    total = w[asked].sum()
    p = float((w[asked] * y[asked]).sum() / total)
    if np.ptp(y[asked & (w > 0)]) == 0:
        p = round(p)
    influence = np.where(asked, w * (np.nan_to_num(y) - p) / total, 0.0)
    se = float(np.sqrt(rows / (rows - 1) * np.square(influence).sum()))
    n_eff = effective_size(w[asked])
    if p in {0, 1}:
        method, (lower, upper) = "exact (Korn-Graubard)", _exact(p, n_eff, level)
    elif interval == "beta":
        method, (lower, upper) = "exact (Korn-Graubard)", _exact(p, p * (1 - p) / se**2, level)
    else:
        method, (lower, upper) = "logit", _logit(p, se, rows - 1, level)
    return Estimate(
        value=float(p), lower=lower, upper=upper, se=se, n=int(asked.sum()), n_eff=n_eff, df=rows - 1, method=method
    )
