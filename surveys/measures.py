"""What surveys can measure."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from indicators.registry import Kind, Measure, Reading, measures
from surveys.models import Question, Survey
from surveys.readings import Wanted, readings

MISSING = float("nan")
NOTE = "Published waves only, one reading a wave and area: of those who answered, weighted as their published results."
AREA = "The code of the question that asks for the area, for a number of each. Empty: the whole area."


def read_share(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each published wave that asked the question, the share giving one of the answers, in percent.

    The base is everybody who answered the question with anything but an excluded answer, or one that is none, such as
    "don't know". With an ``area`` it is the share in each area instead.

    A wave whose results were withdrawn, because they could point to a person, gives none.

    Raises:
        ValueError: a parameter is missing or names something that does not exist, or the wording may feed no
            indicator.
    """
    answers = _codes(parameters.get("answers"))
    if not answers:
        raise ValueError("Give the codes of the answers that count, such as excellent, good.")
    return _read(parameters, answers=answers, excluded=_codes(parameters.get("excluded")))


def _read(parameters: Mapping[str, Any], **wanted: Any) -> list[Reading]:
    survey, question = _named(Survey, parameters, "survey"), _named(Question, parameters, "question")
    area = _named(Question, parameters, "area") if parameters.get("area") else None
    accept_draft = bool(parameters.get("accept_draft"))
    return readings(Wanted(survey=survey, question=question, area=area, accept_draft=accept_draft, **wanted))


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


def read_mean(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each published wave that asked the question, the mean of the scores of its answers.

    Raises:
        ValueError: a parameter is missing or names something that does not exist, the answers have no order, or the
            wording may feed no indicator.
    """
    return _read(parameters, scores=_scores(parameters.get("scores")))


def read_net(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return, for each published wave that asked the question, those who agree less those who disagree, in points.

    Raises:
        ValueError: as :func:`read_mean`, or the scores make no net score.
    """
    return _read(parameters, scores=_scores(parameters.get("scores")), net=True)


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
        note=NOTE,
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
        note=NOTE,
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
        note=NOTE,
        headline_problem=_headline_problem,
    )
)
