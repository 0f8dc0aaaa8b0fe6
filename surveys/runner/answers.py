"""What is wrong with an answer, and which answers are sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.runner.instrument import EQUALITY, MULTIPLE, TEXT, Answer, Answers, Instrument, Item, other_key
from surveys.runner.route import route

MISSING = "missing-"
TEXT_LIMIT = 2_000
OTHER_LIMIT = 200
# Characters that no keyboard types and no database keeps, and halves of characters.
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Those that turn the words after them around, so that a reader sees other words than were written.
TURNING = re.compile("[\u202d\u202e]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer: a name for it, what its sentence names, and whether it is the words beside it."""

    code: str
    named: Mapping[str, Any] = field(default_factory=dict)
    beside: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether nothing was answered where an answer is asked for."""
        return self.code.startswith(MISSING)


def problem(item: Item, answers: Answers) -> Problem | None:
    """Return what is wrong with the answer to ``item`` among ``answers``; None where nothing is."""
    answer: Any = answers.get(item.key)
    if not item.asks:
        return None
    if not answer:
        return Problem(f"{MISSING}{item.kind}") if item.required else None
    if item.kind == TEXT:
        return _problem_of_words(answer, TEXT_LIMIT)
    return _problem_of_choice(item, answer) or _problem_of_other(item, answers)


def _problem_of_choice(item: Item, answer: Any) -> Problem | None:
    chosen = [answer] if isinstance(answer, str) else answer
    if not isinstance(chosen, list) or not all(isinstance(code, str) for code in chosen):
        return Problem("unknown-option")
    if len(chosen) != 1 and item.kind != MULTIPLE:
        return Problem("one-answer")
    if not item.labels.keys() >= set(chosen):
        return Problem("unknown-option")
    alone = [item.labels[code] for code in chosen if code in item.exclusive]
    if alone and len(set(chosen)) > 1:
        return Problem("not-both", {"answer": alone[0]})
    return None


def _problem_of_other(item: Item, answers: Answers) -> Problem | None:
    """Look at the words beside an option. They may be missing: nobody has to say more than they want to."""
    words: Any = answers.get(other_key(item.key))
    if not words or item.says_more.isdisjoint(item.chosen(answers)):
        return None
    wrong = _problem_of_words(words, OTHER_LIMIT)
    return replace(wrong, beside=True) if wrong else None


def _problem_of_words(words: Any, limit: int) -> Problem | None:
    if not isinstance(words, str) or UNKEPT.search(words):
        return Problem("unkept")
    if TURNING.search(words):
        return Problem("turning")
    if len(words) > limit:
        return Problem("too-long", {"length": len(words), "limit": limit})
    return None


def problems(instrument: Instrument, answers: Answers, *, equality: bool = True) -> dict[str, Problem]:
    """Return what is wrong with ``answers``, by the item's key; items off the route are not looked at."""
    found = {item.key: problem(item, answers) for item in _asked(instrument, answers, equality=equality)}
    return {key: wrong for key, wrong in found.items() if wrong is not None}


def submitted(instrument: Instrument, answers: Answers, *, equality: bool = True) -> dict[str, Answer]:
    """Return the answers that are sent: those on the route, in the instrument's own order.

    The order in which somebody answered and changed their mind would otherwise stay in the row.
    """
    sent: dict[str, Answer] = {}
    for item in _asked(instrument, answers, equality=equality):
        chosen = item.chosen(answers)
        if not item.asks or not chosen:
            continue
        sent[item.key] = _tidy(item, answers[item.key])
        if item.says_more & chosen and answers.get(other_key(item.key)):
            sent[other_key(item.key)] = answers[other_key(item.key)]
    return sent


def _tidy(item: Item, answer: Answer) -> Answer:
    """Return ``answer`` with its codes in the order of the options, whatever the order in which they were chosen."""
    if item.kind != MULTIPLE:
        return answer if isinstance(answer, str) else answer[0]
    return [code for code in item.labels if code in ([answer] if isinstance(answer, str) else answer)]


def _asked(instrument: Instrument, answers: Answers, *, equality: bool) -> list[Item]:
    on = route(instrument, answers)
    return [item for item in on if equality or instrument.page_of[item.key].part != EQUALITY]
