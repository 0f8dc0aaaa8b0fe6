"""All figures of a closed wave, computed at once: the same answers and choices give the same digits anywhere."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.design import Design
from surveys import comparing
from surveys.dataset import Answers, Dataset
from surveys.enums import SampleType
from surveys.results.change import Compared, Trend
from surveys.results.choices import CannotComputeError, Choices, Part
from surveys.results.contrasts import Recalled, Split, contrasts_of
from surveys.results.figures import Figure, figures_of, together
from surveys.results.quality import Fieldwork, quality_of, shares_by
from surveys.results.weighting import Population, weigh

ENGINE = "4"  # another number wherever the same answers would give other digits
DIGITS, NOTHING = 12, 1e-12


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that the figures of a wave are made of.

    ``breakdowns`` are codes of questions, in their order; ``recalled`` the questions whose answers say who came across
    a campaign.
    """

    data: Dataset
    opens: date
    closes: date
    asked: comparing.Asked
    populations: Sequence[Population] = ()
    breakdowns: Sequence[str] = ()
    recalled: Sequence[Recalled] = ()
    earlier: Sequence[Compared] = ()
    fieldwork: Fieldwork = field(default_factory=Fieldwork)


Tell = Callable[[int, int], None]


def compute(
    material: Material, choices: Choices, tell: Tell = lambda *_: None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the record and the figures of a wave; ``tell`` hears how many questions are done, and of how many.

    Raises:
        CannotComputeError: the figures cannot be computed with these choices.
    """
    data = part_of(material.data, choices)
    weighing = weigh(data, choices, material.populations)
    tables = [answers for code in material.breakdowns if (answers := data.of_question(code))]
    splits = _splits(data, material)
    items: list[Figure] = []
    tell(0, len(data.answers))
    for answers in data.answers.values():
        item = figures_of(data, weighing.design, answers, breakdowns=tables, lacking=weighing.lacking)
        items.append(item | _by_recall(data, weighing.design, answers, splits))
        tell(len(items), len(data.answers))
    kind = SampleType.RANDOM if data.is_random else SampleType.OPEN
    now = Compared(
        wave=data.wave,
        results=0,
        opens=material.opens,
        closes=material.closes,
        asked=material.asked,
        kind_of_sample=kind,
        margins=choices.margins,
        ways=shares_by(data, lambda way: way.code),
        modes=shares_by(data, lambda way: way.mode),
        items={item["key"]: item for item in items},
    )
    trend = Trend(now, material.earlier)
    for item in items:
        item["change"] = trend.changes(item["key"])
    figures = {"items": items}
    record = {
        "engine": ENGINE,
        "wave": data.wave,
        "survey": data.survey,
        "instruments": list(data.instruments),
        "population": data.population,
        "kind_of_sample": str(kind),
        "margins": weighing.margins,
        "weights": weighing.summary,
        "breakdowns": list(material.breakdowns),
        "recalled": [{"question": split.question, "answers": list(split.answers)} for split in splits],
        "compared_with": [{"wave": one.wave, "results": one.results} for one in material.earlier],
        "quality": quality_of(data, weighing.design, material.fieldwork),
        "digest": digest_of(figures),
    }
    return record, figures


def _splits(data: Dataset, material: Material) -> list[Split]:
    """Return how people are split by what they recall; never by what tables are broken down by already."""
    return [
        Split(asked=answers, answers=one.answers)
        for one in material.recalled
        if one.question not in material.breakdowns and (answers := data.of_question(one.question))
    ]


def _by_recall(data: Dataset, design: Design, answers: Answers, splits: Sequence[Split]) -> Figure:
    """Return what is known of a question by what people recall; nothing in a survey that asks for no campaign."""
    if not splits:
        return {}
    found: Figure = {"contrasts": contrasts_of(design, answers, splits, is_open=not data.is_random)}
    own = next((split for split in splits if split.question == answers.asked.question), None)
    if own:
        found["recalled"] = together(design, answers, answers.in_base, own.answers)
    return found


def part_of(data: Dataset, choices: Choices) -> Dataset:
    """Return those whose answers are counted.

    Raises:
        CannotComputeError: nobody is left.
    """
    if choices.part == Part.RANDOM:
        data = data.random_part()
        if not data.rows:
            raise CannotComputeError(
                "Nobody came by a way in to a random sample. Count everybody who answered, as not representative."
            )
    if choices.without_marked:
        data = data.without_marked()
    return data


def digest_of(figures: dict[str, Any]) -> str:
    """Return the SHA-256 of the figures, each number rounded to twelve significant digits.

    The last digits of a floating-point number may differ between machines, and so what is left of a sum that should be
    nothing; the digits that are read never do.
    """
    canonical = json.dumps(
        _rounded(figures), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if abs(value) > NOTHING else 0.0
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list) else value
