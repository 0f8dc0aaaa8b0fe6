"""Shares, means and net scores of a question, wave by wave and area by area, as measures read them.

Only published results are read: closed waves whose result set a second person approved, weighted as it was. What may be
shown of them is decided where an indicator is published (`indicators.publish`); a number that would tell more of a few
people than the published results do carries [c] from here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analysis.categories import MISSING, Categorical, everybody
from analysis.design import Design
from analysis.estimates import Estimate, means, proportions
from analysis.weights import effective_size
from core.models import Area
from indicators.enums import Marker
from indicators.registry import Reading
from surveys import dataset
from surveys.comparing import changed_items
from surveys.dataset import Answers, Dataset
from surveys.dataset.arrays import Rows
from surveys.enums import Comparability, SampleType, WordingStatus
from surveys.instruments import questions
from surveys.models import Question, ResultSet, Survey, Wave, Wording
from surveys.publishing.measured import People, areas_told, may_be_told
from surveys.queries import published_results
from surveys.results.choices import FEWEST, CannotComputeError
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
    accept_draft: bool = False

    @property
    def scale(self) -> int:
        """What the estimate is multiplied by: a share and a net score are told in hundredths."""
        return 100 if self.answers or self.net else 1


@dataclass(frozen=True)
class Asked:
    """A published wave that asked the question: its answers, weighted as published, and which of them count.

    They count from the day ``since`` on; ``items`` are the question as it was asked then, the earliest first.
    """

    results: ResultSet
    data: Dataset
    weighing: Weighing
    answers: Answers
    since: date
    items: tuple[Mapping[str, Any], ...]


def readings(wanted: Wanted) -> list[Reading]:
    """Return a reading for each published wave that asked the question, and for each of its areas where wanted.

    Raises:
        ValueError: a code is no option of the question in any wave, its answers have no order or none that makes a net
            score, the area is none, or a wording may feed no indicator.
    """
    found = [asked for results in published_results(wanted.survey) if (asked := _asked(results, wanted.question))]
    _refuse_unknown(found, {*wanted.answers, *wanted.excluded, *(wanted.scores or ())})
    _refuse_wordings({item["wording"] for asked in found for item in asked.items}, accept_draft=wanted.accept_draft)
    return [reading for asked in found for reading in _of_wave(asked, wanted)]


def _asked(results: ResultSet, question: Question) -> Asked | None:
    try:
        data, weighing = weighed(results)
    except CannotComputeError:
        return None
    answers = data.of_question(question.code)
    if answers is None:
        return None
    since, items = _counted(results.wave, question)
    return Asked(results, data, weighing, answers, since, items)


def _counted(wave: Wave, question: Question) -> tuple[date, tuple[Mapping[str, Any], ...]]:
    """Go back from what ``wave`` asked last, as far as its corrections say that the answers are comparable."""
    asked, since = [wave.asks], wave.opens
    for revision in wave.revisions.select_related("before", "instrument").order_by("-number"):
        changed = question.code.lower() in changed_items(revision.before.body, revision.instrument.body)
        if changed and revision.verdict == Comparability.EXCLUDED:
            since = revision.made_on
            break
        asked.insert(0, revision.before)
    items = (item for one in asked for item in questions(one.body) if item["question"] == question.code)
    return since, tuple(items)


def _refuse_unknown(found: Sequence[Asked], codes: set[str]) -> None:
    """Refuse a code that no version of the wording has; an older version may lack a newer one's."""
    unknown = sorted(codes - {option["code"] for asked in found for item in asked.items for option in item["options"]})
    if found and unknown:
        raise ValueError(f"{found[-1].items[-1]['wording']} has no option with the code {', '.join(unknown)}.")


def _refuse_wordings(wording_ids: set[str], *, accept_draft: bool) -> None:
    for wording_id in sorted(wording_ids):
        code, version = wording_id.split(".")
        wording = Wording.objects.select_related("question").get(question__code=code, version=version)
        if wording.strands_omitted:
            left_out = ", ".join(wording.strands_omitted)
            raise ValueError(f"{wording_id} names some strands and leaves out {left_out}: it feeds no indicator.")
        if wording.status == WordingStatus.DRAFTED and not accept_draft:
            raise ValueError(
                f"{wording_id} is a draft: pilot it first. A drafted wording feeds no headline indicator; for another "
                "indicator, set accept_draft."
            )


def _of_wave(asked: Asked, wanted: Wanted) -> Iterator[Reading]:
    areas = _areas(asked.data, wanted.area)
    if areas is None:
        return
    groups, names = areas
    told = _told(asked, groups, wanted)
    for code, estimate in _estimates(asked.weighing.design, asked.answers, groups, wanted).items():
        if estimate.value is not None and estimate.lower is not None and estimate.upper is not None:
            about = _from(asked) | ({} if told[code] else {"marker": Marker.CONFIDENTIAL.value})
            yield Reading(**_doubt(estimate, wanted.scale), **about, area_code=code, area_name=names[code])


def _told(asked: Asked, groups: Categorical, wanted: Wanted) -> dict[str, bool]:
    """Tell of each area whether its number may be shown beside the published results."""
    question, fewest = asked.answers.asked.question, asked.results.choices.get("fewest", FEWEST)
    whole = _people(asked, asked.answers.answered, wanted)
    item = next(one for one in asked.results.figures["items"] if one["question"] == question)
    codes = [wanted.answers, wanted.excluded] if wanted.answers else []
    is_told = may_be_told(item, whole, codes, fewest=fewest)
    if wanted.area is None or not is_told:
        return dict.fromkeys(groups.labels, is_told)
    areas = [_people(asked, groups.codes == place, wanted) for place in range(groups.size)]
    shown = _on_the_page(asked.results, question, wanted.area)
    on_the_page = [shown.get(code, True) for code in groups.labels]
    return dict(zip(groups.labels, areas_told(whole, areas, on_the_page, fewest=fewest), strict=True))


def _on_the_page(results: ResultSet, question: str, area: Question) -> dict[str, bool]:
    """Return which areas the published table of the question by area shows; empty where there is no such table."""
    return {
        group["code"]: group["base"] is not None
        for item in results.public.get("items", ())
        if item["question"] == question
        for table in item["by"]
        if table["question"] == area.code
        for group in table["groups"]
    }


def _people(asked: Asked, rows: Rows, wanted: Wanted) -> People:
    """Return how many of ``rows`` the number rests on."""
    answers, weights = asked.answers, asked.weighing.design.weights
    chose = _chose(answers, wanted.answers)
    base = rows & _base(answers, wanted)
    alike = max((int((answers.chose(option.code) & base).sum()) for option in answers.asked.options), default=0)
    return People(
        base=int(base.sum()),
        n_eff=effective_size(weights[base]) if base.any() else 0.0,
        alike=alike,
        chose=int((chose & base).sum()) if wanted.answers else None,
    )


def _base(answers: Answers, wanted: Wanted) -> Rows:
    """Return whose answers count: for a share all but those left out, else those with a score."""
    if wanted.answers:
        return (answers.in_base | _chose(answers, wanted.answers)) & ~_chose(answers, wanted.excluded)
    return _chose(answers, _scores(answers.asked, wanted))


def _estimates(design: Design, answers: Answers, groups: Categorical, wanted: Wanted) -> Mapping[str, Estimate]:
    if wanted.answers:
        chose = _chose(answers, wanted.answers).astype(float)
        return proportions(design, np.where(_base(answers, wanted), chose, np.nan), groups).of
    scores = _scores(answers.asked, wanted)
    return means(design, scored(answers, _base(answers, wanted), scores), groups).of


def _chose(answers: Answers, codes: Iterable[str]) -> Rows:
    """Return who chose one of the options ``codes``; a wave may not have them all."""
    offered = {option.code for option in answers.asked.options}
    chose = [answers.chose(code) for code in codes if code in offered]
    return np.logical_or.reduce([np.zeros(answers.codes.size, dtype=bool), *chose])


def _scores(asked: dataset.Asked, wanted: Wanted) -> dict[str, float]:
    scores = dict(wanted.scores) if wanted.scores else scores_of(asked)
    if not scores or asked.takes_several:
        raise ValueError(
            f"The answers to {asked.wording} have no order. Give scores, such as agree = 1, disagree = -1."
        )
    if wanted.net and not is_net(scores):
        raise ValueError(f"A net score of {asked.wording} needs 1 for those who agree and -1 for those who disagree.")
    return scores


def _doubt(estimate: Estimate, scale: float) -> dict[str, Any]:
    found = {"value": estimate.value, "lower": estimate.lower, "upper": estimate.upper, "se": estimate.se}
    scaled = {name: None if value is None else scale * value for name, value in found.items()}
    return {**scaled, "n": estimate.n, "n_eff": estimate.n_eff}


def _from(asked: Asked) -> dict[str, Any]:
    """Return where the numbers come from, and what decides whether they may be compared with others."""
    wave, data = asked.results.wave, asked.data
    return {
        "period_start": asked.since,
        "period_end": wave.closes,
        "source": _source(asked),
        "wording_id": asked.answers.asked.wording,
        "marker": Marker.UNRELIABLE.value if asked.weighing.lacking > LARGEST_LACKING else "",
        "population": wave.population,
        "sample_type": str(SampleType.RANDOM if data.is_random else SampleType.OPEN),
        "mode_shares": shares_by(data, lambda way: way.mode),
        "collector_shares": shares_by(data, lambda way: way.code),
        "is_sample": wave.is_sample,
    }


def _source(asked: Asked) -> str:
    """Name the wave, what it is weighted by, and what an analyst decided about which answers count.

    Those are a correction that cut answers off, two wordings that are read together, and marked answers that were
    decided anew after figures had been read.
    """
    wave, margins = asked.results.wave, asked.results.choices.get("margins", [])
    named = f"{wave.survey.title}, wave {wave.number}"
    decided = [day for decision in wave.mark_decisions.all() if (day := decision.revised_on)]
    if decided:
        named = f"{named}, which answers count decided again on {max(decided):%-d %B %Y}"
    if margins:
        named = f"{named}, weighted by {', '.join(margins)}"
    if asked.since != wave.opens:
        return f"{named}, answers since its correction on {asked.since:%-d %B %Y}"
    wordings = list(dict.fromkeys(item["wording"] for item in asked.items))
    return f"{named}, {' and '.join(wordings)} together" if len(wordings) > 1 else named


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
