"""Conditions on an earlier item's answer: a closed list of operators, each false where there is no answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

IS, IS_ANY_OF, IS_NONE_OF = "is", "is-any-of", "is-none-of"
AT_LEAST, AT_MOST, ANSWERED = "at-least", "at-most", "answered"

Chosen = frozenset[str]
Scores = Mapping[str, int]


def _scored(chosen: Chosen, scores: Scores, fits: Callable[[int], bool]) -> bool:
    """Tell whether every chosen option has a score that fits: "don't know" has none and is neither high nor low."""
    return all(code in scores and fits(scores[code]) for code in chosen)


OPERATORS: Mapping[str, Callable[[Chosen, Any, Scores], bool]] = {
    IS: lambda chosen, value, _: chosen == {value},
    IS_ANY_OF: lambda chosen, value, _: not chosen.isdisjoint(value),
    IS_NONE_OF: lambda chosen, value, _: chosen.isdisjoint(value),
    AT_LEAST: lambda chosen, value, scores: _scored(chosen, scores, lambda score: score >= value),
    AT_MOST: lambda chosen, value, scores: _scored(chosen, scores, lambda score: score <= value),
    ANSWERED: lambda *_: True,
}
OF_CODES = (IS, IS_ANY_OF, IS_NONE_OF)
OF_SCORES = (AT_LEAST, AT_MOST)


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be so of the answer to the item ``item``.

    ``value`` is a code (``is``), codes (``is-any-of``, ``is-none-of``), a score (``at-least``, ``at-most``) or nothing
    (``answered``).
    """

    item: str
    operator: str
    value: Any = None

    def holds(self, chosen: Chosen, scores: Scores) -> bool:
        """Tell whether it holds for what was ``chosen``; nothing chosen never holds, whatever the operator."""
        return bool(chosen) and OPERATORS[self.operator](chosen, self.value, scores)
