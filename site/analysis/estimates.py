"""Means, shares and distributions of answers, each with its doubt, for everybody and by group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from analysis.categories import Categorical, Floats, everybody
from analysis.design import Design
from analysis.intervals import LEVEL, korn_graubard, logit, refuse_level, student
from analysis.linear import Means, group_means, option_shares

STUDENT, LOGIT, EXACT = "Student's t", "logit", "exact (Korn-Graubard)"
BY_NAME = {"logit": LOGIT, "beta": EXACT}
ALIKE = "Everybody gave the same answer, which shows nothing of how far others would differ."


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """An estimate with its doubt, in the unit of the answers; shares run from 0 to 1.

    ``se`` is the standard error, ``lower`` and ``upper`` the limits of the interval whose name is ``method``, ``n``
    the number of answers, ``n_eff`` the number of equally weighted answers that would be as precise (Kish), and
    ``df`` the degrees of freedom of the whole design. Where a number does not exist it is None, and ``why_not``
    says why in a sentence.
    """

    value: float | None
    n: int
    n_eff: float
    df: int
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    method: str = ""
    why_not: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Estimates:
    """An estimate for each group by its name, and the covariances of the estimates in the same order, shape (k, k)."""

    of: Mapping[str, Estimate]
    covariance: Floats


def mean(design: Design, answers: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """Return the weighted mean of ``answers``, shape (n,), NaN where there is none; see :func:`means`."""
    return means(design, answers, everybody(design.rows), level=level).of[""]


def means(design: Design, answers: ArrayLike, groups: Categorical, *, level: float = LEVEL) -> Estimates:
    """Return the weighted mean of each group's answers, with its linearised standard error and Student's interval.

    Formulas and sources: :func:`analysis.linear.group_means`, :func:`analysis.variance.covariance`. Where everybody
    in a group gave the same answer the standard error is 0 and there is no interval, since the answers show nothing
    of how far others would differ.

    Raises:
        ValueError: answers or groups are not one for each row, an answer is infinite, or ``level`` is none.
    """
    refuse_level(level)
    return _estimates(groups, group_means(design, answers, groups), STUDENT, level)


def proportion(design: Design, agrees: ArrayLike, *, interval: str = "logit", level: float = LEVEL) -> Estimate:
    """Return the weighted share of the answers that count: 1 does, 0 does not, NaN is none; see :func:`proportions`."""
    return proportions(design, agrees, everybody(design.rows), interval=interval, level=level).of[""]


def proportions(
    design: Design, agrees: ArrayLike, groups: Categorical, *, interval: str = "logit", level: float = LEVEL
) -> Estimates:
    """Return each group's weighted share of those who answered, with its linearised standard error and interval.

    ``agrees``, shape (n,), holds 1, 0 or NaN (no answer). Share and standard error are those of :func:`means`.

    - ``interval="logit"``: :func:`analysis.intervals.logit`.
    - ``interval="beta"``: :func:`analysis.intervals.korn_graubard`.
    - Where everybody or nobody agrees the log-odds do not exist and the standard error is 0: the exact limits stand
      in whatever ``interval`` says, with Kish's effective number of answers, and ``method`` says so. One answer
      alone has them too, and no standard error.

    Raises:
        ValueError: an answer is neither 1, 0 nor missing, the interval is unknown, or as :func:`means`.
    """
    method = _method(interval, level)
    y = np.asarray(agrees, dtype=float)
    if not ((y == 0) | (y == 1) | np.isnan(y)).all():
        raise ValueError("An answer must be 1 (counts), 0 (does not) or missing.")
    return _estimates(groups, group_means(design, y, groups), method, level)


def distribution(design: Design, answers: Categorical, *, interval: str = "logit", level: float = LEVEL) -> Estimates:
    """Return the weighted share of every category among those who answered; the shares add up to 1.

    Formula and source: :func:`analysis.linear.option_shares`. Intervals, and what is raised, as :func:`proportions`.
    """
    method = _method(interval, level)
    return _estimates(answers, option_shares(design, answers), method, level)


def contrast(estimates: Estimates, coefficients: Mapping[str, float], *, level: float = LEVEL) -> Estimate:
    """Return the sum of c times the estimate over the groups that ``coefficients`` name: {"East": 1, "West": -1}.

    The variance is c' V c, V being the covariances; Student's interval with the design's degrees of freedom. ``n``
    and ``n_eff`` are the sums over the groups. Source: Lumley, T. (2010), Complex Surveys, section 2.3; R's
    svycontrast.

    Raises:
        ValueError: a group is unknown, no coefficient is given or all are zero.
    """
    refuse_level(level)
    unknown = [name for name in coefficients if name not in estimates.of]
    if unknown:
        raise ValueError(f"{unknown[0]} is not one of the groups {', '.join(estimates.of)}.")
    named = {name: c for name, c in coefficients.items() if c}
    if not named:
        raise ValueError("Give at least one group a coefficient other than zero.")
    parts = {name: estimates.of[name] for name in named}
    sums = Estimate(
        value=None,
        n=sum(part.n for part in parts.values()),
        n_eff=sum(part.n_eff for part in parts.values()),
        df=next(iter(parts.values())).df,
        why_not=next(filter(None, (_doubt(name, part) for name, part in parts.items())), ""),
    )
    values = [part.value for part in parts.values() if part.value is not None]
    if len(values) < len(parts):
        return sums
    value = float(np.dot(list(named.values()), values))
    if sums.why_not:
        return replace(sums, value=value)
    place, c = [list(estimates.of).index(name) for name in named], np.array(list(named.values()))
    se = _root(c @ estimates.covariance[np.ix_(place, place)] @ c)
    lower, upper = student(value, se, sums.df, level=level)
    return replace(sums, value=value, se=se, lower=lower, upper=upper, method=STUDENT)


def _doubt(name: str, estimate: Estimate) -> str:
    """Say why an estimate cannot be compared; empty where it can."""
    reason = estimate.why_not or (ALIKE if estimate.se == 0 else "")
    return f"{name}: {reason}" if reason and name else reason


def _method(interval: str, level: float) -> str:
    refuse_level(level)
    if interval not in BY_NAME:
        raise ValueError("The interval must be logit or beta.")
    return BY_NAME[interval]


def _estimates(groups: Categorical, found: Means, method: str, level: float) -> Estimates:
    each = {label: _estimate(found, group, method, level) for group, label in enumerate(groups.labels)}
    return Estimates(of=each, covariance=found.covariance)


def _estimate(found: Means, group: int, method: str, level: float) -> Estimate:
    n, value = int(found.n[group]), float(found.values[group])
    n_eff, df, rows = float(found.n_eff[group]), found.design.df, found.design.rows
    bare = Estimate(value=value if n else None, n=n, n_eff=n_eff, df=df, why_not=found.why_not(group))
    if n == 1 and method != STUDENT and not found.design.why_not:
        lower, upper = korn_graubard(value, n_eff, rows=rows, df=df, level=level)
        return replace(bare, lower=lower, upper=upper, method=EXACT)
    if bare.why_not:
        return bare
    # Of answers that are all alike nothing but rounding would be left.
    se = 0.0 if found.alike[group] else _root(found.covariance[group, group])
    if method == STUDENT:
        if found.alike[group]:
            return replace(bare, se=se, why_not=ALIKE)
        lower, upper = student(value, se, df, level=level)
    elif found.alike[group] or method == EXACT:
        method, base = EXACT, n_eff if found.alike[group] else _plain_size(value, se)
        lower, upper = korn_graubard(value, base, rows=rows, df=df, level=level)
    else:
        lower, upper = logit(value, se, df, level=level)
    return replace(bare, se=se, lower=lower, upper=upper, method=method)


def _plain_size(p: float, se: float) -> float:
    """Return how many answers of a simple random sample would give a share ``p`` the standard error ``se``."""
    return p * (1 - p) / se**2 if se else np.inf


def _root(variance: float) -> float:
    """Return the standard error; a variance that rounding left below zero is zero."""
    return float(np.sqrt(max(variance, 0.0)))
