"""What a wave found: of each question the share of every answer, its mean or net score, for all and by group.

Shares run from 0 to 1 and nothing is rounded or withheld: these figures are for analysts. A number that does not exist
is None, never NaN.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.categories import Categorical, Floats
from analysis.design import Design
from analysis.estimates import Estimate, distribution, mean, proportion
from analysis.weights import effective_size
from surveys.dataset import Answers, Dataset, Missing, Option
from surveys.dataset.arrays import Rows
from surveys.results.scales import is_net, scores_of

RARE = 10  # people; below it the log-odds are no guide to the interval, so the exact one is taken
NOBODY = "Nobody answered this question."
Figure = dict[str, Any]
Found = tuple[Option, Estimate, int]  # an option, its share, and how many chose it


@dataclass(frozen=True)
class Group:
    """People who gave one answer to the question that a table is broken down by."""

    code: str
    label: str
    rows: Rows


def figures_of(
    data: Dataset, design: Design, answers: Answers, *, breakdowns: Sequence[Answers], lacking: float
) -> Figure:
    """Return the figures of one question."""
    asked, everybody = answers.asked, np.ones(data.rows, dtype=bool)
    return {
        "key": asked.key,
        "question": asked.question,
        "wording": asked.wording,
        "text": asked.text,
        "kind": asked.kind,
        "sensitive": asked.sensitive,
        "strands_omitted": list(asked.strands_omitted),
        **among(design, answers, everybody),
        "left_out": int((answers.missing == Missing.LEFT_OUT).sum()),
        "not_asked": int((answers.missing == Missing.NOT_ASKED).sum()),
        "corrected": int((answers.missing == Missing.CORRECTED).sum()),
        "lacking_margin": lacking,
        "by": [_broken_down(design, answers, by) for by in breakdowns if by.asked.key != asked.key],
        "ways": [] if data.is_random else _by_way(data, design, answers),
        "change": [],
    }


def _by_way(data: Dataset, design: Design, answers: Answers) -> list[Figure]:
    """Return the shares among those who came by each way in: whether a change holds within it says who moved."""
    found = [(way.code, among(design, answers, data.way == place)) for place, way in enumerate(data.ways)]
    return [
        {"code": code, **{name: of[name] for name in ("base", "options", "top")}} for code, of in found if of["base"]
    ]


def _broken_down(design: Design, answers: Answers, by: Answers) -> Figure:
    groups = [Group(option.code, option.label, by.chose(option.code)) for option in by.asked.base_options]
    return {
        "question": by.asked.question,
        "text": by.asked.text,
        "groups": [
            {"code": group.code, "label": group.label, **among(design, answers, group.rows)} for group in groups
        ],
    }


def among(design: Design, answers: Answers, rows: Rows) -> Figure:
    """Return the figures of one question among ``rows``, a domain of the whole sample."""
    asked, base = answers.asked, answers.in_base & rows
    options = _several(design, answers, base) if asked.takes_several else _distribution(design, answers, base)
    scores = scores_of(asked)
    scored, net = _mean(design, answers, base, scores), is_net(scores)
    return {
        "base": int(base.sum()),
        "n_eff": effective_size(design.weights[base]) if base.any() else 0.0,
        "why_not": next((found.why_not for _, found, _ in options), "") if base.any() else NOBODY,
        "options": [_option(*one) for one in options],
        "outside": [
            {"code": option.code, "label": option.label, "count": int((answers.chose(option.code) & rows).sum())}
            for option in asked.beside
        ],
        "net": scored if net else None,
        "mean": None if net else scored,
        "top": _top(design, answers, base, scores) if net else None,
    }


def _distribution(design: Design, answers: Answers, base: Rows) -> list[Found]:
    """Return the share of each answer to a question that takes one."""
    asked = answers.asked
    place = {option.code: number for number, option in enumerate(asked.base_options)}
    if not place:
        return []
    of_option = np.array([*(place.get(option.code, -1) for option in asked.options), -1], dtype=np.intp)
    chosen = Categorical(labels=tuple(place), codes=np.where(base, of_option[answers.codes], -1))
    counts = np.bincount(chosen.codes[base], minlength=len(place)).tolist()
    wanted = {_interval(count, base) for count in counts}
    found = {interval: distribution(design, chosen, interval=interval).of for interval in sorted(wanted)}
    return [
        (option, found[_interval(count, base)][option.code], count)
        for option, count in zip(asked.base_options, counts, strict=True)
    ]


def _several(design: Design, answers: Answers, base: Rows) -> list[Found]:
    """Return the share of each answer to a question that takes several, of those who chose any."""
    return [(option, *_share(design, answers.chose(option.code), base)) for option in answers.asked.base_options]


def _share(design: Design, chose: Rows, base: Rows) -> tuple[Estimate, int]:
    """Return the share of ``base`` that ``chose``, and how many they are."""
    count = int((chose & base).sum())
    agrees = np.where(base, chose.astype(float), np.nan)
    return proportion(design, agrees, interval=_interval(count, base)), count


def _interval(count: int, base: Rows) -> str:
    return "beta" if min(count, int(base.sum()) - count) < RARE else "logit"


def _top(design: Design, answers: Answers, base: Rows, scores: dict[str, float]) -> Figure:
    """Return the share of those whose answer speaks for it: the top of the scale, such as agree strongly or tend to."""
    return together(
        design, answers, base, [option.code for option in answers.asked.base_options if scores[option.code] > 0]
    )


def together(design: Design, answers: Answers, base: Rows, codes: Sequence[str]) -> Figure:
    """Return the share of ``base`` who gave one of the answers ``codes``."""
    options = [option for option in answers.asked.base_options if option.code in codes]
    found, count = _share(design, answers.chose_any(options), base)
    return {
        "codes": [option.code for option in options],
        "label": " or ".join(option.label for option in options),
        "count": count,
        "share": found.value,
        **doubt(found),
    }


def _mean(design: Design, answers: Answers, base: Rows, scores: dict[str, float]) -> Figure | None:
    """Return the mean of the scores, a net score where they are 1, 0 and -1; None where the answers have no order."""
    if not scores:
        return None
    found = mean(design, scored(answers, base, scores))
    return {"value": found.value, **doubt(found)}


def scored(answers: Answers, base: Rows, scores: dict[str, float]) -> Floats:
    """Return each row's score, NaN outside of ``base``."""
    of_option = np.array([*(scores.get(option.code, np.nan) for option in answers.asked.options), np.nan])
    return np.where(base, of_option[answers.codes], np.nan)


def _option(option: Option, found: Estimate, count: int) -> Figure:
    named = {"code": option.code, "label": option.label, "score": option.score, "count": count}
    return {**named, "share": found.value, **doubt(found)}


def doubt(found: Estimate) -> Figure:
    """Return what is known of how far off an estimate may be; None for what does not exist."""
    return {
        "se": found.se,
        "lower": found.lower,
        "upper": found.upper,
        "interval": found.method,
    }
