"""Confidence intervals of estimates from a sample. Every one is two-sided with the confidence ``level``."""

import numpy as np
from scipy.special import betaincinv, stdtr, stdtrit

LEVEL = 0.95
CERTAIN = 1e12  # So many answers leave no doubt that a number of 16 digits could hold.


def refuse_level(level: float) -> None:
    """Refuse a confidence level that is none.

    Raises:
        ValueError: ``level`` is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("The confidence level must lie between 0 and 1, for example 0.95.")


def student(value: float, se: float, df: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return value ± t se, t being the quantile of Student's distribution with ``df`` degrees of freedom."""
    reach = float(stdtrit(df, (1 + level) / 2)) * se
    return value - reach, value + reach


def p_value(value: float, se: float, df: float) -> float:
    """Return the two-sided probability of a ``value`` at least as far from zero, by Student's distribution."""
    return float(2 * stdtr(df, -abs(value / se)))


def logit(p: float, se: float, df: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the interval of a share that is Wald's on its log-odds: log(p/(1-p)) ± t se / (p(1-p)).

    ``p`` lies strictly between 0 and 1. Source: Lumley, T. (2010), Complex Surveys, section 2.4.1; R's
    svyciprop(method = "xlogit").
    """
    odds, reach = np.log(p / (1 - p)), stdtrit(df, (1 + level) / 2) * se / (p * (1 - p))
    return float(1 / (1 + np.exp(reach - odds))), float(1 / (1 + np.exp(-reach - odds)))


def korn_graubard(p: float, n_eff: float, *, rows: int, df: float, level: float = LEVEL) -> tuple[float, float]:
    """Return Clopper and Pearson's exact interval of a share at its effective number of answers, ``n_eff``.

    ``n_eff`` is p(1-p)/se² where ``p`` lies between 0 and 1. It is lessened by the squared ratio of Student's quantiles
    with ``rows`` - 1 and with ``df`` degrees of freedom, which a design of few clusters makes matter. Source: Korn,
    E. L. and Graubard, B. I. (1998), Survey Methodology 24, 193-201; R's svyciprop(method = "beta").
    """
    tail = (1 - level) / 2
    if n_eff > CERTAIN:
        return p, p
    size = n_eff * float(stdtrit(rows - 1, tail) / stdtrit(df, tail)) ** 2
    yes, no = size * p, size * (1 - p)
    lower = 0.0 if p <= 0 else float(betaincinv(yes, no + 1, tail))
    upper = 1.0 if p >= 1 else float(betaincinv(yes + 1, no, 1 - tail))
    return lower, upper
