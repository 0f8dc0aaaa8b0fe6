"""Shares, means and net scores of a question, wave by wave and area by area, as measures read them.

Only published results are read: closed waves whose result set a second person approved, weighted as it was. What may be
shown of them is decided where an indicator is published (`indicators.publish`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.categories import MISSING, Categorical, everybody
from analysis.design import Design
from analysis.estimates import Estimate, means, proportions
from core.models import Area
from indicators.enums import Marker
from indicators.registry import Reading
from surveys.dataset import Answers, Asked, Dataset
from surveys.dataset.arrays import Rows
from surveys.enums import SampleType
from surveys.models import Question, ResultSet, Survey
from surveys.results.choices import CannotComputeError
from surveys.results.figures import scored
from surveys.results.material import weighed
from surveys.results.quality import shares_by
from surveys.results.scales import is_net, scores_of
from surveys.results.weighting import LARGEST_LACKING, Weighing

WHOLE_AREA = ""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is read: a number of a question, for the whole area or for each area that ``area`` asks for.

    With ``answers`` it is the share in percent that gave one of them, of those who gave an answer that is neither one
    of ``excluded`` nor none at all, such as "don't know". Otherwise it is the mean of the ``scores`` by option (the
    question's own where there are none), times 100 where it is a ``net`` score.
    """

    survey: Survey
    question: Question
    area: Question | None = None
    answers: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    scores: Mapping[str, float] | None = None
    net: bool = False

    @property
    def scale(self) -> int:
        """What the estimate is multiplied by: a share and a net score are told in hundredths."""
        return 100 if self.answers or self.net else 1


def readings(wanted: Wanted) -> list[Reading]:
    """Return a reading for each published wave that asked the question, and for each of its areas where wanted.

    Raises:
        ValueError: the answers have no order, or none that makes a net score.
    """
    approved = ResultSet.objects.approved().filter(wave__survey=wanted.survey).exclude(figures={})
    approved = approved.select_related("wave__survey", "wave__instrument").order_by("wave__opens", "wave__number")
    return [reading for results in approved for reading in _of_results(results, wanted)]


def _of_results(results: ResultSet, wanted: Wanted) -> Iterator[Reading]:
    try:
        data, weighing = weighed(results)
    except CannotComputeError:
        return
    answers = data.of_question(wanted.question.code)
    areas = _areas(data, wanted.area)
    if answers is None or areas is None:
        return
    groups, names = areas
    for code, estimate in _estimates(weighing.design, answers, groups, wanted).items():
        if estimate.value is not None and estimate.lower is not None and estimate.upper is not None:
            yield Reading(
                **_doubt(estimate, wanted.scale),
                **_from(results, data, weighing),
                wording_id=answers.asked.wording,
                area_code=code,
                area_name=names[code],
            )


def _estimates(design: Design, answers: Answers, groups: Categorical, wanted: Wanted) -> Mapping[str, Estimate]:
    if wanted.answers:
        _refuse_unknown(answers.asked, wanted.answers | wanted.excluded)
        chose, excluded = _chose(answers, wanted.answers), _chose(answers, wanted.excluded)
        base = (answers.in_base | chose) & ~excluded
        return proportions(design, np.where(base, chose.astype(float), np.nan), groups).of
    scores = _scores(answers.asked, wanted)
    return means(design, scored(answers, _chose(answers, scores), scores), groups).of


def _chose(answers: Answers, codes: Iterable[str]) -> Rows:
    """Return who chose one of the options ``codes``."""
    return np.logical_or.reduce([np.zeros(answers.codes.size, dtype=bool), *(answers.chose(code) for code in codes)])


def _refuse_unknown(asked: Asked, codes: Iterable[str]) -> None:
    unknown = sorted(set(codes) - {option.code for option in asked.options})
    if unknown:
        raise ValueError(f"{asked.wording} has no option with the code {', '.join(unknown)}.")


def _doubt(estimate: Estimate, scale: float) -> dict[str, Any]:
    found = {"value": estimate.value, "lower": estimate.lower, "upper": estimate.upper, "se": estimate.se}
    scaled = {name: None if value is None else scale * value for name, value in found.items()}
    return {**scaled, "n": estimate.n, "n_eff": estimate.n_eff}


def _from(results: ResultSet, data: Dataset, weighing: Weighing) -> dict[str, Any]:
    """Return where the numbers come from, and what decides whether they may be compared with others."""
    wave, margins = results.wave, results.choices.get("margins", [])
    by = f", weighted by {', '.join(margins)}" if margins else ""
    return {
        "period_start": wave.opens,
        "period_end": wave.closes,
        "source": f"{wave.survey.title}, wave {wave.number}{by}",
        "marker": Marker.UNRELIABLE.value if weighing.lacking > LARGEST_LACKING else "",
        "population": wave.population,
        "sample_type": str(SampleType.RANDOM if data.is_random else SampleType.OPEN),
        "mode_shares": shares_by(data, lambda way: way.mode),
        "collector_shares": shares_by(data, lambda way: way.code),
        "is_sample": wave.is_sample,
    }


def _scores(asked: Asked, wanted: Wanted) -> dict[str, float]:
    scores = dict(wanted.scores) if wanted.scores else scores_of(asked)
    _refuse_unknown(asked, scores)
    if not scores or asked.takes_several:
        raise ValueError(
            f"The answers to {asked.wording} have no order. Give scores, such as agree = 1, disagree = -1."
        )
    if wanted.net and not is_net(scores):
        raise ValueError(f"A net score of {asked.wording} needs 1 for those who agree and -1 for those who disagree.")
    return scores


def _areas(data: Dataset, area: Question | None) -> tuple[Categorical, dict[str, str]] | None:
    """Return which area each row is in, and the areas' names; the whole area where none are wanted.

    None where the wave did not ask for the area.
    """
    if area is None:
        return everybody(data.rows), {WHOLE_AREA: ""}
    answers = data.of_question(area.code)
    if answers is None:
        return None
    options = [option.code for option in answers.asked.options]
    names = dict(Area.objects.filter(code__in=options).values_list("code", "name"))
    if not names:
        raise ValueError(f"{area.code} asks for no area of this site. Its options need the areas' own codes.")
    place = {code: number for number, code in enumerate(names)}
    of_option = np.array([*(place.get(code, MISSING) for code in options), MISSING], dtype=np.intp)
    return Categorical(labels=tuple(names), codes=of_option[answers.codes]), names
