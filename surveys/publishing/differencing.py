"""Whether what is to be published, beside what was published before, is somebody's answers.

What was once out is out: also results that were replaced or withdrawn are compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.disclosure import AnswerSet, differences
from indicators.publish import SMALLEST_BASE

Figures = Mapping[str, Any]


class CannotPublishError(Exception):
    """Why these figures cannot be published, and the mend, in a sentence."""


def refuse_differences(figures: Figures, published_before: Sequence[Figures], *, fewest: int) -> None:
    """Refuse figures of a wave that rest on nearly the same people as figures of it that were published before.

    Two numbers on groups of people that differ by some are, taken together, a number on those. It is held to the rules
    of any other: they are ``fewest`` or more, and so are those of them who gave an answer and those who did not, where
    the question is sensitive or they are too few for their answers to be told at all. Where as many people are counted
    as before but other numbers of them gave an answer, somebody was put in another's place.

    Raises:
        CannotPublishError: together with what was published before they would give away the answers of a few.
    """
    now = dict(_people(figures))
    for earlier in published_before:
        for named, before in _people(earlier):
            if named in now:
                _refuse_pair(named, now[named], before, fewest)


@dataclass(frozen=True)
class _Group:
    """People whose answers to one question are published, by how many gave each."""

    base: int
    counts: Mapping[str, int]
    is_sensitive: bool

    def answered(self, code: str) -> AnswerSet:
        """Return them by whether they gave one answer: where several may be given, these alone add up."""
        chose = self.counts.get(code, 0)
        return AnswerSet(name=code, counts={code: chose, "": self.base - chose})


def _refuse_pair(named: tuple[str, ...], now: _Group, before: _Group, fewest: int) -> None:
    are_few = abs(now.base - before.base) < SMALLEST_BASE
    by_answer = are_few or now.is_sensitive
    codes = {*now.counts, *before.counts}
    if any(
        differences([before.answered(code)], now.answered(code), fewest=fewest, by_answer=by_answer) for code in codes
    ):
        raise CannotPublishError(
            f"{_where(named)} counts nearly the same people as results of this wave that were published before: both "
            f"together would show how fewer than {fewest} people answered. Compute the results again on the same "
            f"people as before, or on people of whom {SMALLEST_BASE} or more differ, and of a sensitive question "
            f"{fewest} or more in every answer."
        )


def _where(named: tuple[str, ...]) -> str:
    item, *group = named
    return f"{item} in the group {group[1]} of {group[0]}" if group else item


def _people(figures: Figures) -> Iterator[tuple[tuple[str, ...], _Group]]:
    """Go through each group of people that figures are about: everybody who answered, and each part of them."""
    for item in figures.get("items", ()):
        yield (item["question"],), _group(item, item)
        for table in (*item["by"], *item.get("contrasts", ())):
            for group in table["groups"]:
                yield (item["question"], table["question"], group["code"]), _group(item, group)


def _group(item: Figures, figure: Figures) -> _Group:
    counts = {option["code"]: option["count"] for option in figure["options"]}
    return _Group(figure["base"], counts, item["sensitive"])
