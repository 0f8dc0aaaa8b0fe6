"""The question bank comes in from a file, whole or not at all."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from core.models import User
from core.spreadsheets import rearmed
from surveys import bank_file
from surveys.actions.bank_faults import fault_of_characters, faults_of_rows
from surveys.actions.bank_rows import take_in_rows
from surveys.enums import Kind, WordingStatus
from surveys.models import Option, Question, Wording
from surveys.models.questions import CODE_SHAPE, strands_named
from surveys.runner.faults import MOST_OPTIONS

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "question_bank.csv"
MOST_FAULTS = 20
COLUMNS = ("id", "theme", "text", "answer_type", "answer_options", "source", "verified")
KINDS = {"single": Kind.SINGLE, "multi": Kind.MULTIPLE, "scale": Kind.SCALE, "text": Kind.TEXT}
PERSONAL = {"demographics", "experience"}
ALONE = ("none of these", "nothing ", "prefer not to say", "don't know", "cannot remember", "not sure")


class BankError(Exception):
    """The file cannot be taken in; ``faults`` has a sentence for each line that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class BankRow:
    """One question as the file has it."""

    line: int
    code: str
    theme: str
    text: str
    kind: str
    labels: tuple[str, ...]
    source: str
    confirmed: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """A lasting code for each option, made of its label; a point of a scale is its number."""
        return tuple(option_code(label, self.kind) for label in self.labels)


def option_code(label: str, kind: str) -> str:
    """Return the code of an option: "Tend to agree" gives tend-to-agree, "7 - Very well" on a scale gives 7."""
    number = label.split(" - ", maxsplit=1)[0].strip()
    return number if kind == Kind.SCALE and number.isdigit() else slugify(label.replace("'", ""))[:60].strip("-")


@transaction.atomic
def import_question_bank(*, path: Path = SHIPPED) -> int:
    """Take a bank's file in; see :func:`import_bank_file`.

    Raises:
        BankError: the file is not a question bank, or some of its lines are wrong; nothing is taken in.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BankError([f"{path.name} cannot be read: {error.strerror}."]) from error
    return import_bank_file(content=content, name=path.name)


@transaction.atomic
def import_bank_file(*, content: bytes, name: str, by: User | None = None) -> int:
    """Take the questions of a CSV file into the bank; return how many wordings and language versions that changes.

    It may be the whole bank as :mod:`surveys.bank_file` writes it, or a list of questions with the columns ``COLUMNS``.
    Of such a list, a question whose words and options stand in the bank already is left alone; other words become a new
    version. Confirmed wordings come in as in use, the others as drafted.

    Raises:
        BankError: the file is not a question bank, or some of its lines are wrong; nothing is taken in.
    """
    columns, found = _lines(content, name)
    if set(bank_file.COLUMNS) <= columns:
        return _import_whole(found, by)
    if not set(COLUMNS) <= columns:
        whole, some = ", ".join(bank_file.COLUMNS), ", ".join(COLUMNS)
        sentence = f"{name} is not a question bank: its first line must name {whole}; or, for a list, {some}."
        raise BankError([sentence])
    refuse(_faults(found))
    rows, standing = [_row(number, line) for number, line in found], _standing_wordings()
    return sum(_take_in(row, standing.get(row.code, [])) for row in rows)


def _lines(content: bytes, name: str) -> tuple[set[str], list[tuple[int, dict[str, str]]]]:
    """Return the names of a CSV file's columns, and its lines by their numbers.

    Raises:
        BankError: it is no CSV file in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        found = [(reader.line_num, line) for line in reader]
        return set(reader.fieldnames or ()), found
    except UnicodeDecodeError as error:
        raise BankError(
            [f"{name} cannot be read as text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”."]
        ) from error
    except csv.Error as error:
        raise BankError([f"{name} cannot be read as a CSV file: {error}."]) from error


def _import_whole(found: list[tuple[int, dict[str, str]]], by: User | None) -> int:
    lines = ({column: rearmed(cell) for column, cell in line.items()} for _, line in found)
    rows = list(enumerate(lines, start=2))  # as a spreadsheet counts them
    refuse(faults_of_rows(rows))
    taken, faults = take_in_rows(rows, by=by)
    refuse(faults)
    return taken


def refuse(faults: Iterable[str]) -> None:
    """Refuse a file with ``faults``, of which the first twenty are told.

    Raises:
        BankError: there are any.
    """
    found = list(islice(faults, MOST_FAULTS + 1))
    if len(found) > MOST_FAULTS:
        found[MOST_FAULTS:] = ["There is more. It is told once these are mended."]
    if found:
        raise BankError(found)


def _faults(found: list[tuple[int, dict[str, str]]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, line in found:
        for fault in _faults_of_line(line):
            yield f"Line {number}: {fault}"
        code = line["id"]
        if code in seen:
            yield f"Line {number}: {code} stands on line {seen[code]} already. A code is used once."
        seen.setdefault(code, number)


def _faults_of_line(line: dict[str, str]) -> Iterator[str]:
    if None in line or None in line.values():
        yield f"it does not have {len(COLUMNS)} columns."
        return
    hidden = fault_of_characters(line)
    if hidden:
        yield hidden
        return
    try:
        CODE_SHAPE(line["id"])
    except ValidationError:
        yield f"the id “{line['id']}” is not a code. Use capital letters and then a number, such as COH01."
    if not slugify(line["theme"]):
        yield "it has no theme."
    if not 0 < len(line["text"].strip()) <= 500:
        yield "the question must have between 1 and 500 characters."
    if line["verified"] not in {"yes", "no"}:
        yield "verified must be yes or no."
    yield from _faults_of_options(line)


def _faults_of_options(line: dict[str, str]) -> Iterator[str]:
    if line["answer_type"] not in KINDS:
        yield f"the answer type “{line['answer_type']}” is not one of {', '.join(KINDS)}."
        return
    row = _row(0, line)
    if row.kind == Kind.TEXT:
        if row.labels:
            yield "it is answered in words but has options."
    elif len(row.labels) > MOST_OPTIONS:
        yield f"it has {len(row.labels):,} options. {MOST_OPTIONS} is the most."
    elif len(row.labels) < 2:
        yield "it needs at least two options, with | between them."
    elif len(set(row.codes)) < len(row.codes) or not all(row.codes):
        yield "two of its options are the same, or one is empty."
    elif max(map(len, row.labels)) > 200:
        yield "an option has more than 200 characters."


def _row(number: int, line: dict[str, str]) -> BankRow:
    labels = (
        tuple(label.strip() for label in line["answer_options"].split("|")) if line["answer_options"].strip() else ()
    )
    return BankRow(
        line=number,
        code=line["id"],
        theme=slugify(line["theme"]),
        text=line["text"].strip(),
        kind=KINDS[line["answer_type"]],
        labels=labels,
        source=line["source"].strip(),
        confirmed=line["verified"] == "yes",
    )


def _standing_wordings() -> dict[str, list[Wording]]:
    found: dict[str, list[Wording]] = {}
    for wording in Wording.objects.select_related("question").prefetch_related("options"):
        found.setdefault(wording.question.code, []).append(wording)
    return found


def _take_in(row: BankRow, standing: list[Wording]) -> bool:
    if any(_says_the_same(row, wording) for wording in standing):
        return False
    question, _ = Question.objects.get_or_create(
        code=row.code, defaults={"theme": row.theme, "sensitive": row.theme in PERSONAL}
    )
    wording = Wording.objects.create(
        question=question,
        version=max((wording.version for wording in standing), default=0) + 1,
        text=row.text,
        kind=row.kind,
        # Questions about the person name their own subject, not some strands out of five.
        strands=[] if row.theme in PERSONAL else strands_named(row.text),
        status=WordingStatus.IN_USE if row.confirmed else WordingStatus.DRAFTED,
        confirmed=row.confirmed,
        source=row.source,
    )
    Option.objects.bulk_create(_options(row, wording))
    return True


def _options(row: BankRow, wording: Wording) -> list[Option]:
    scores = {label: int(code) for label, code in zip(row.labels, row.codes, strict=True) if code.isdigit()}
    return [
        Option(
            wording=wording,
            code=code,
            label=label,
            order=place,
            score=scores.get(label) if row.kind == Kind.SCALE else None,
            exclusive=row.kind == Kind.MULTIPLE and label.lower().startswith(ALONE),
        )
        for place, (label, code) in enumerate(zip(row.labels, row.codes, strict=True))
    ]


def _says_the_same(row: BankRow, wording: Wording) -> bool:
    options = tuple((option.code, option.label) for option in wording.options.all())
    return (row.text, row.kind, tuple(zip(row.codes, row.labels, strict=True))) == (wording.text, wording.kind, options)
