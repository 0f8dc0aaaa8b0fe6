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


def told(count: int, base: int) -> Told:
    """Return what can be told of ``count`` people of ``base`` who gave an answer, once its percentage is published."""
    counts = _that_fit(count, base)[:, 0]
    return Told(int(counts.min()), int(counts.max()))


@lru_cache(maxsize=4096)
def _that_fit(count: int, base: int) -> Numbers:
    """Return each count, with its base, that would be shown as ``count`` people of ``base`` are, a row each."""
    wanted = _as_shown(np.array([float(count)]), float(base))[:, 0]
    found: list[Numbers] = []
    lowest, highest = told_of_base(base)
    for people in range(max(1, lowest), highest + 1):
        # Any other count is more than a percentage away.
        near = count * people / base
        counts = np.arange(max(0, int(near - people / POINTS) - 1), min(people, int(near + people / POINTS) + 1) + 1.0)
        alike = counts[(_as_shown(counts, float(people)) == wanted[:, None]).all(axis=0)]
        found.append(np.stack([alike, np.full(alike.size, float(people))], axis=1))
    return np.concatenate(found)


class Answered(NamedTuple):
    """What can be told of some people: how many gave an answer, and how many gave another."""

    chose: Told
    others: Told


def told_of_both(count: int, base: int) -> Answered:
    """Return what the percentage of those who gave an answer tells of them, and of those who gave another."""
    fit = _that_fit(count, base)
    return _answered(fit[:, 0], fit[:, 1])


def told_by_difference(first: tuple[int, int], second: tuple[int, int]) -> Answered:
    """Return what two groups' shares tell of both together once the difference between them is published as well.

    Each group is a count and its base. The difference is in whole points with whole limits, as those of any other.
    """
    one, two = _that_fit(*first), _that_fit(*second)
    pairs = np.array([(*left, *right) for left in one for right in two])
    wanted = _difference_as_shown(np.array([(*first, *second)], dtype=float))
    alike = pairs[(_difference_as_shown(pairs) == wanted).all(axis=1)]
    return _answered(alike[:, 0] + alike[:, 2], alike[:, 1] + alike[:, 3])


def _answered(chose: Numbers, base: Numbers) -> Answered:
    return Answered(*(Told(int(sums.min()), int(sums.max())) for sums in (chose, base - chose)))


def _difference_as_shown(pairs: Numbers) -> Numbers:
    """Return of each pair the difference of its shares in whole points, with its whole limits, a row each."""
    chose, base = pairs[:, [0, 2]], pairs[:, [1, 3]]
    share, people = chose / base, base.sum(axis=1)
    variance = (share * (1 - share) / base).sum(axis=1) * people / (people - 1)
    value, reach = share[:, 0] - share[:, 1], stdtrit(people - 1, 0.975) * np.sqrt(variance)
    return np.floor(POINTS * np.stack([value, value - reach, value + reach], axis=1) + 0.5)


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
