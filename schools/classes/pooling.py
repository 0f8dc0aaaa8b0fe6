"""What may be published of many classes together: how their answers before and after differ, with the class as cluster.

Nothing is published of fewer than 30 answers in either wave, of one or two schools, or where fewer than ten gave or did
not give the answers that the lesson hopes for. Somebody may know one school's answers: without any one of them ten have
to remain. Classes count from ten answers each time.

Whoever takes an earlier figure from a later one learns how the classes between them answered. So these have to be fit
to be published by themselves, and a figure that can no longer be added to, since some of its classes were deleted, is
followed by one of other classes alone.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.categories import categorical
from analysis.change import AFTER, BEFORE, Change, before_and_after
from analysis.design import sample_design
from analysis.disclosure import FEWEST, rounded
from indicators.direction import SMALLEST_BASE, WIDEST_POINTS, Verdict

FEWEST_ANSWERS, FEWEST_SCHOOLS = 30, 3
PERCENT = 100

Pair = tuple[int, int]  # who gave an answer that the lesson hopes for, and who gave another


@dataclass(frozen=True)
class Answered:
    """How the class ``key``, of the school with the key ``school``, answered one question before and after."""

    key: int
    school: int
    before: Pair
    after: Pair

    @property
    def is_enough(self) -> bool:
        """Whether ten answered each time: smaller classes say too little of a class."""
        return min(sum(self.before), sum(self.after)) >= FEWEST


def rows(classes: Sequence[Answered]) -> Iterator[tuple[int, str, int]]:
    """Go through the answers to one question: the class, before or after, and 1 where the lesson hopes for it."""
    for one in classes:
        for phase, (hoped, other) in ((BEFORE, one.before), (AFTER, one.after)):
            yield from ((one.key, phase, 1) for _ in range(hoped))
            yield from ((one.key, phase, 0) for _ in range(other))


def change(classes: Sequence[Answered]) -> Change:
    """Return the change of the share that the lesson hopes for, in points, from before to after.

    Raises:
        ValueError: it has no interval.
    """
    found = list(rows(classes))
    design = sample_design(np.ones(len(found)), clusters=[str(key) for key, _, _ in found])
    scores = [PERCENT * score for _, _, score in found]
    return before_and_after(design, scores, categorical(phase for _, phase, _ in found))


def why_not(classes: Sequence[Answered]) -> str:
    """Return in a word why nothing may be published of ``classes``: schools, answers or alike; empty where it may."""
    schools = {one.school for one in classes}
    if len(schools) < FEWEST_SCHOOLS:
        return "schools"
    for pairs in ([one.before for one in classes], [one.after for one in classes]):
        answers = sum(map(sum, pairs))
        if answers < FEWEST_ANSWERS:
            return "answers"
        if min(sum(hoped for hoped, _ in pairs), sum(other for _, other in pairs)) < FEWEST:
            return "alike"
        of_school = dict.fromkeys(schools, 0)
        for one, pair in zip(classes, pairs, strict=True):
            of_school[one.school] += sum(pair)
        if answers - max(of_school.values()) < FEWEST:
            return "answers"
    return ""


def to_publish(classes: Sequence[Answered], earlier: Sequence[Collection[int]]) -> list[Answered]:
    """Return those of ``classes`` of which a figure may be made now; none where nothing may be added.

    ``earlier`` has the keys of the classes of each figure that was published of this question, the newest last.
    """
    enough = [one for one in classes if one.is_enough]
    known = {key for keys in earlier for key in keys}
    new = [one for one in enough if one.key not in known]
    if why_not(new):
        return []
    newest = earlier[-1] if earlier else []
    standing = [one for one in enough if one.key in newest]
    return standing + new if len(standing) == len(newest) else new


def published(classes: Sequence[Answered]) -> dict[str, Any]:
    """Return what is published of one question: whole percentages, the change with its range, and words for it.

    ``of`` has the keys of the classes, for us alone: it tells what may be published later.
    """
    classes = [one for one in classes if one.is_enough]
    withheld = why_not(classes)
    if withheld:
        return {"withheld": withheld}
    try:
        found = change(classes)
    except ValueError:
        return {"withheld": "alike"}
    before, after = ([sum(side) for side in zip(*pairs, strict=True)] for pairs in _waves(classes))
    fewest = min(sum(before), sum(after))
    return {
        "of": sorted(one.key for one in classes),
        "classes": len(classes),
        "schools": len({one.school for one in classes}),
        "answers": [rounded(sum(before)), rounded(sum(after))],
        "before": round(PERCENT * before[0] / sum(before)),
        "after": round(PERCENT * after[0] / sum(after)),
        "change": round(found.value),
        "lower": round(found.lower),
        "upper": round(found.upper),
        "verdict": str(verdict(found, fewest)),
    }


def verdict(found: Change, fewest: int) -> Verdict:
    """Return the house's words for a change of a share in points, of ``fewest`` answers in the smaller wave.

    Teachers choose to take part, so it is never more than indicative.
    """
    if fewest < SMALLEST_BASE or found.half_width > WIDEST_POINTS:
        return Verdict.TOO_FEW
    if not found.is_clear:
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.INDICATIVE_HIGHER if found.value > 0 else Verdict.INDICATIVE_LOWER


def _waves(classes: Sequence[Answered]) -> tuple[list[Pair], list[Pair]]:
    return [one.before for one in classes], [one.after for one in classes]
