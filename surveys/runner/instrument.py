"""An instrument read from its JSON into what the runner walks over."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.runner.conditions import Chosen, Condition
from surveys.runner.languages import ENGLISH, in_language, spoken

INFORMATION = "information"
TEXT, MULTIPLE = "text", "multiple"
MAIN, EQUALITY = "main", "equality"
NONE_CHOSEN: Chosen = frozenset()

Answer = str | list[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Item:
    """A question, or an information page that asks nothing. ``when`` is empty where it is always asked."""

    body: Mapping[str, Any]
    needs_all: bool
    when: tuple[Condition, ...]

    @cached_property
    def key(self) -> str:
        """Its name in answers and addresses."""
        return self.body["key"]

    @cached_property
    def kind(self) -> str:
        """How it is answered: single, multiple, scale, text; or information."""
        return self.body["kind"]

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.kind != INFORMATION

    @cached_property
    def required(self) -> bool:
        """Whether it has to be answered."""
        return self.asks and self.body["required"]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each option's code."""
        return {option["code"]: option["label"] for option in self.body.get("options", ())}

    @cached_property
    def scores(self) -> dict[str, int]:
        """The score of each option that has one."""
        options = self.body.get("options", ())
        return {option["code"]: option["score"] for option in options if option["score"] is not None}

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """The codes of options that stand alone."""
        return frozenset(option["code"] for option in self.body.get("options", ()) if option["exclusive"])

    @cached_property
    def says_more(self) -> frozenset[str]:
        """The codes of options with a box beside them: "Other, please say"."""
        return frozenset(option["code"] for option in self.body.get("options", ()) if option.get("other"))

    @cached_property
    def ends_on(self) -> frozenset[str]:
        """The codes that end the survey, because it is meant for other people."""
        return frozenset(self.body.get("ends_on", ()))

    def chosen(self, answers: Answers) -> Chosen:
        """Return the codes (or the words) that ``answers`` give here; empty where they give nothing of any sense."""
        answer = answers.get(self.key)
        if isinstance(answer, str):
            return frozenset((answer,)) if answer else NONE_CHOSEN
        if isinstance(answer, list) and all(isinstance(code, str) for code in answer):
            return frozenset(answer)
        return NONE_CHOSEN


@dataclass(frozen=True)
class Page:
    """What is asked at once: one item, or a short section whole. Its ``key`` is its address, its ``place`` from 0."""

    place: int
    key: str
    section: str
    part: str
    items: tuple[Item, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of its items."""
        return tuple(item.key for item in self.items)

    @cached_property
    def asks(self) -> bool:
        """Whether it asks anything, and does not only inform."""
        return any(item.asks for item in self.items)


@dataclass(frozen=True)
class Instrument:
    """A whole instrument, ready to walk, with its words in ``language``."""

    pages: tuple[Page, ...]
    language: str = ENGLISH
    introduction: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the order in which it is asked."""
        return tuple(item for page in self.pages for item in page.items)

    @cached_property
    def item_of(self) -> dict[str, Item]:
        """Each item by its key."""
        return {item.key: item for item in self.items}

    @cached_property
    def page_of(self) -> dict[str, Page]:
        """The page of each item's key."""
        return {item.key: page for page in self.pages for item in page.items}

    @cached_property
    def word_keys(self) -> tuple[str, ...]:
        """Where words that somebody typed stand among answers: long texts, and the boxes beside options."""
        asking = [item for item in self.items if item.kind == TEXT or item.says_more]
        return tuple(item.key if item.kind == TEXT else other_key(item.key) for item in asking)

    @cached_property
    def routed(self) -> bool:
        """Whether any item is asked only of some."""
        return any(item.when for item in self.items)

    @cached_property
    def has_equality_part(self) -> bool:
        """Whether some questions stand behind their own choice, after the others were checked."""
        return any(page.part == EQUALITY for page in self.pages)


def digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an instrument's canonical JSON, in hexadecimal: the same content, the same digest."""
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def read(body: Mapping[str, Any], language: str = ENGLISH) -> Instrument:
    """Return the instrument that ``body`` says, in ``language`` where it speaks that and otherwise in English.

    Instruments of format 1 have no routing and are read all the same. ``body`` has to be without
    :func:`~surveys.runner.faults.faults`.
    """
    said = in_language(body, language)
    groups = [(section, group) for section in said["sections"] for group in _groups(section)]
    return Instrument(
        tuple(
            Page(place, group[0].key, section["title"], section.get("part", MAIN), group)
            for place, (section, group) in enumerate(groups)
        ),
        spoken(body, language),
        said.get("introduction", ""),
    )


def other_key(key: str) -> str:
    """Return where the words stand that were written beside an option of the item ``key``."""
    return f"{key}_other"


def _groups(section: Mapping[str, Any]) -> list[tuple[Item, ...]]:
    items = tuple(_item(item) for item in section["items"])
    return [items] if section.get("together") else [(item,) for item in items]


def _item(body: Mapping[str, Any]) -> Item:
    mode, conditions = next(iter(body.get("when", {}).items()), ("all", []))
    when = tuple(Condition(item=one["item"], operator=one["operator"], value=one.get("value")) for one in conditions)
    return Item(body=body, needs_all=mode == "all", when=when)
