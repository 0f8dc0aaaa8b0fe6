"""The method note of a wave's results, written from the record of how they were computed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from analysis.disclosure import rounded, withheld
from surveys.enums import Mode
from surveys.models.results import STRAND_OF
from surveys.publishing.answers import whole
from surveys.results.choices import FEWEST, NotSaid, Part, Variance

Record = Mapping[str, Any]
NOT_PROOF = gettext_noop(
    "This is no proof that the campaign made the difference: people who came across it may differ from others in other "
    "ways."
)
INTERVAL_NAMES = {True: "95% confidence interval", False: "range from chance alone"}


def sentences(record: Record, choices: Mapping[str, Any]) -> list[str]:
    """Return the note, a paragraph each."""
    return [
        " ".join(paragraph)
        for part in (_people, _weights, _doubt, _protection, _strands, _recalling, _comparing)
        if (paragraph := list(part(record, choices)))
    ]


def _people(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:
    quality = record["quality"]
    yield f"About {rounded(quality['responses']):,} people answered, of: {record['population']}."
    if record["kind_of_sample"] == "random":
        yield "Who was asked was drawn by chance from a list of them."
        if quality.get("response_rate") is not None:
            yield f"Of those who were reached, {whole(quality['response_rate'])}% answered."
    else:
        yield (
            "Anybody who had the link could answer: they chose to, so the numbers describe those who answered, and no "
            "list says how the others differ."
        )
    if choices.get("part") == Part.RANDOM:
        yield "Answers that came by an open way in are not counted."
    if choices.get("without_marked"):
        yield "Answers that carry a mark, such as one for speed, are not counted."
    yield from _modes(quality["by_mode"])


def _modes(counted: list[Mapping[str, Any]]) -> Iterator[str]:
    """Say how people answered, unless that would point to a few of them."""
    some = [mode for mode in counted if mode["count"]]
    if not some or any(withheld([mode["count"] for mode in some], fewest=FEWEST)):
        return
    if len(some) == 1:
        yield f"They answered {Mode(some[0]['code']).label.lower()}."
        return
    named = [f"{Mode(mode['code']).label.lower()} ({whole(mode['share'])}%)" for mode in some]
    yield f"They answered {', '.join(named)}."


def _weights(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:
    margins = record["margins"]
    if not margins:
        yield "The answers are not weighted: every person counts as they were drawn."
        return
    yield (
        "The answers are weighted by raking, so that by each of the following the people who answered are made up as "
        f"the population is: {'; '.join(_margin(margin) for margin in margins)}."
    )
    if choices.get("not_answered") == NotSaid.OWN:
        yield "People who did not say what they are weighted by keep the share that they have among those who answered."
    scaled = [margin for margin in margins if abs(margin.get("scaled_by", 1) - 1) > 1e-12]
    if scaled:
        yield "Tables whose totals differ by half a percent or less are scaled to the total of the first."
    weights = record["weights"]
    if weights["trimmed"]:
        yield (
            f"Weights above {choices['trim']:g} times the mean were cut to it ({_some(weights['trimmed'])} of them), "
            "after which the shares of the population are met a little less closely."
        )
    if _has_few(margins, choices.get("fewest", FEWEST)):
        yield (
            "Unequal weights cost precision. How much is not told, because it would show how many people a small group "
            "had."
        )
        return
    yield (
        f"Unequal weights cost precision: these answers are as precise as about {rounded(round(weights['n_eff'])):,} "
        f"that count the same (design effect {weights['deff']:.2f})."
    )


def _some(people: int) -> str:
    return f"fewer than {FEWEST}" if people < FEWEST else f"about {rounded(people):,}"


def _has_few(margins: list[Mapping[str, Any]], fewest: int) -> bool:
    """Tell whether somebody who knows the population could reckon from the design effect how many a small group is.

    A group of few has weights like no other's, and they rule the design effect.
    """
    return any(0 < row["n"] < fewest for margin in margins for row in margin["rows"])


def _margin(margin: Mapping[str, Any]) -> str:
    sample = "Sample data, " if margin["is_sample"] else ""
    return f"{margin['text']} ({sample}{margin['source']}, {margin['year']})"


def _doubt(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG001  (called like the others)
    if record["kind_of_sample"] == "random":
        yield "Each range is a 95% confidence interval."
    else:
        yield (
            "Each range shows chance alone: how far the number could move if other people of the same kind had "
            "answered. It is no margin of error, because those who did not answer may differ in ways that no number "
            "shows."
        )
    if record["weights"].get("variance") == Variance.RAKING_AWARE:
        yield "Ranges take into account that the weights match the population."
    elif record["margins"]:
        yield "Ranges take the weights as given, which makes them a little wider than they need to be."
    yield "Percentages are made on the log-odds scale, and by Korn and Graubard's exact method where few people differ."


def _protection(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG001
    fewest = choices.get("fewest", FEWEST)
    yield (
        "Percentages and ranges are whole, and bases are to the nearest 5. Nothing is shown on fewer than 30 answers, "
        f"nor where it would point to fewer than {fewest} people: an answer that few gave is shown together with "
        "another, or withheld with others that would give it back."
    )
    if fewest < FEWEST:
        yield (
            f"The usual {FEWEST} was lowered to {fewest} by {choices['fewest_by']}: {choices['fewest_reason'].strip()}"
        )


def _strands(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG001
    """Say why tables are by no strand, where there are tables at all."""
    by = set(record.get("breakdowns", ()))
    if by and not by & set(STRAND_OF):
        yield (
            "Tables are not made by race, religion, sexual orientation, disability or transgender identity: they are "
            "made by all five or by none, so that no strand of hate crime stands above another, and here they are made "
            "by none."
        )


def _recalling(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG001
    if record.get("recalled"):
        yield (
            "People who say that they came across a campaign are set against those who say that they did not. The "
            f"range of the difference takes into account how far each side may be off. {NOT_PROOF}"
        )


def _comparing(record: Record, choices: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG001
    if record.get("compared_with"):
        yield (
            "Waves are compared as independent: somebody may have answered more than one, but nobody can know. A "
            "change is named only where its own range leaves out zero."
        )
        if record["kind_of_sample"] != "random":
            yield (
                "Where people came by other ways in than before, it is named only if it holds within the ways in that "
                "both waves share."
            )
