"""The whole bank comes in from the file that it went out as: every row, or nothing; see :mod:`surveys.bank_file`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from core.models import Organisation, User
from surveys.actions.bank_faults import YES_NO, Line, organisations_in, strands_in
from surveys.actions.languages import FileVersion, take_in
from surveys.bank_file import OptionLine, options_in
from surveys.content import version_of
from surveys.models import Option, Question, Wording


@dataclass(frozen=True)
class Row:
    """A row of the file that is without fault by itself."""

    number: int
    line: Line
    options: list[OptionLine]

    @property
    def wording_id(self) -> str:
        """The name of its wording, such as CNF01.1."""
        return f"{self.line['question']}.{self.line['version']}"

    @property
    def is_english(self) -> bool:
        """Whether it holds the English words."""
        return self.line["language"] == settings.LANGUAGE_CODE


def take_in_rows(found: Iterable[tuple[int, Line]], *, by: User | None) -> tuple[int, list[str]]:
    """Take in lines without fault; return how many wordings and language versions are new or changed, and the faults.

    A wording that stands has to say there what it says in the file. Its theme, status, source and licence become the
    file's.
    """
    lines = [(number, line) for number, line in found]
    organisations = organisations_in(lines)
    taken, faults = 0, []
    standing = {
        wording.wording_id: wording
        for wording in Wording.objects.select_related("question").prefetch_related("options", "translations")
    }
    for number, line in lines:
        row = Row(number, line, options_in(line["options"]))
        try:
            taken += _taken(row, standing, organisations, by)
        except ValidationError as refused:
            faults += [f"Row {number}: {sentence}" for sentence in refused.messages]
    return taken, faults


def _taken(row: Row, standing: dict[str, Wording], organisations: Mapping[str, Organisation], by: User | None) -> bool:
    if not row.line["language"]:
        return _question(row.line)[1]
    if not row.is_english:
        return _take_in_version(row, standing[row.wording_id], organisations, by)
    known = standing.get(row.wording_id)
    if known is None:
        standing[row.wording_id] = _add(row)
        return True
    return _agrees(row, known)


def _question(line: Line) -> tuple[Question, bool]:
    said = {"theme": line["theme"], "sensitive": YES_NO[line["sensitive"]]}
    question, made = Question.objects.get_or_create(code=line["question"], defaults=said)
    if question.sensitive != said["sensitive"]:
        stands = "sensitive" if question.sensitive else "not sensitive"
        raise ValidationError(f"{question.code} stands in the bank as {stands}. Say the same here.")
    if question.theme != said["theme"]:
        question.theme = line["theme"]
        question.save()
        return question, True
    return question, made


def _add(row: Row) -> Wording:
    line = row.line
    wording = Wording.objects.create(
        question=_question(line)[0],
        version=int(line["version"]),
        text=line["text"],
        hint=line["hint"],
        kind=line["kind"],
        strands=strands_in(line),
        **_about(line),
    )
    Option.objects.bulk_create(
        Option(wording=wording, order=order, **vars(option)) for order, option in enumerate(row.options)
    )
    return wording


def _about(line: Line) -> dict[str, Any]:
    """Return what is known of a wording beside its words: this may change while the words stay."""
    return {
        "status": line["status"],
        "confirmed": YES_NO[line["confirmed"]],
        "source": line["source"],
        "licence": line["licence"],
    }


def _agrees(row: Row, wording: Wording) -> bool:
    """Let a wording that stands have the file's status and source; tell whether that changes anything.

    Raises:
        ValidationError: it stands with other words or options.
    """
    line, (_, changed) = row.line, _question(row.line)
    said = (line["text"], line["hint"], line["kind"], strands_in(line), row.options)
    options = [
        OptionLine(code=found.code, label=found.label, score=found.score, exclusive=found.exclusive, other=found.other)
        for found in wording.options.all()
    ]
    if said != (wording.text, wording.hint, wording.kind, wording.strands, options):
        raise ValidationError(
            f"{wording.wording_id} stands in the bank with other words or options. Give these the next version."
        )
    about = {name: value for name, value in _about(line).items() if getattr(wording, name) != value}
    for name, value in about.items():
        setattr(wording, name, value)
    if about:
        wording.save(update_fields=list(about))
    return changed or bool(about)


def _take_in_version(row: Row, wording: Wording, organisations: Mapping[str, Organisation], by: User | None) -> bool:
    line = row.line
    version = version_of(wording, line["language"])
    words = {"text": line["text"], "hint": line["hint"]} | {
        f"option-{option.code}": option.label for option in row.options
    }
    words = {name: said for name, said in words.items() if said}
    unknown = words.keys() - version.english.keys()
    if unknown:
        raise ValidationError(f"{version} has words for {min(unknown)}, which the English does not have.")
    found = FileVersion(
        words=words,
        translated_by=organisations.get(line["translated_by"]),
        checked_by=organisations.get(line["checked_by"]),
        checked_on=date.fromisoformat(line["checked_on"]) if line["checked_on"] else None,
    )
    return take_in(version=version, found=found, by=by)
