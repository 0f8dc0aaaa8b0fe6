"""Which answers are shown as one, so that each stands for enough people."""

from collections.abc import Sequence

from analysis.disclosure.rounding import FEWEST
from analysis.disclosure.suppression import NotPublishableError


def merge_options(counts: Sequence[int], *, in_order: bool, fewest: int = FEWEST) -> list[list[int]]:
    """Return the places of the answers in groups that each count ``fewest`` people or more, and so do all others.

    On a scale (``in_order``) only neighbours are merged: of all ways that keep the most groups, the one that merges
    the answers of the fewest people, and of those the first. Answers without an order are merged into one group, the
    smallest first, until nobody outside it is too few.

    Raises:
        NotPublishableError: only all answers together are enough, and that everybody gave some answer says nothing.
    """
    groups = _neighbours(counts, fewest) if in_order else _smallest(counts, fewest)
    if len(groups) < 2:
        raise NotPublishableError(f"No two answers, however merged, stand for {fewest} people or more each.")
    return groups


def _neighbours(counts: Sequence[int], fewest: int) -> list[list[int]]:
    """Return the best cut of a scale, found from the best cuts of its beginnings."""
    best: list[tuple[int, int, list[list[int]]] | None] = [(0, 0, [])]
    for end in range(1, len(counts) + 1):
        found = None
        for start in range(end):
            before, people = best[start], sum(counts[start:end])
            if before is None or people < fewest:
                continue
            merged = people if end - start > 1 else 0
            ways = (before[0] + 1, before[1] - merged, [*before[2], list(range(start, end))])
            if found is None or ways[:2] > found[:2]:
                found = ways
        best.append(found)
    whole = best[-1]
    return whole[2] if whole else []


def _smallest(counts: Sequence[int], fewest: int) -> list[list[int]]:
    """Return each answer by itself but for the smallest, which are one group where any of them is too few."""
    by_size = sorted(range(len(counts)), key=lambda place: counts[place])
    few = sum(count < fewest for count in counts)
    together = few
    while (
        few and together < len(counts) and (together < 2 or sum(counts[place] for place in by_size[:together]) < fewest)
    ):
        together += 1
    merged = sorted(by_size[:together])
    return sorted([*([merged] if merged else []), *([place] for place in by_size[together:])])
