"""Whether two published sets of answers, one taken from the other, tell how a few people answered.

Each set may be large enough by itself: everybody, everybody but one ward, the people whom chance chose, the answers
without the doubtful ones. What lies between them is published as well, as if it were a table of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space, orth

from analysis.disclosure.rounding import FEWEST

Members = NDArray[np.bool_]
NOTHING = 1e-9


@dataclass(frozen=True, kw_only=True)
class AnswerSet:
    """Whose answers to one question are published, or are to be.

    ``name`` is what staff call it, and ``counts`` how many of its people gave each answer. ``members`` says of each
    respondent, in one order for all sets, whether they are in it and answered; None where only the counts are known.
    ``only`` is what people had to be, by kind, for example ``{"area": {"north"}, "sample": {"random"}}``; nothing for
    everybody. It tells sets that share nobody from sets that may.
    """

    name: str
    counts: Mapping[str, int]
    members: Members | None = None
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    def less(self, others: Sequence["AnswerSet"]) -> dict[str, int]:
        """Return how many gave each answer, less those in ``others``."""
        answers = {answer: 0 for one in (self, *others) for answer in one.counts}
        return {
            answer: self.counts.get(answer, 0) - sum(other.counts.get(answer, 0) for other in others)
            for answer in answers
        }


def differences(
    published: Sequence[AnswerSet], proposed: AnswerSet, *, fewest: int = FEWEST, by_answer: bool = True
) -> str:
    """Return why ``proposed`` may not be published beside what is, in a sentence; nothing where it may.

    It may not where, together with what is ``published`` of the same question,

    - one set less another, or less several that share nobody, leaves fewer than ``fewest`` people, but some; with
      ``by_answer``, as for sensitive questions and for people counted by identity, also where it leaves ``fewest`` or
      more of whom fewer than ``fewest``, nobody included, gave one of the answers;
    - the same number of people, but not the same of them, gave the answers: somebody was put in another's place;
    - any sum of sets, each taken any number of times or taken away, speaks of fewer than ``fewest`` people alone. This
      needs the members: people who are in the same sets cannot be told apart, so each such kind is one unknown, and a
      sum of sets in which every kind of ``fewest`` people or more cancels out speaks of the others.

    Where only counts are known, two sets are compared unless ``only`` says that they share nobody: whether one holds
    the other is then not known, and what is refused may be harmless.
    """
    for larger, parts in _pairs(published, proposed):
        if _gives_away(larger.less(parts), fewest, by_answer=by_answer):
            return _sentence(larger if larger is not proposed else None, parts, proposed, fewest)
    used = _few_told_apart([one for one in published if one.members is not None], proposed, fewest)
    return _sentence(None, used, proposed, fewest) if used else ""


def _sentence(larger: AnswerSet | None, parts: Sequence[AnswerSet], proposed: AnswerSet, fewest: int) -> str:
    names = [one.name for one in (larger, *parts) if one is not None and one is not proposed]
    return (
        f"“{proposed.name}” cannot be published beside “{'”, “'.join(names)}”: one taken from the other would show how "
        f"fewer than {fewest} people answered. Publish the same people as before, or people of whom {fewest} or more "
        "differ in every answer."
    )


def _pairs(published: Sequence[AnswerSet], proposed: AnswerSet) -> Iterator[tuple[AnswerSet, Sequence[AnswerSet]]]:
    """Go through what can be taken from what: single sets, and all that divide one by a further condition."""
    for other in published:
        if _may_hold(other, proposed):
            yield other, [proposed]
        if _may_hold(proposed, other):
            yield proposed, [other]
    for larger in (*published, proposed):
        for parts in _divisions(larger, [*published, proposed]):
            if larger is proposed or any(part is proposed for part in parts):
                yield larger, parts


def _may_hold(larger: AnswerSet, smaller: AnswerSet) -> bool:
    """Tell whether ``larger`` holds everybody in ``smaller``, or could for all that is known."""
    if larger.members is not None and smaller.members is not None:
        return not (smaller.members & ~larger.members).any()
    share_nobody = any(not larger.only[kind] & smaller.only[kind] for kind in {*larger.only} & {*smaller.only})
    return not share_nobody and larger.people >= smaller.people


def _divisions(larger: AnswerSet, sets: Sequence[AnswerSet]) -> Iterator[list[AnswerSet]]:
    """Go through the sets that divide ``larger`` by one further condition, such as its areas, and share nobody."""
    kinds = {kind for one in sets for kind in one.only if kind not in larger.only}
    for kind in sorted(kinds):
        parts: list[AnswerSet] = []
        for one in sets:
            rest = {name: values for name, values in one.only.items() if name != kind}
            is_new = kind in one.only and not any(one.only[kind] & part.only[kind] for part in parts)
            if is_new and rest == dict(larger.only):
                parts.append(one)
        if len(parts) > 1:
            yield parts


def _gives_away(left: Mapping[str, int], fewest: int, *, by_answer: bool) -> bool:
    """Tell whether so many people left over, by answer, say too much of a few."""
    people = sum(left.values())
    if people == 0:
        return any(0 < abs(count) < fewest for count in left.values())
    return abs(people) < fewest or (by_answer and any(abs(count) < fewest for count in left.values()))


def _few_told_apart(published: Sequence[AnswerSet], proposed: AnswerSet, fewest: int) -> list[AnswerSet]:
    """Return the published sets of which some sum, with ``proposed`` in it, speaks of fewer than ``fewest`` people.

    The sums that leave out every large kind of people are a space. In it the sums that speak of the fewest kinds are
    those in which as many others as can be cancel out too, so these are all that have to be tried.
    """
    if proposed.members is None:
        return []
    sets = [proposed, *published]
    kinds, sizes = np.unique(np.array([one.members for one in sets]), axis=1, return_counts=True)
    is_small = kinds.any(axis=0) & (sizes < fewest)
    large, small = kinds[:, kinds.any(axis=0) & ~is_small].T, kinds[:, is_small].T
    sums = null_space(large.astype(float)) if large.size else np.eye(len(sets))
    if not np.any(np.abs(small @ sums) > NOTHING):
        return []
    sums = sums @ orth((small @ sums).T)
    of_small = small @ sums
    for cancelled in combinations(range(len(of_small)), sums.shape[1] - 1):
        for mix in (null_space(of_small[list(cancelled)]) if cancelled else np.eye(1)).T:
            speaks_of, uses = np.abs(of_small @ mix) > NOTHING, np.abs(sums @ mix) > NOTHING
            if uses[0] and 0 < sizes[is_small][speaks_of].sum() < fewest:
                return [one for one, is_used in zip(published, uses[1:], strict=True) if is_used]
    return []
