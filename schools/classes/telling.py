"""What may be told of how a class answered before and after, and in which groups of answers.

A teacher knows who sat in the room, and may know what one of them answered. So no group of answers is told that fewer
than five gave, nobody included, in either wave: whoever knows one pupil's answer then still has four others in it, and
nobody is the only one, or the only one who is not. A question is told option by option where every option has five
pupils in both waves, else in two groups, the answers that the lesson hopes for and all others, else not at all. The
groups are the same in both waves, and which there can be is fixed before anybody answers: the counts decide only
whether a way of grouping is fit to be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.disclosure import FEWEST, withheld

FEWEST_ALIKE = 5  # the lowest to which the house's ten can be brought down: a class rarely has ten in any group

Counts = Sequence[int]  # of each option of a question, in the order of its options


@dataclass(frozen=True)
class Asked:
    """A question as a class was asked it: its item of the instrument, and the codes that the lesson hopes for."""

    item: Mapping[str, Any]
    hoped: frozenset[str]

    @property
    def codes(self) -> list[str]:
        """The codes of its options in their order."""
        return [option["code"] for option in self.item["options"]]

    def groupings(self) -> list[list[list[int]]]:
        """Return the ways to put its options, by their places, into groups; the finest first."""
        places = range(len(self.codes))
        hoped = [place for place in places if self.codes[place] in self.hoped]
        return [[[place] for place in places], [hoped, [place for place in places if place not in hoped]]]


def are_enough(before: int, after: int) -> bool:
    """Tell whether so many answers before and after are enough to tell anything of."""
    return min(before, after) >= FEWEST


def told(asked: Asked, before: Counts, after: Counts) -> list[dict[str, Any]]:
    """Return the groups of answers to one question with their shares of each wave, in whole percent; empty if none may.

    A share is of those who gave an answer to this question.
    """
    if not are_enough(sum(before), sum(after)):
        return []
    for groups in asked.groupings():
        waves = [[sum(counts[place] for place in group) for group in groups] for counts in (before, after)]
        if not any(any(withheld(wave, fewest=FEWEST_ALIKE)) for wave in waves):
            return [_group(asked, group, *counts) for group, *counts in zip(groups, *map(_shares, waves), strict=True)]
    return []


def _shares(counts: Counts) -> list[int]:
    return [round(100 * count / sum(counts)) for count in counts]


def _group(asked: Asked, places: Sequence[int], before: int, after: int) -> dict[str, Any]:
    return {"codes": [asked.codes[place] for place in places], "before": before, "after": after}


def figures_of(asked: Sequence[Asked], before: Sequence[Counts], after: Sequence[Counts]) -> list[dict[str, Any]]:
    """Return what is told of each question, given the counts of its options in both waves."""
    return [
        {
            "key": one.item["key"],
            "wording": one.item["wording"],
            "text": one.item["text"],
            "groups": told(one, *counts),
        }
        for one, *counts in zip(asked, before, after, strict=True)
    ]
