"""Counts to the nearest five, whole percentages, and what a reader can tell from both of how many people they are."""

from collections.abc import Sequence
from typing import NamedTuple

BASE = 5
FEWEST = 10


class Interval(NamedTuple):
    """The lowest and the highest count that fit what is shown."""

    lowest: int
    highest: int


def rounded(count: int, *, base: int = BASE) -> int:
    """Return ``count`` to the nearest multiple of ``base``."""
    return base * round(count / base)


def percentage(count: int, people: int) -> int:
    """Return ``count`` of ``people`` in whole percent; halves go up."""
    return (200 * count + people) // (2 * people)


def possible_counts(percentages: Sequence[int], base: int) -> list[tuple[Interval, Interval]]:
    """Return how many can have given each answer, and how many not, by whole percentages and a base to the nearest 5.

    The answers are all that there are and everybody gave one, so that their counts make the base; one percentage alone
    stands for an answer and its opposite. Each person counts the same: where answers are weighted, percentages say
    less. Every base that rounds to this one is tried. There the count of an answer lies between (2p - 1) n / 200 and
    (2p + 1) n / 200, and within what the others leave of n.

    Raises:
        ValueError: no counts have these percentages.
    """
    fits = [
        (people, among)
        for people in range(max(1, base - BASE // 2), base + BASE // 2 + 1)
        if (among := _among(percentages, people))
    ]
    if not fits:
        raise ValueError("No number of people has these percentages.")
    places = range(len(percentages))
    return [
        (
            Interval(min(among[place].lowest for _, among in fits), max(among[place].highest for _, among in fits)),
            Interval(
                min(people - among[place].highest for people, among in fits),
                max(people - among[place].lowest for people, among in fits),
            ),
        )
        for place in places
    ]


def _among(percentages: Sequence[int], people: int) -> list[Interval]:
    """Return how many of exactly ``people`` can have given each answer; nothing where no counts fit."""
    alone = [_alone(percent, people) for percent in percentages]
    if len(alone) == 1:
        return alone if alone[0].lowest <= alone[0].highest else []
    fewest, most = sum(one.lowest for one in alone), sum(one.highest for one in alone)
    found = [
        Interval(max(one.lowest, people - (most - one.highest)), min(one.highest, people - (fewest - one.lowest)))
        for one in alone
    ]
    is_possible = fewest <= people <= most and all(one.lowest <= one.highest for one in (*alone, *found))
    return found if is_possible else []


def _alone(percent: int, people: int) -> Interval:
    lowest, past = -((1 - 2 * percent) * people // 200), -(-(2 * percent + 1) * people // 200)
    return Interval(max(0, lowest), min(people, past - 1))


def reveals(percentages: Sequence[int], base: int, *, fewest: int = FEWEST) -> list[bool]:
    """Tell of each answer whether its whole percentage would give away a count under ``fewest``.

    It does where every count that fits is smaller, of those who gave the answer or of those who did not. Of a
    sensitive question merge the answers (:func:`merge_options`); any other shows [c] in its place.

    Raises:
        ValueError: no counts have these percentages.
    """
    return [any(one.highest < fewest for one in both) for both in possible_counts(percentages, base)]
