"""What a reader can tell of a count from what is published of it.

A reader has a base to the nearest five and a whole percentage with its whole limits, knows how the limits are made, and
may take every person to count the same. That reader is the strongest there is: where people are weighted, a
percentage says less of how many they were.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

from analysis.disclosure import BASE

Numbers = NDArray[np.float64]
POINTS = 100
RARE = 10  # below it the limits are the exact ones (surveys.results)


class Told(NamedTuple):
    """The lowest and the highest count that fit what is shown."""

    lowest: int
    highest: int

    def gives_away(self, *, fewest: int) -> bool:
        """Tell whether it is known to be under ``fewest``, zero included."""
        return self.highest < fewest


def told_of_base(base: int) -> Told:
    """Return what a base to the nearest five tells."""
    shown = BASE * round(base / BASE)
    return Told(max(0, shown - BASE // 2), shown + BASE // 2)


@lru_cache(maxsize=4096)
def told(count: int, base: int) -> Told:
    """Return what can be told of ``count`` people of ``base`` who gave an answer, once its percentage is published."""
    wanted = _as_shown(np.array([float(count)]), float(base))[:, 0]
    found: list[float] = []
    lowest, highest = told_of_base(base)
    for people in range(max(1, lowest), highest + 1):
        # Any other count is more than a percentage away.
        near = count * people / base
        counts = np.arange(max(0, int(near - people / POINTS) - 1), min(people, int(near + people / POINTS) + 1) + 1.0)
        found.extend(counts[(_as_shown(counts, float(people)) == wanted[:, None]).all(axis=0)])
    return Told(int(min(found)), int(max(found)))


def _as_shown(counts: Numbers, base: float) -> Numbers:
    """Return the whole percentage of each of ``counts``, and its whole limits, one row each."""
    share = counts / base
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = stdtrit(max(base - 1, 1), 0.975) / np.sqrt(max(base - 1, 1) * share * (1 - share))
        odds = np.log(share / (1 - share))
        lower, upper = 1 / (1 + np.exp(reach - odds)), 1 / (1 + np.exp(-reach - odds))
        exact_lower = betaincinv(counts, base - counts + 1, 0.025)
        exact_upper = betaincinv(counts + 1, base - counts, 0.975)
    rare = np.minimum(counts, base - counts) < RARE
    limits = np.where(rare, [exact_lower, exact_upper], [lower, upper])
    limits[0, counts == 0], limits[1, counts == base] = 0.0, 1.0
    return np.floor(POINTS * np.vstack([share, limits]) + 0.5)


def left_over(whole: Told, shown: list[Told]) -> Told:
    """Return what can be told of those in ``whole`` who are in none of ``shown``, which do not overlap."""
    lowest = whole.lowest - sum(one.highest for one in shown)
    return Told(max(0, lowest), max(0, whole.highest - sum(one.lowest for one in shown)))
