"""An instrument as paper has it: questions with numbers, options with numbers, and the route in words.

Whoever types the answers in reads the same numbers, so they stand in no other place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from surveys import runner
from surveys.runner import Condition, Instrument, Item

EQUALITY = "equality"
MULTIPLE = "multiple"
CHOOSE_SEVERAL = "all that apply"  # in the words of some wordings of the bank


@dataclass(frozen=True)
class Choice:
    """An option as it is printed: its number within the question, and what belongs beside it."""

    number: int
    code: str
    label: str
    says_more: bool
    ends: bool


@dataclass(frozen=True)
class Printed:
    """A question with its number, or a piece of information, which has none (0); ``only_if`` says who skips it."""

    item: Item
    number: int
    only_if: str

    @property
    def choices(self) -> list[Choice]:
        """Its options in order, numbered from 1."""
        return [
            Choice(number, code, label, code in self.item.says_more, code in self.item.ends_on)
            for number, (code, label) in enumerate(self.item.labels.items(), start=1)
        ]

    @property
    def needs_hint(self) -> bool:
        """Whether its own words do not say that several boxes may be ticked."""
        return CHOOSE_SEVERAL not in self.item.body["text"]

    @property
    def takes_several(self) -> bool:
        """Whether more than one box may be ticked."""
        return self.item.kind == MULTIPLE


@dataclass(frozen=True)
class Part:
    """A section of the paper."""

    title: str
    is_equality: bool
    printed: list[Printed]


def parts_of(instrument: Instrument) -> list[Part]:
    """Return the sections of ``instrument`` as they are printed, with the route in the language spoken now."""
    numbers = numbers_of(instrument)
    following = _next_numbers(instrument, numbers)
    parts = groupby(instrument.pages, key=lambda page: (page.section, page.part))
    return [
        Part(
            title=title,
            is_equality=part == EQUALITY,
            printed=[
                Printed(item, numbers.get(item.key, 0), _only_if(instrument, item, numbers, following))
                for page in pages
                for item in page.items
            ],
        )
        for (title, part), pages in parts
    ]


def numbers_of(instrument: Instrument) -> dict[str, int]:
    """Return the number of each question's key, in the order in which they are asked, from 1."""
    asked = (item.key for item in instrument.items if item.asks)
    return {key: number for number, key in enumerate(asked, start=1)}


def _next_numbers(instrument: Instrument, numbers: Mapping[str, int]) -> dict[str, int]:
    """Return the number of the question that comes after each item; none after the last."""
    following: dict[str, int] = {}
    number = 0
    for item in reversed(instrument.items):
        if number:
            following[item.key] = number
        number = numbers.get(item.key, number)
    return following


def _only_if(instrument: Instrument, item: Item, numbers: Mapping[str, int], following: Mapping[str, int]) -> str:
    """Return who is asked ``item``, and where everybody else goes on; empty where everybody is asked."""
    if not item.when:
        return ""
    words = [_in_words(condition, instrument.item_of[condition.item], numbers) for condition in item.when]
    said = _all_of(words) if item.needs_all else _any_of(words)
    if item.key in following:
        return _("Only if %(conditions)s. Otherwise go on to question %(number)s.") % {
            "conditions": said,
            "number": following[item.key],
        }
    return _("Only if %(conditions)s. Otherwise you have come to the end.") % {"conditions": said}


def _in_words(condition: Condition, looked_at: Item, numbers: Mapping[str, int]) -> str:
    number = numbers[condition.item]
    if condition.operator == "answered":
        return _("you answered question %(number)s") % {"number": number}
    named = {"number": number, "answers": _named(looked_at, _codes(condition, looked_at))}
    if condition.operator == "is-none-of":
        return _("you answered question %(number)s, but not with %(answers)s") % named
    if condition.operator == "is" and looked_at.kind == MULTIPLE:
        return _("you answered question %(number)s with %(answers)s and nothing else") % named
    return _("you answered question %(number)s with %(answers)s") % named


def _codes(condition: Condition, looked_at: Item) -> list[str]:
    """Return the codes that a condition names, or that have the scores that it names."""
    if condition.operator == "is":
        return [condition.value]
    if condition.operator in {"is-any-of", "is-none-of"}:
        return list(condition.value)
    return [code for code in looked_at.labels if condition.holds(frozenset((code,)), looked_at.scores)]


def _named(item: Item, codes: list[str]) -> str:
    return _any_of([_("“%(answer)s”") % {"answer": item.labels[code]} for code in item.labels if code in codes])


def _all_of(words: list[str]) -> str:
    return _joined(words, _("%(one)s and %(other)s"))


def _any_of(words: list[str]) -> str:
    return _joined(words, _("%(one)s or %(other)s"))


def _joined(words: list[str], pattern: str) -> str:
    said, *others = words or [""]
    for other in others:
        said = pattern % {"one": said, "other": other}
    return said


def languages_of(body: Mapping[str, object]) -> list[str]:
    """Return the codes of the languages that an instrument's ``body`` speaks, English first."""
    translations = body.get("translations", {})
    return [runner.ENGLISH, *(translations if isinstance(translations, dict) else ())]
