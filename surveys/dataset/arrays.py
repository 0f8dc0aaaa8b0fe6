"""A wave's answers as arrays, a row a person, and why an answer is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from surveys.enums import Kind, SampleType

# Answers that are none: out of the base of a share, and shown beside it. Codes are the question bank's.
BESIDE_THE_BASE = frozenset(
    {
        "dont-know",
        "not-sure",
        "cannot-remember",
        "prefer-not-to-say",
        "not-applicable",
        "just-moved-here",
        "too-few-people-in-local-area",
        "all-the-same-background",
    }
)

Codes = NDArray[np.intp]
Rows = NDArray[np.bool_]
NO_OPTION = -1


class Missing(IntEnum):
    """Why there is no answer to a question."""

    ANSWERED = 0
    NOT_ASKED = 1  # an earlier answer led past it, or their version of the questionnaire has it not
    LEFT_OUT = 2  # asked, and not answered
    CORRECTED = 3  # answered before a correction, after which it does not count


@dataclass(frozen=True)
class Option:
    """An answer that could be chosen."""

    code: str
    label: str
    score: int | None


@dataclass(frozen=True)
class Asked:
    """A question as the wave asked it last."""

    key: str
    question: str
    wording: str
    text: str
    kind: str
    sensitive: bool
    strands_omitted: tuple[str, ...]
    part: str
    options: tuple[Option, ...]

    @cached_property
    def takes_several(self) -> bool:
        """Whether several options can be chosen."""
        return self.kind == Kind.MULTIPLE

    @cached_property
    def base_options(self) -> tuple[Option, ...]:
        """The options that are answers: shares are of those who chose one of them."""
        return tuple(option for option in self.options if not self._is_beside(option))

    @cached_property
    def beside(self) -> tuple[Option, ...]:
        """The options that are none: don't know, prefer not to say and the like."""
        return tuple(option for option in self.options if self._is_beside(option))

    def _is_beside(self, option: Option) -> bool:
        scored = any(one.score is not None for one in self.options)
        return option.score is None if scored else option.code in BESIDE_THE_BASE


@dataclass(frozen=True)
class Answers:
    """The answers to one question, a row a person.

    ``codes``, shape (n,), is the place of the chosen option among ``asked.options``, and -1 where there is none; of a
    question that takes several, all of them -1. ``chosen``, shape (n, options), says of each option whether it was
    chosen. ``missing``, shape (n,), holds words of :class:`Missing`.
    """

    asked: Asked
    codes: Codes
    chosen: Rows
    missing: NDArray[np.int8]

    @cached_property
    def answered(self) -> Rows:
        """Who gave an answer of any kind."""
        return self.missing == Missing.ANSWERED

    @cached_property
    def in_base(self) -> Rows:
        """Who chose an option that is an answer."""
        return self.answered & self.chose_any(self.asked.base_options)

    def chose(self, code: str) -> Rows:
        """Return who chose the option ``code``."""
        place = [option.code for option in self.asked.options].index(code)
        return self.answered & self.chosen[:, place]

    def chose_any(self, options: Iterable[Option]) -> Rows:
        """Return who chose one of ``options``."""
        codes = {option.code for option in options}
        places = [place for place, option in enumerate(self.asked.options) if option.code in codes]
        return np.asarray(self.chosen[:, places].any(axis=1))

    def only(self, rows: Rows) -> "Answers":
        """Return the answers of ``rows`` alone."""
        return replace(self, codes=self.codes[rows], chosen=self.chosen[rows], missing=self.missing[rows])


@dataclass(frozen=True)
class Way:
    """A way in by which people came."""

    code: str
    title: str
    kind: str
    mode: str
    sample_type: str
    stratum: str
    base_weight: float | None


@dataclass(frozen=True)
class Dataset:
    """A closed wave, a row a person; ``way`` is the place of each row's way in among ``ways``."""

    survey: str
    wave: int
    population: str
    instruments: tuple[str, ...]
    ways: tuple[Way, ...]
    way: Codes
    marked: Rows
    answers: Mapping[str, Answers]

    @property
    def rows(self) -> int:
        """How many people there are."""
        return self.way.size

    @property
    def is_random(self) -> bool:
        """Whether chance alone chose who was asked."""
        return bool(self.rows) and all(self.ways[place].sample_type == SampleType.RANDOM for place in set(self.way))

    def of_question(self, code: str) -> Answers | None:
        """Return the answers to the question with this code; None where it was not asked, or in words."""
        return next((found for found in self.answers.values() if found.asked.question == code), None)

    def only(self, rows: Rows) -> "Dataset":
        """Return the same wave with ``rows`` alone."""
        answers = {key: found.only(rows) for key, found in self.answers.items()}
        return replace(self, way=self.way[rows], marked=self.marked[rows], answers=answers)

    def random_part(self) -> "Dataset":
        """Return those whom chance chose."""
        by_way = np.array([way.sample_type == SampleType.RANDOM for way in self.ways], dtype=bool)
        return self.only(by_way[self.way])

    def without_marked(self) -> "Dataset":
        """Return those whose answers have no mark."""
        return self.only(~self.marked)
