"""Instruments in people's words: what is wrong with an answer as a sentence, and answers as they are read."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import number
from surveys import runner
from surveys.runner import Answer, Answers, Item, Problem

LEAVE_OUT = gettext_lazy("I do not want to answer")


def questions(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Go through the questions of an instrument's body in the order in which they are asked."""
    for section in body["sections"]:
        yield from (item for item in section["items"] if item["kind"] != runner.INFORMATION)


def worded(item: Item, answers: Answers) -> list[str]:
    """Return the answer to ``item`` as people read it: a label a line, or the words; empty where there is none."""
    chosen = item.chosen(answers)
    if not item.labels:
        return list(chosen)
    lines = [label for code, label in item.labels.items() if code in chosen]
    beside = answers.get(runner.other_key(item.key))
    return [*lines, str(beside)] if beside and item.says_more & chosen else lines


def sentence(problem: Problem) -> str:
    """Return what is wrong with an answer, and the mend, in one sentence."""
    named: dict[str, Any] = {
        name: number(value) if isinstance(value, int) else value for name, value in problem.named.items()
    }
    sentences = {
        "missing-text": _("Write your answer."),
        "missing-multiple": _("Choose at least one answer."),
        "one-answer": _("Choose one answer."),
        "unknown-option": _("Choose from the answers on this page."),
        "not-both": _("Choose either “%(answer)s” or other answers, not both."),
        "unkept": _("Your answer holds a character that cannot be kept. Type it again."),
        "turning": _("Your answer holds a hidden character that turns the writing around. Type it again."),
        "too-long": _("Your answer is %(length)s characters long. Shorten it to %(limit)s or fewer."),
    }
    return sentences.get(problem.code, _("Choose an answer.")) % named


CORRECTED = gettext_lazy("We corrected this question after you had answered it. Please look at your answer again.")


def problems(
    instrument: runner.Instrument,
    answers: Answers,
    *,
    equality: bool,
    may_miss: bool = False,
    again: Collection[str] = (),
) -> dict[str, str]:
    """Return what is wrong with ``answers``, as a sentence for each item's key.

    Where they ``may_miss``, an answer that is not there is not wrong. ``again`` are keys of questions that were
    corrected after they were answered, and not looked at since.
    """
    found = runner.problems(instrument, answers, equality=equality)
    said = {key: sentence(problem) for key, problem in found.items() if not (may_miss and problem.is_missing)}
    route = (item.key for item in runner.route(instrument, answers)) if again else ()
    asked = (key for key in route if equality or instrument.page_of[key].part != runner.EQUALITY)
    return said | {key: str(CORRECTED) for key in asked if key in again}


__all__ = ["CORRECTED", "LEAVE_OUT", "Answer", "Answers", "problems", "questions", "sentence", "worded"]
