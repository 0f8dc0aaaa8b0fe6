"""Counts to the nearest five, and how few people are too few."""

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
