"""Published results as one table, a row a number, with what its columns mean in the W3C's words."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from core.spreadsheets import disarmed
from surveys.models import ResultSet, Survey
from surveys.publishing.protecting import Public

SAMPLE = "Sample data"
COLUMNS: dict[str, tuple[str, str]] = {
    "survey": ("string", "The lasting code of the survey."),
    "wave": ("integer", "The number of the wave."),
    "opens": ("date", "The first day of answering."),
    "closes": ("date", "The last day of answering."),
    "question": ("string", "The lasting code of the question."),
    "wording": ("string", "Which wording of it was asked."),
    "text": ("string", "What was asked."),
    "by": ("string", "The code of the question that groups are made by; empty for everybody."),
    "group": (
        "string",
        "The code of the group; empty for everybody. Of a difference both: the first group less the second.",
    ),
    "group_label": ("string", "The name of the group."),
    "statistic": (
        "string",
        "share (of an answer), top (share at a scale's top), net, mean, difference (of groups), or outside (a count).",
    ),
    "answer": ("string", "The code of the answer; answers that are shown together are joined by +."),
    "answer_label": ("string", "The answer in words."),
    "value": (
        "number",
        "In percent, but for net and difference (points), mean, and outside (people, to the nearest 5).",
    ),
    "lower": ("number", "The lower limit of the range."),
    "upper": ("number", "The upper limit of the range."),
    "base": ("integer", "How many answered, to the nearest 5."),
    "marker": ("string", "Government Statistical Service shorthand, in square brackets."),
    "change": ("string", "What changed since an earlier wave, in words, for each wave that it is compared with."),
    "source": ("string", "Begins with “Sample data” where the answers are invented."),
}
NUMBERS = ("value", "lower", "upper", "base")
NO_NUMBER = "[z]"
DIFFERENCE, LESS = "difference", " - "


def rows_of(survey: Survey, results: ResultSet) -> Iterator[dict[str, Any]]:
    """Go through every published number of ``results``, everybody first, then the groups."""
    wave = results.wave
    of_wave = {
        "survey": survey.code,
        "wave": wave.number,
        "opens": wave.opens.isoformat(),
        "closes": wave.closes.isoformat(),
        "source": f"{SAMPLE}. {survey.title}" if wave.is_sample else survey.title,
    }
    for item in results.public["items"]:
        of_item = of_wave | {name: item[name] for name in ("question", "wording", "text")}
        yield from (of_item | row for row in _of_item(item))


def _of_item(item: Public) -> Iterator[dict[str, Any]]:
    everybody = {"by": "", "group": "", "group_label": "", "base": item["base"]}
    for statistic, answer, label, shown in _shown(item):
        change = "; ".join(_changes(item, "top" if statistic == "top" else answer))
        yield everybody | _row(statistic, answer, label, shown) | {"change": change}
    for beside in item["outside"]:
        shown = {"value": beside["count"], "lower": None, "upper": None, "marker": beside["marker"]}
        yield everybody | _row("outside", beside["code"], beside["label"], shown) | {"change": ""}
    for table in (*item["by"], *item.get("contrasts", ())):
        labels = {column["code"]: column["label"] for column in table["columns"]}
        for group in table["groups"]:
            of_group = {"by": table["question"], "group": group["code"], "group_label": group["label"]}
            for option in group["options"]:
                statistic = _statistic(item, option["code"])
                cells = _row(statistic, option["code"], labels[option["code"]], option)
                yield of_group | {"base": group["base"]} | cells | {"change": ""}
        yield from _differences(table, labels)


def _differences(table: Public, labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Go through the differences between the two groups of a contrast; a table by groups has none."""
    between = {
        "by": table["question"],
        "group": LESS.join(group["code"] for group in table["groups"]),
        "group_label": LESS.join(group["label"] for group in table["groups"]),
        "base": None,
        "change": "",
    }
    for found in table.get("differences", ()):
        yield between | _row(DIFFERENCE, found["code"], labels[found["code"]], found)


def _shown(item: Public) -> Iterator[tuple[str, str, str, Public]]:
    for option in item["options"]:
        yield "share", option["code"], option["label"], option
    if item["top"]:
        yield "top", "+".join(item["top"]["codes"]), item["top"]["label"], item["top"]
    for name in ("net", "mean"):
        if item[name]:
            yield name, "", "", item[name]


def _statistic(item: Public, code: str) -> str:
    if code == "mean":
        return "mean"
    return "top" if item["top"] and code == "+".join(item["top"]["codes"]) else "share"


def _row(statistic: str, answer: str, label: str, shown: Public) -> dict[str, Any]:
    said = {"statistic": statistic, "answer": answer, "answer_label": label}
    marker = f"[{shown['marker']}]" if shown["marker"] else ""
    return said | {name: shown[name] for name in ("value", "lower", "upper")} | {"marker": marker}


def _changes(item: Public, code: str) -> Iterator[str]:
    for change in item["change"]:
        said = change["top"] if code == "top" else change["options"].get(code, "")
        if change["marker"]:
            yield f"since wave {change['since']}: [{change['marker']}]"
        elif said:
            yield f"since wave {change['since']}: {said}"


def as_csv(survey: Survey, results: ResultSet) -> str:
    """Return the table; a cell without a number holds its marker."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows_of(survey, results):
        writer.writerow([_cell(name, row) for name in COLUMNS])
    return file.getvalue()


def _cell(name: str, row: dict[str, Any]) -> Any:
    content = row[name]
    if name in NUMBERS and content is None:
        return row["marker"] if row["value"] is None and row["marker"] else NO_NUMBER
    return disarmed(content)


def metadata(survey: Survey, results: ResultSet) -> dict[str, Any]:
    """Return what the table is and what its columns mean, as CSV on the Web."""
    title = f"{survey.title}, wave {results.wave.number}"
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "results.csv",
        "dc:title": f"{SAMPLE}: {title}" if results.wave.is_sample else title,
        "dc:description": " ".join(results.public["method"]),
        "tableSchema": {"columns": [_column(name) for name in COLUMNS]},
    }


def _column(name: str) -> dict[str, Any]:
    datatype, words = COLUMNS[name]
    column: dict[str, Any] = {"name": name, "titles": name, "datatype": datatype, "dc:description": words}
    if name in NUMBERS:
        column["null"] = [f"[{marker}]" for marker in ("c", "u", "x", "z")]
    return column
