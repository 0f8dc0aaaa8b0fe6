"""Weights that match the population: raking, and post-stratification, which is raking to one margin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.calibration import Calibration, Cells, cells
from analysis.categories import Floats, binned
from analysis.design import Design
from analysis.margins import Margin, refuse_unequal

TOLERANCE = 1e-10
MOST_SWEEPS = 1000


@dataclass(frozen=True, kw_only=True, eq=False)
class Raking:
    """Raked weights, in people, shape (n,), and how many ``sweeps`` over the margins they took.

    ``calibration`` remembers the raking for the variance: `design.weighted(raking.weights)` takes the weights as fixed,
    and with `calibration=raking.calibration` the raking is taken into account.
    """

    weights: Floats
    sweeps: int
    calibration: Calibration


def rake(design: Design, margins: Sequence[Margin], *, tolerance: float = TOLERANCE) -> Raking:
    """Return the design's weights raked to the ``margins``.

    Each sweep multiplies, margin by margin, the weights of a category by target / (sum of its weights), until after a
    sweep no category misses its target by more than ``tolerance``, relative. One margin alone is post-stratification
    and takes one sweep; for one of crossed categories, cross them first. Source: Deming, W. E. and Stephan, F. F.
    (1940), Annals of Mathematical Statistics 11, 427-444; Deville, Särndal and Sautory (1993), Journal of the American
    Statistical Association 88, 1013-1020. The same as R's rake() taken to convergence.

    People who are alike in every margin are multiplied by the same, so the sweeps run over cells of such people.

    Raises:
        ValueError: there is no margin, one does not have a category for each row, the totals of the margins differ,
            or the weights do not settle, as where the sample lacks a combination that the margins need.
    """
    if not margins:
        raise ValueError("Give at least one margin to rake to.")
    for one in margins:
        if one.categories.codes.shape != (design.rows,):
            raise ValueError(f"{one.name} must have one category for each row of the sample.")
    refuse_unequal(margins)
    gathered = cells(tuple(one.categories.codes for one in margins), tuple(one.categories.size for one in margins))
    before = gathered.sums(design.weights)
    after, sweeps = _swept(before, gathered, margins, tolerance)
    raked = design.weights * (after / before)[gathered.of_row]
    return Raking(weights=raked, sweeps=sweeps, calibration=Calibration(raked=raked, cells=gathered))


def _swept(weights: Floats, gathered: Cells, margins: Sequence[Margin], tolerance: float) -> tuple[Floats, int]:
    """Return the cells' raked weights and the number of sweeps."""
    for sweep in range(1, MOST_SWEEPS + 1):
        for codes, one in zip(gathered.of_margin, margins, strict=True):
            weights = weights * (one.targets / binned(codes, weights, one.categories.size))[codes]
        misses = [
            float(np.abs(binned(codes, weights, one.categories.size) / one.targets - 1).max())
            for codes, one in zip(gathered.of_margin, margins, strict=True)
        ]
        if max(misses) <= tolerance:
            return weights, sweep
    worst = margins[int(np.argmax(misses))].name
    raise ValueError(
        f"The weights do not settle in {MOST_SWEEPS} sweeps; {worst} still misses a target by {max(misses):.2%}. The "
        "sample lacks a combination that the margins need: join categories, or leave a margin out."
    )
