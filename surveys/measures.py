"""What surveys can measure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from analysis.design import sample_design
from analysis.estimates import proportion
from indicators.registry import Kind, Measure, Reading, measures
from surveys import instruments
from surveys.comparing import changed_items
from surveys.enums import Comparability, WordingStatus
from surveys.models import Instrument, Question, Survey, Wave, Wording
from surveys.queries import closed_waves, readable_answers
from surveys.queries.published import waves_withdrawn
from surveys.readings import Wanted, readings

MISSING = float("nan")
AREA = "The code of the question that asks for the area, for a number of each. Empty: the whole area."


def read_share(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each closed wave that asked the question, the share giving one of the answers, in percent.

    The base is everybody who answered the question with anything but an excluded answer. Every person counts the
    same. With an ``area`` it is the share in each area instead, of each published wave and weighted as that is.

    A wave whose results were withdrawn, because they could point to a person, gives none.

    Raises:
        ValueError: a parameter is missing or names something that does not exist, or the wording may feed no
            indicator.
    """
    survey, question = _named(Survey, parameters, "survey"), _named(Question, parameters, "question")
    answers, excluded = _codes(parameters.get("answers")), _codes(parameters.get("excluded"))
    if not answers:
        raise ValueError("Give the codes of the answers that count, such as excellent, good.")
    if parameters.get("area"):
        area = _named(Question, parameters, "area")
        wanted = Wanted(survey=survey, question=question, area=area, answers=answers, excluded=excluded)
        return _confirmed(readings(wanted), parameters)
    withdrawn = waves_withdrawn(survey)
    waves = [wave for wave in closed_waves(survey.code) if wave.pk not in withdrawn]
    asked = [counted for wave in waves if (counted := _counted(wave, question)).items]
    items = [item for counted in asked for item in counted.items]
    _refuse_unknown(answers | excluded, items)
    _refuse_wordings({item["wording"] for item in items}, accept_draft=bool(parameters.get("accept_draft")))
    return [reading for counted in asked for reading in _reading(counted, answers, excluded)]


def _headline_problem(parameters: Mapping[str, Any]) -> str:
    if parameters.get("accept_draft"):
        return "A drafted wording feeds no headline indicator. Untick headline, or take accept_draft out and pilot it."
    return ""


def _named(model: type[Any], parameters: Mapping[str, Any], name: str) -> Any:
    code = parameters.get(name)
    found = model.objects.filter(code=code).first() if isinstance(code, str) else None
    if found is None:
        raise ValueError(f"There is no {name} with the code {code!r}.")
    return found


def _codes(value: Any) -> frozenset[str]:
    parts: Iterable[Any] = value.split(",") if isinstance(value, str) else value or ()
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("Give answers as a list of option codes.")
    return frozenset(part.strip() for part in parts if part.strip())


@dataclass(frozen=True)
class Counted:
    """Which answers to a question count in a wave: those to ``instruments``, from the day ``since`` on.

    ``items`` are the question as these instruments ask it, the earliest first; empty where none does.
    """

    wave: Wave
    instruments: tuple[Instrument, ...]
    items: tuple[Mapping[str, Any], ...]
    since: date


def _counted(wave: Wave, question: Question) -> Counted:
    """Go back from what ``wave`` asked last, as far as its corrections say that the answers are comparable."""
    asked, since = [wave.asks], wave.opens
    for revision in reversed(wave.revisions.all()):
        changed = question.code.lower() in changed_items(revision.before.body, revision.instrument.body)
        if changed and revision.verdict == Comparability.EXCLUDED:
            since = revision.made_on
            break
        asked.insert(0, revision.before)
    items = [item for one in asked for item in instruments.questions(one.body) if item["question"] == question.code]
    return Counted(wave, tuple(asked), tuple(items), since)


def _refuse_unknown(codes: frozenset[str], items: list[Mapping[str, Any]]) -> None:
    """Refuse a code that no version of the wording has; an older version may lack a newer one's."""
    unknown = sorted(codes - {option["code"] for item in items for option in item["options"]})
    if items and unknown:
        raise ValueError(f"{items[-1]['wording']} has no option with the code {', '.join(unknown)}.")


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


def _reading(counted: Counted, answers: frozenset[str], excluded: frozenset[str]) -> list[Reading]:
    """Return the share in one wave. Two wordings that are comparable are one reading, under the later one's name."""
    wave, item = counted.wave, counted.items[-1]
    rows = list(readable_answers(wave, counted.instruments))
    given = [_counts(row[0].get(item["key"]), answers, excluded) for row in rows]
    share = proportion(sample_design([1.0] * len(given)), given) if given else None
    if share is None or share.value is None or share.lower is None or share.upper is None:
        return []
    return [
        Reading(
            period_start=counted.since,
            period_end=wave.closes,
            value=share.value * 100,
            lower=share.lower * 100,
            upper=share.upper * 100,
            se=None if share.se is None else share.se * 100,
            n=share.n,
            n_eff=share.n_eff,
            source=_source(counted),
            wording_id=item["wording"],
            population=wave.population,
            sample_type="random" if all(row[3] == "random" for row in rows) else "open",
            mode_shares=_shares(row[2] for row in rows),
            collector_shares=_shares(row[1] for row in rows),
            is_sample=wave.is_sample,
        )
    ]


def _source(counted: Counted) -> str:
    """Name the wave; say so where a correction cut answers off, or two wordings were read together.

    And say so where an analyst decided anew, after figures had been read, which marked answers count.
    """
    named = f"{counted.wave.survey.title}, wave {counted.wave.number}"
    decided = [day for decision in counted.wave.mark_decisions.all() if (day := decision.revised_on)]
    if decided:
        named = f"{named}, which answers count decided again on {max(decided):%-d %B %Y}"
    if counted.since != counted.wave.opens:
        return f"{named}, answers since its correction on {counted.since:%-d %B %Y}"
    wordings = list(dict.fromkeys(item["wording"] for item in counted.items))
    return f"{named}, {' and '.join(wordings)} together" if len(wordings) > 1 else named


def _counts(answer: instruments.Answer | None, answers: frozenset[str], excluded: frozenset[str]) -> float:
    """Return 1 where the answer counts, 0 where it does not and NaN where it stands outside the base."""
    given = {answer} if isinstance(answer, str) else set(answer or ())
    if not given or given & excluded:
        return MISSING
    return 1.0 if given & answers else 0.0


def _shares(values: Iterable[str]) -> dict[str, float]:
    counted = Counter(values)
    return {value: count / counted.total() for value, count in sorted(counted.items())}


def read_mean(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each published wave that asked the question, the mean of the scores of its answers.

    Raises:
        ValueError: a parameter is missing or names something that does not exist, the answers have no order, or the
            wording may feed no indicator.
    """
    return _scored(parameters, net=False)


def read_net(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each published wave that asked the question, those who agree less those who disagree, in points.

    Raises:
        ValueError: as :func:`read_mean`, or the scores make no net score.
    """
    return _scored(parameters, net=True)


def _scored(parameters: Mapping[str, Any], *, net: bool) -> list[Reading]:
    area = _named(Question, parameters, "area") if parameters.get("area") else None
    survey, question = _named(Survey, parameters, "survey"), _named(Question, parameters, "question")
    scores = _scores(parameters.get("scores"))
    return _confirmed(readings(Wanted(survey=survey, question=question, area=area, scores=scores, net=net)), parameters)


def _confirmed(found: list[Reading], parameters: Mapping[str, Any]) -> list[Reading]:
    """Return ``found``, unless a wording among them may feed no indicator."""
    _refuse_wordings({one.wording_id for one in found}, accept_draft=bool(parameters.get("accept_draft")))
    return found


def _scores(value: Any) -> dict[str, float]:
    """Return the scores that somebody gave, as a mapping or as text: "agree = 1, disagree = -1"."""
    pairs = list(value.items()) if isinstance(value, Mapping) else _pairs(str(value or ""))
    try:
        scores = {str(code).strip(): float(score) for code, score in pairs}
    except (TypeError, ValueError):
        scores = {"": MISSING}
    if not all(isfinite(score) for score in scores.values()):
        raise ValueError("Give each score as a number, such as agree = 1, disagree = -1.")
    return scores


def _pairs(text: str) -> list[tuple[str, str]]:
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    return [(code, score) for code, _, score in parts]


measures.offer("surveys.share")(
    Measure(
        name="Share giving these answers to a survey question",
        kind=Kind.SURVEY,
        unit="%",
        read=read_share,
        parameters={
            "survey": "The survey's code.",
            "question": "The question's code, such as CNF01.",
            "answers": "The codes of the options that count, such as excellent and good.",
            "excluded": "The codes of options left out of the base, such as dont-know. May be empty.",
            "area": AREA,
            "accept_draft": "True to read a drafted wording. Never for a headline indicator.",
        },
        note="Closed waves only, one reading a wave: of those who answered, each person counted once.",
        headline_problem=_headline_problem,
    )
)

SCORED = {
    "survey": "The survey's code.",
    "question": "The question's code, such as CNF06.",
    "scores": "A number for each option that counts: agree = 1, disagree = -1. Empty: the question's own scores.",
    "area": AREA,
    "accept_draft": "True to read a drafted wording. Never for a headline indicator.",
}

measures.offer("surveys.mean")(
    Measure(
        name="Mean of the scores of a survey question",
        kind=Kind.SURVEY,
        unit="mean score",
        read=read_mean,
        parameters=SCORED,
        note="Published waves only, one reading a wave and area: weighted as the published results are.",
        headline_problem=_headline_problem,
    )
)
measures.offer("surveys.net")(
    Measure(
        name="Net score of a survey question: those who agree less those who disagree",
        kind=Kind.SURVEY,
        unit="points",
        read=read_net,
        parameters=SCORED,
        note="Published waves only, one reading a wave and area: weighted as the published results are.",
        headline_problem=_headline_problem,
    )
)
