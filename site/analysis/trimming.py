"""Trimming: no row speaks for too many, at the price of margins that are no longer met."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.categories import Floats
from analysis.margins import Margin
from analysis.weights import checked


@dataclass(frozen=True, kw_only=True, eq=False)
class Trimming:
    """Trimmed weights, shape (n,), with the same sum as before.

    ``trimmed`` is the number of rows whose weight a limit changed. ``damage`` says for each margin how far each
    category now misses its target: 0.02 is 2 % too many.
    """

    weights: Floats
    trimmed: int
    damage: dict[str, dict[str, float]]


def trim(
    weights: ArrayLike, *, upper: float | None = None, lower: float | None = None, margins: Sequence[Margin] = ()
) -> Trimming:
    """Return ``weights``, shape (n,), held between ``lower`` and ``upper`` times their mean.

    A weight beyond a limit is set to it, what that takes away or adds is spread equally over the rows within, and this
    repeats until none is beyond. The sum of the weights stays, the margins do not. Source: Lumley's
    survey::trimWeights(strict = TRUE) in R.

    Raises:
        ValueError: the weights cannot be used; a limit is no number; or ``upper`` is not above 1 or ``lower`` not
            below it.
    """
    before = array = checked(weights)
    least, most = -np.inf if lower is None else lower, np.inf if upper is None else upper
    if not least < 1 < most:  # NaN too
        raise ValueError("The upper limit must be above 1 and the lower one below it: they count in mean weights.")
    least, most = least * array.mean(), most * array.mean()
    while ((array < least) | (array > most)).any():
        held = np.clip(array, least, most)
        excess = (array - held).sum()
        # R lets those at a limit share too, and trims them anew each time: the end is the same, and farther away.
        share = (array == held) & ((held < most) if excess > 0 else (held > least))
        held[share] += excess / np.count_nonzero(share)
        array = held
    return Trimming(
        weights=array,
        trimmed=int(np.count_nonzero((before < least) | (before > most))),
        damage={one.name: one.damage(array) for one in margins},
    )
