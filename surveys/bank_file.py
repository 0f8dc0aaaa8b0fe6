"""The question bank as a CSV file: a row for each wording, and one for each language that it is written in.

The options of a wording stand in one cell, one a line: ``agree [score 5, exclusive, other] = Agree``. What is not so
is left out: ``agree = Agree``. A row of another language has its labels in the same way, under the same codes. A cell
that a spreadsheet would run has an apostrophe before it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from core.languages.addresses import other_codes
from core.spreadsheets import disarmed
from surveys.models import Option, Question, Wording, WordingTranslation

COLUMNS = (
    "question", "theme", "sensitive", "version", "language", "text", "hint", "kind", "options", "strands", "status",
    "confirmed", "source", "licence", "translated_by", "checked_by", "checked_on",
)  # fmt: skip
OPTION = re.compile(r"(?P<code>[-\w]+)(?: \[(?P<marks>[^\]]*)\])? = (?P<label>.*)", re.ASCII)
SCORE = re.compile(r"score (-?\d{1,5})", re.ASCII)
MARKS = ("exclusive", "other")


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    """An option as its line says."""

    code: str
    label: str
    score: int | None = None
    exclusive: bool = False
    other: bool = False


def bank_text() -> str:
    """Return the whole bank as a CSV file's text: question by question, version by version, English first."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, restval="")
    writer.writeheader()
    wordings = Wording.objects.order_by("version").prefetch_related(
        "options", "translations__translated_by", "translations__checked_by"
    )
    of_question: dict[int, list[Wording]] = {}
    for wording in wordings.select_related("question"):
        of_question.setdefault(wording.question_id, []).append(wording)
    for question in Question.objects.order_by("code"):
        for row in _rows(question, of_question.get(question.pk, [])):
            writer.writerow({column: disarmed(cell) for column, cell in row.items()})
    return written.getvalue()


def _rows(question: Question, wordings: Iterable[Wording]) -> Iterator[dict[str, str]]:
    about = {"question": question.code, "theme": question.theme, "sensitive": _yes(question.sensitive)}
    wordings = list(wordings)
    if not wordings:
        yield about
    for wording in wordings:
        yield about | _english(wording)
        written = {version.language: version for version in wording.translations.all()}
        for code in other_codes():
            if code in written and written[code].written:
                yield _version(question, wording, written[code])


def _english(wording: Wording) -> dict[str, str]:
    return {
        "version": str(wording.version),
        "language": settings.LANGUAGE_CODE,
        "text": wording.text,
        "hint": wording.hint,
        "kind": wording.kind,
        "options": "\n".join(_line(option) for option in wording.options.all()),
        "strands": ", ".join(wording.strands),
        "status": wording.status,
        "confirmed": _yes(wording.confirmed),
        "source": wording.source,
        "licence": wording.licence,
    }


def _version(question: Question, wording: Wording, version: WordingTranslation) -> dict[str, str]:
    said = version.written
    codes = [option.code for option in wording.options.all()]
    checked = version.is_checked and version.checked_on is not None
    return {
        "question": question.code,
        "version": str(wording.version),
        "language": version.language,
        "text": said.get("text", ""),
        "hint": said.get("hint", ""),
        "options": "\n".join(
            f"{code} = {escaped(said[f'option-{code}'])}" for code in codes if f"option-{code}" in said
        ),
        "translated_by": str(version.translated_by or ""),
        "checked_by": str(version.checked_by or "") if checked else "",
        "checked_on": version.checked_on.isoformat() if checked and version.checked_on else "",
    }


def _line(option: Option) -> str:
    marks = [f"score {option.score}"] if option.score is not None else []
    marks += [mark for mark in MARKS if getattr(option, mark)]
    said = f" [{', '.join(marks)}]" if marks else ""
    return f"{option.code}{said} = {escaped(option.label)}"


def _yes(is_so: object) -> str:
    return "yes" if is_so else "no"


def escaped(label: str) -> str:
    """Return a label in one line: a break in it is written as a backslash and n."""
    return label.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def unescaped(label: str) -> str:
    """Return a label as it was before :func:`escaped`."""
    breaks = {"\\\\": "\\", "\\r": "\r", "\\n": "\n"}
    return re.sub(r"\\[\\rn]", lambda found: breaks[found[0]], label)


def options_in(cell: str) -> list[OptionLine]:
    """Return the options that a cell holds.

    Raises:
        ValueError: a line of it cannot be read; the sentence names it.
    """
    return [_option(line) for line in cell.split("\n") if line]


def _option(line: str) -> OptionLine:
    found = OPTION.fullmatch(line.removesuffix("\r"))
    if found is None:
        raise ValueError(f"the option “{line[:60]}” cannot be read. Write it so: agree [score 5] = Agree")
    marks = [mark.strip() for mark in (found["marks"] or "").split(",") if mark.strip()]
    scores = [score[1] for score in map(SCORE.fullmatch, marks) if score]
    unknown = [mark for mark in marks if mark not in MARKS and not SCORE.fullmatch(mark)]
    if unknown or len(scores) > 1 or (scores and not -32768 <= int(scores[0]) <= 32767):
        raise ValueError(f"between [ and ] stands “score 5”, “exclusive” or “other”, not “{found['marks'][:60]}”")
    return OptionLine(
        code=found["code"],
        label=unescaped(found["label"]),
        score=int(scores[0]) if scores else None,
        exclusive="exclusive" in marks,
        other="other" in marks,
    )
