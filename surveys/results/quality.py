"""How good the answers are: how many came by which way, who left what out, and what the marked ones move."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.categories import Floats
from analysis.design import Design
from surveys.dataset import Answers, Dataset, Missing, Way
from surveys.dataset.arrays import Rows


@dataclass(frozen=True)
class Fieldwork:
    """What the fieldwork counted by itself, apart from the answers.

    ``rates`` are by way in the letters that did not come back and the codes that were used; ``weeks`` the answers that
    came by the Monday of their week and the way in; ``marks`` how many responses each mark is on, and what was decided.
    """

    rates: Sequence[Mapping[str, Any]] = ()
    weeks: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[Mapping[str, Any]] = ()


def quality_of(data: Dataset, design: Design, fieldwork: Fieldwork) -> dict[str, Any]:
    """Return the quality report of a wave, as the record keeps it."""
    reached, used = (sum(rate[name] for rate in fieldwork.rates) for name in ("reached", "used"))
    return {
        "responses": data.rows,
        "response_rate": used / reached if reached else None,
        "rates": list(fieldwork.rates),
        "by_collector": _by_way(data),
        "by_mode": _counted(data, lambda way: way.mode),
        "by_week": list(fieldwork.weeks),
        "completion": _completion(data, fieldwork),
        "items": [_nonresponse(answers) for answers in data.answers.values()],
        "marked": {"rows": int(data.marked.sum()), "by_mark": list(fieldwork.marks), "shifts": _shifts(data, design)},
    }


def shares_by(data: Dataset, name: Callable[[Way], str]) -> dict[str, float]:
    """Return the share of the answers by what ``name`` says of their way in."""
    return {row["code"]: row["share"] for row in _counted(data, name)}


def _counted(data: Dataset, name: Callable[[Way], str]) -> list[dict[str, Any]]:
    found = Counter(name(data.ways[place]) for place in data.way.tolist())
    return [{"code": code, "count": count, "share": count / data.rows} for code, count in sorted(found.items())]


def _by_way(data: Dataset) -> list[dict[str, Any]]:
    """Return how many came by each way in, also where nobody did."""
    counts = np.bincount(data.way, minlength=len(data.ways)).tolist()
    return [
        {
            "code": way.code,
            "title": way.title,
            "kind": way.kind,
            "mode": way.mode,
            "sample_type": way.sample_type,
            "count": count,
            "share": count / data.rows,
        }
        for way, count in zip(data.ways, counts, strict=True)
    ]


def _completion(data: Dataset, fieldwork: Fieldwork) -> dict[str, Any]:
    """Return how far people came: of those who began with a code how many sent their answers, and how much is answered.

    Who began by an open link and stopped leaves nothing behind, so how many they were is not known, nor where.
    """
    begun = sum(rate["used"] for rate in fieldwork.rates)
    by_code = {rate["code"] for rate in fieldwork.rates}
    finished = sum(data.ways[place].code in by_code for place in data.way.tolist())
    asked = sum(int((answers.missing != Missing.NOT_ASKED).sum()) for answers in data.answers.values())
    answered = sum(int(answers.answered.sum()) for answers in data.answers.values())
    return {
        "begun_with_code": begun or None,
        "finished_with_code": finished if begun else None,
        "answered": answered / asked if asked else None,
    }


def _nonresponse(answers: Answers) -> dict[str, Any]:
    """Return how many were asked a question and left it out; ``beside`` chose an option that is no answer."""
    asked = int((answers.missing != Missing.NOT_ASKED).sum())
    return {
        "key": answers.asked.key,
        "question": answers.asked.question,
        "text": answers.asked.text,
        "asked": asked,
        "left_out": int((answers.missing == Missing.LEFT_OUT).sum()),
        "beside": int((answers.answered & ~answers.in_base).sum()),
        "corrected": int((answers.missing == Missing.CORRECTED).sum()),
    }


def _shifts(data: Dataset, design: Design) -> list[dict[str, Any]]:
    """Return, by question, how far the share that moves most would move if the marked answers were left out."""
    if not data.marked.any():
        return []
    found = [(answers.asked, _shift(answers, design.weights, ~data.marked)) for answers in data.answers.values()]
    return [{"key": asked.key, "code": shift[0], "shift": shift[1]} for asked, shift in found if shift]


def _shift(answers: Answers, weights: Floats, unmarked: Rows) -> tuple[str, float] | None:
    base = answers.in_base
    if not (base & unmarked).any():
        return None
    moves = {
        option.code: _share(answers.chose(option.code), base & unmarked, weights)
        - _share(answers.chose(option.code), base, weights)
        for option in answers.asked.base_options
    }
    code = max(moves, key=lambda code: (abs(moves[code]), code))
    return code, moves[code]


def _share(chose: Rows, base: Rows, weights: Floats) -> float:
    return float(weights[chose & base].sum() / weights[base].sum())
