"""Those who came across a campaign against those who did not: a question in both, and the difference with its doubt.

It is what `analyse_survey` calls a contrast, reckoned by the same functions. It proves nothing about the campaign:
people who came across it may differ from others in ways that nobody asked about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.categories import MISSING, Categorical
from analysis.change import Change
from analysis.design import Design
from analysis.estimates import Estimate, Estimates, contrast, means, proportions
from indicators import direction
from indicators.direction import Verdict
from surveys.dataset import Answers, Option
from surveys.dataset.arrays import Rows
from surveys.results.figures import Figure, among, doubt, scored
from surveys.results.scales import is_net, scores_of

JOINED, POINTS = "+", 100
NET, MEAN = "net", "mean"
YES, NO = "recalls", "others"


@dataclass(frozen=True)
class Recalled:
    """A question by which people say whether they came across a campaign, and which of its ``answers`` say so."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """The people of a sample by whether they came across a campaign; who did not say, or is not sure, is in neither."""

    asked: Answers
    answers: tuple[str, ...]

    @property
    def question(self) -> str:
        """The code of the question that splits them."""
        return self.asked.asked.question

    @property
    def sides(self) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
        """The options that say so, and the others that are answers."""
        base = self.asked.asked.base_options
        return (
            tuple(option for option in base if option.code in self.answers),
            tuple(option for option in base if option.code not in self.answers),
        )

    @property
    def rows(self) -> tuple[Rows, Rows]:
        """Who came across it, and who did not."""
        yes, no = (self.asked.answered & self.asked.chose_any(side) for side in self.sides)
        return yes, no


def contrasts_of(design: Design, answers: Answers, splits: Sequence[Split], *, is_open: bool) -> list[Figure]:
    """Return ``answers`` by each of the ``splits``; none by the question itself, nor where one side gave no answer."""
    return [
        _contrasted(design, answers, split, is_open=is_open)
        for split in splits
        if split.question != answers.asked.question and all((answers.in_base & rows).any() for rows in split.rows)
    ]


def _contrasted(design: Design, answers: Answers, split: Split, *, is_open: bool) -> Figure:
    groups = [
        {
            "code": JOINED.join(option.code for option in side),
            "label": " or ".join(option.label for option in side),
            **among(design, answers, rows),
        }
        for side, rows in zip(split.sides, split.rows, strict=True)
    ]
    smallest = min(group["base"] for group in groups)
    return {
        "question": split.question,
        "text": split.asked.asked.text,
        "groups": groups,
        "differences": [
            {"code": code, **_said(found, smallest, scale=1 if code == MEAN else POINTS, is_open=is_open)}
            for code, found in _differences(design, answers, split)
        ],
    }


def _differences(design: Design, answers: Answers, split: Split) -> Iterator[tuple[str, Estimate]]:
    """Go through the differences between the two sides: of each answer, of the top of a scale, and of its mean."""
    base, scores = answers.in_base, scores_of(answers.asked)
    yes, no = split.rows
    sides = Categorical(labels=(YES, NO), codes=np.where(yes, 0, np.where(no, 1, MISSING)))
    wanted = {option.code: [option] for option in answers.asked.base_options}
    if is_net(scores):
        top = [option for option in answers.asked.base_options if scores[option.code] > 0]
        wanted[JOINED.join(option.code for option in top)] = top
    for code, options in wanted.items():
        chose = np.where(base, answers.chose_any(options).astype(float), np.nan)
        yield code, _first_less_second(proportions(design, chose, sides))
    if scores:
        yield NET if is_net(scores) else MEAN, _first_less_second(means(design, scored(answers, base, scores), sides))


def _first_less_second(sides: Estimates) -> Estimate:
    return contrast(sides, {YES: 1, NO: -1})


def _said(found: Estimate, smallest: int, *, scale: int, is_open: bool) -> Figure:
    return {"value": found.value, **doubt(found), "verdict": str(_verdict(found, smallest, scale, is_open=is_open))}


def _verdict(found: Estimate, smallest: int, scale: int, *, is_open: bool) -> Verdict:
    """Return the words that may be said of a difference, by the same rules as of a change."""
    if found.value is None or found.lower is None or found.upper is None:
        return Verdict.NONE
    change = Change(value=scale * found.value, lower=scale * found.lower, upper=scale * found.upper)
    said = direction.in_words(change, smallest, in_points=scale == POINTS, is_open=is_open)
    return Verdict.NO_CLEAR_DIFFERENCE if said == Verdict.NO_CLEAR_CHANGE else said
