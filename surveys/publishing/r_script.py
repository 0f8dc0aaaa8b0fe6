"""A script in R that computes a wave's published numbers again, from the answers that an analyst can take out.

It shares no line with our engine: R's survey package draws, rakes, trims and estimates. What it carries of this wave is
published or was published elsewhere: the numbers of the page, the population's shares, and the analyst's choices.
"""

from collections.abc import Iterator
from importlib import resources
from typing import Any

from surveys.models import ResultSet, Survey
from surveys.publishing.groups import MEAN
from surveys.publishing.protecting import Public
from surveys.publishing.table import SAMPLE, rows_of
from surveys.results.scales import SIGNS

NOT_SAID = "not-answered"
COLUMNS = ("question", "by", "group", "statistic", "codes", "base_codes", "scores", "joined", "value", "lower", "upper")


def script(survey: Survey, results: ResultSet) -> str:
    """Return the script."""
    body = resources.files("surveys").joinpath("data/recompute.R").read_text()
    return "\n".join(
        [*_head(survey, results), *_choices(results), *_margins(results), *_published(survey, results), body]
    )


def _head(survey: Survey, results: ResultSet) -> Iterator[str]:
    sample = f"{SAMPLE}. " if results.wave.is_sample else ""
    yield f"# {sample}{_one_line(survey.title)}, wave {results.wave.number}: its published numbers, computed in R."
    yield "# Take the wave's answers out in the admin, put answers.csv beside this file, and run: Rscript results.R"
    yield ""


def _choices(results: ResultSet) -> Iterator[str]:
    choices, variance = results.choices, results.record["weights"].get("variance", "fixed")
    trim = choices.get("trim")
    yield (
        f"choices <- list(part = {_text(choices.get('part', 'all'))}, "
        f"without_marked = {_flag(is_so=choices.get('without_marked', False))}, "
        f"trim = {'NULL' if trim is None else f'{trim:g}'}, variance = {_text(variance)})"
    )


def _margins(results: ResultSet) -> Iterator[str]:
    """Give the population's shares, without those of the sample who did not say."""
    yield "margins <- list("
    margins = results.record["margins"]
    for place, margin in enumerate(margins):
        rows = {row["code"]: row["target"] for row in margin["rows"] if row["code"] != NOT_SAID}
        total = sum(rows.values())
        shares = ", ".join(f"{_text(code)} = {share / total:.12g}" for code, share in rows.items() if total)
        yield f"  {_text(margin['question'])} = c({shares}){',' if place < len(margins) - 1 else ''}"
    yield ")"


def _published(survey: Survey, results: ResultSet) -> Iterator[str]:
    items = {item["question"]: item for item in results.public["items"]}
    rows = [
        _row(row, items[row["question"]])
        for row in rows_of(survey, results)
        if row["value"] is not None and row["lower"] is not None and row["statistic"] != "outside"
    ]
    yield "published <- data.frame("
    for name in COLUMNS:
        yield f"  {name} = c({', '.join(_value(row[name]) for row in rows)}),"
    yield "  stringsAsFactors = FALSE"
    yield ")"
    yield ""


def _row(row: dict[str, Any], item: Public) -> dict[str, Any]:
    base = [code for option in item["options"] for code in option["codes"]]
    codes = row["answer"].split("+") if row["answer"] and row["answer"] != MEAN else []
    scores = _scores(item) if row["statistic"] in {"net", MEAN} or row["answer"] == MEAN else []
    return row | {
        "codes": " ".join(codes),
        "base_codes": " ".join(base),
        "scores": " ".join(f"{score:g}" for score in scores),
        "joined": row["statistic"] == "share" and len(codes) > 1,
    }


def _scores(item: Public) -> list[float]:
    """Return the score of each answer: its own, else its sign."""
    own = [option["score"] for option in item["options"]]
    if any(score is not None for score in own):
        return [float(score) for score in own]
    return [SIGNS[option["code"]] for option in item["options"]]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _flag(is_so=value)
    return _text(value) if isinstance(value, str) else f"{value:g}"


def _flag(*, is_so: bool) -> str:
    return "TRUE" if is_so else "FALSE"


def _text(value: str) -> str:
    """Return text as R reads it."""
    return '"' + _one_line(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _one_line(value: str) -> str:
    return " ".join(str(value).split())
