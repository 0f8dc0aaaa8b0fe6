"""What an instrument says, without the database: its steps in order, and what is wrong with a set of answers.

An instrument's body is plain JSON: ``title``, ``introduction`` and ``sections``, each with a ``title`` and its
``items``. Answers are a mapping from an item's ``key`` to an option's code (single choice and scale), a list of codes
(multiple choice) or words (long text). An item that was left out has no key there.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Kind

TEXT_LIMIT = 2_000
LEAVE_OUT = gettext_lazy("I do not want to answer")

Answer = str | list[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Step:
    """One item in its place among all of them; ``number`` starts at 1."""

    item: Mapping[str, Any]
    section: str
    number: int
    total: int
    previous: str
    next: str

    @property
    def key(self) -> str:
        """The item's key, which is also its address."""
        return self.item["key"]

    @property
    def label_of(self) -> dict[str, str]:
        """The label of each option's code."""
        return {option["code"]: option["label"] for option in self.item["options"]}

    @property
    def exclusive(self) -> set[str]:
        """The codes of options that stand alone."""
        return {option["code"] for option in self.item["options"] if option["exclusive"]}

    def worded(self, answer: Answer | None) -> list[str]:
        """Return ``answer`` as people read it: a label a line, or the words; empty where there is none."""
        if not answer:
            return []
        if self.item["kind"] == Kind.TEXT:
            return [str(answer)]
        chosen = [answer] if isinstance(answer, str) else answer
        return [self.label_of[code] for code in chosen if code in self.label_of]


def digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an instrument's canonical JSON, in hexadecimal: the same content, the same digest."""
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def items(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Go through the items in the order in which they are asked."""
    for section in body["sections"]:
        yield from section["items"]


def steps(body: Mapping[str, Any]) -> list[Step]:
    """Return every step of an instrument, in order."""
    pairs = [(section["title"], item) for section in body["sections"] for item in section["items"]]
    keys = [item["key"] for _, item in pairs]
    return [
        Step(item, title, place, len(pairs), keys[place - 2] if place > 1 else "", (keys[place:] or [""])[0])
        for place, (title, item) in enumerate(pairs, start=1)
    ]


def problem(step: Step, answer: Answer | None) -> str:
    """Return the sentence that says what is wrong with ``answer`` at ``step``; empty where nothing is."""
    if not answer:
        return missing(step) if step.item["required"] else ""
    if step.item["kind"] == Kind.TEXT:
        return _problem_of_words(answer)
    chosen = [answer] if isinstance(answer, str) else answer
    if len(chosen) != 1 and step.item["kind"] != Kind.MULTIPLE:
        return _("Choose one answer.")
    if not set(chosen) <= set(step.label_of):
        return _("Choose from the answers on this page.")
    alone = [step.label_of[code] for code in chosen if code in step.exclusive]
    if alone and len(chosen) > 1:
        return _("Choose either “%(answer)s” or other answers, not both.") % {"answer": alone[0]}
    return ""


def missing(step: Step) -> str:
    """Return the sentence for a question that has to be answered and was not."""
    return {
        Kind.TEXT: _("Write your answer."),
        Kind.MULTIPLE: _("Choose at least one answer."),
    }.get(step.item["kind"], _("Choose an answer."))


def _problem_of_words(answer: Answer) -> str:
    if not isinstance(answer, str) or "\0" in answer:
        return _("Your answer holds a character that cannot be kept. Type it again.")
    if len(answer) > TEXT_LIMIT:
        return _("Your answer is %(length)s characters long. Shorten it to %(limit)s or fewer.") % {
            "length": f"{len(answer):,}",
            "limit": f"{TEXT_LIMIT:,}",
        }
    return ""


def problems(body: Mapping[str, Any], answers: Answers) -> dict[str, str]:
    """Return what is wrong with ``answers``, as a sentence for each item's key."""
    found = {step.key: problem(step, answers.get(step.key)) for step in steps(body)}
    return {key: sentence for key, sentence in found.items() if sentence}


def tidy(body: Mapping[str, Any], answers: Answers) -> dict[str, Answer]:
    """Return the answers that belong to the instrument, in its own order.

    The order in which somebody answered and changed their mind would otherwise stay in the row.
    """
    return {item["key"]: answers[item["key"]] for item in items(body) if answers.get(item["key"])}
