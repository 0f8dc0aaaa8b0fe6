"""The weights of one wave: how people were drawn, then raked to the population, then trimmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.categories import Categorical, Floats
from analysis.design import Design, sample_design
from analysis.margins import Margin, margin, with_not_said
from analysis.raking import rake
from analysis.trimming import trim
from analysis.weights import design_effect, effective_size
from surveys.dataset import Answers, Dataset
from surveys.results.choices import CannotComputeError, Choices, NotSaid, Variance

NOT_SAID = "not-answered"
LARGEST_DIFFERENCE = 0.005
LARGEST_LACKING = 0.2  # where more of a sample lacks a margin, weighted estimates carry [u]
NO_STRATUM = "(no stratum)"


@dataclass(frozen=True)
class Population:
    """How many people a population has of each kind, by the codes of a question's options."""

    question: str
    year: int
    source: str
    is_sample: bool
    people: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.people.values())


@dataclass(frozen=True)
class Weighing:
    """The weighted sample, and what the record says of it; ``lacking`` is the largest share that lacks a margin."""

    design: Design
    summary: dict[str, Any]
    margins: list[dict[str, Any]]
    lacking: float


def weigh(data: Dataset, choices: Choices, populations: Sequence[Population]) -> Weighing:
    """Return the weighted sample that ``choices`` ask for; ``populations`` are those of its margins, in their order.

    Tables of one population whose totals differ by up to 0.5 % are scaled to the first one's.

    Raises:
        CannotComputeError: nobody answered, or the sample cannot be drawn or raked as it is chosen.
    """
    if not data.rows:
        raise CannotComputeError("Nobody answered, or nobody's answers may be read, so there is nothing to compute.")
    drawn = drawn_as(data)
    if not choices.margins:
        return Weighing(drawn, _summary(drawn.weights, sweeps=0, trimmed=0, variance=Variance.FIXED), [], 0.0)
    scaled = [_scaled(one, populations[0]) for one in populations]
    sides = [_margin(data, drawn, one, choices) for one, _ in scaled]
    margins = [one for one, _ in sides]
    try:
        raked = rake(drawn, margins)
        held = trim(raked.weights, upper=choices.trim, margins=margins) if choices.trim else None
    except ValueError as error:
        raise CannotComputeError(str(error)) from error
    weights, trimmed = (held.weights, held.trimmed) if held else (raked.weights, 0)
    # Once a weight is trimmed the margins are no longer met, so they explain less than raking would take them to.
    aware = choices.variance == Variance.RAKING_AWARE and not trimmed
    return Weighing(
        design=drawn.weighted(weights, calibration=raked.calibration if aware else None),
        summary=_summary(
            weights,
            sweeps=raked.sweeps,
            trimmed=trimmed,
            variance=Variance.RAKING_AWARE if aware else Variance.FIXED,
        ),
        margins=[
            _recorded(one, by, answers_to(data, one), (drawn.weights, weights)) | {"scaled_by": factor}
            for (one, factor), by in zip(scaled, margins, strict=True)
        ],
        lacking=max(lacking for _, lacking in sides),
    )


def drawn_as(data: Dataset) -> Design:
    """Return the sample as it was drawn: where chance chose everybody, with base weights and strata; else all alike.

    Raises:
        CannotComputeError: some ways in have a base weight or a stratum and others have none.
    """
    if not data.is_random:
        return sample_design(np.ones(data.rows))
    ways = [data.ways[place] for place in sorted(set(data.way.tolist()))]
    without = [way.title for way in ways if way.base_weight is None]
    if without and len(without) < len(ways):
        raise CannotComputeError(
            f"The way in “{without[0]}” has no base weight and others have one. Give every random way in its own."
        )
    weights = np.array([way.base_weight or 1.0 for way in data.ways])[data.way]
    strata = [data.ways[place].stratum or NO_STRATUM for place in data.way]
    return sample_design(weights, strata=strata if any(way.stratum for way in ways) else None)


def _scaled(one: Population, first: Population) -> tuple[Population, float]:
    difference = abs(one.total / first.total - 1)
    if difference > LARGEST_DIFFERENCE:
        raise CannotComputeError(
            f"The population has {first.total:,} people by {first.question} and {one.total:,} by {one.question}: "
            f"{difference:.1%} apart. More than 0.5 % is another population or base. Take both of the same people."
        )
    return one, first.total / one.total


def _margin(data: Dataset, drawn: Design, one: Population, choices: Choices) -> tuple[Margin, float]:
    """Return the margin among the answers, and the share of the sample that lacks it."""
    answers = answers_to(data, one)
    labels = _labels(answers, one)
    unsaid = np.array([label == NOT_SAID for label in labels])
    if unsaid.any() and choices.not_answered == NotSaid.REFUSE:
        raise CannotComputeError(
            f"{int(unsaid.sum())} of {data.rows} people did not say what {one.question} asks, so they have no weight "
            "by it. Let them be a category of their own, or leave this margin out."
        )
    names = (*one.people, NOT_SAID)
    place = {name: number for number, name in enumerate(names)}
    categories = Categorical(labels=names, codes=np.array([place[label] for label in labels], dtype=np.intp))
    _refuse_nobody(answers, one, categories)
    try:
        targets = with_not_said(one.people, categories, drawn.weights, label=NOT_SAID)
        return margin(one.question, categories, _to_shares(targets)), float(unsaid.mean())
    except ValueError as error:
        raise CannotComputeError(str(error)) from error


def answers_to(data: Dataset, one: Population) -> Answers:
    """Return the answers to the question of a margin.

    Raises:
        CannotComputeError: the wave did not ask it, or lets people give several answers.
    """
    answers = data.of_question(one.question)
    if answers is None or answers.asked.takes_several:
        raise CannotComputeError(f"This wave asked no one answer to {one.question}, so it cannot be weighted by it.")
    return answers


def _to_shares(targets: Mapping[str, float]) -> dict[str, float]:
    """Return the targets as shares of the population, so that tables of slightly different totals agree."""
    total = sum(targets.values())
    return {code: people / total for code, people in targets.items()}


def _labels(answers: Answers, one: Population) -> list[str]:
    """Return each row's category: an option that the population counts, or that nothing was said."""
    asked = answers.asked
    of_place = [option.code if option.code in one.people else NOT_SAID for option in asked.options]
    for option in asked.base_options:
        if option.code not in one.people and answers.chose(option.code).any():
            raise CannotComputeError(
                f"{int(answers.chose(option.code).sum())} people chose “{option.label}” in {one.question}, and the "
                f"population has no number for it. Add it under Surveys, Population, or leave {one.question} out."
            )
    return [of_place[code] if said else NOT_SAID for code, said in zip(answers.codes, answers.answered, strict=True)]


def _refuse_nobody(answers: Answers, one: Population, categories: Categorical) -> None:
    n = np.bincount(categories.codes, minlength=categories.size)
    for name, count in zip(one.people, n, strict=False):
        if not count:
            label = next((option.label for option in answers.asked.options if option.code == name), name)
            raise CannotComputeError(
                f"Nobody who answered chose “{label}” in {one.question}, but {one.people[name]:,} of the population "
                f"would, and nobody can speak for them. Leave {one.question} out of the weighting."
            )


def _summary(weights: Floats, *, sweeps: int, trimmed: int, variance: Variance) -> dict[str, Any]:
    """Return what the record says of the weights; the smallest and the largest count in mean weights."""
    mean = float(weights.mean())
    return {
        "n": int(weights.size),
        "n_eff": effective_size(weights),
        "deff": design_effect(weights),
        "min": float(weights.min()) / mean,
        "max": float(weights.max()) / mean,
        "sweeps": sweeps,
        "trimmed": trimmed,
        "variance": str(variance),
    }


def _recorded(one: Population, by: Margin, answers: Answers, weights: tuple[Floats, Floats]) -> dict[str, Any]:
    """Return what the record says of one margin: of each category its people, and their share before and after."""
    label_of = {option.code: option.label for option in answers.asked.options} | {NOT_SAID: "Not answered"}
    shares = [np.bincount(by.categories.codes, some, by.categories.size) / some.sum() for some in weights]
    people = np.bincount(by.categories.codes, minlength=by.categories.size).tolist()
    rows = zip(by.categories.labels, people, by.targets.tolist(), *(share.tolist() for share in shares), strict=True)
    return {
        "question": one.question,
        "text": answers.asked.text,
        "year": one.year,
        "source": one.source,
        "is_sample": one.is_sample,
        "total": one.total,
        "people": dict(one.people),
        "rows": [
            {
                "code": code,
                "label": label_of.get(code, code),
                "n": n,
                "target": target,
                "before": before,
                "after": after,
            }
            for code, n, target, before, after in rows
        ],
    }
