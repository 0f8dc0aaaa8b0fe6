"""What is wrong with the rows of a whole bank's file; see :mod:`surveys.bank_file`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError

from core.enums import Strand
from core.languages.addresses import codes, other_codes
from core.models import Organisation
from surveys.bank_file import OptionLine, options_in
from surveys.enums import Kind, WordingStatus
from surveys.models import Wording
from surveys.models.questions import CODE_SHAPE, LONGEST_HINT, LONGEST_LABEL, LONGEST_TEXT
from surveys.runner.answers import TURNING, UNKEPT
from surveys.runner.faults import MOST_OPTIONS

YES_NO = {"yes": True, "no": False}
LONGEST_THEME, LONGEST_LICENCE, LONGEST_CODE = 30, 120, 60

Line = Mapping[str, str]


def faults_of_rows(found: Iterable[tuple[int, Line]]) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the rows of a bank's file, each with its number."""
    lines = list(found)
    seen: dict[tuple[str, str, str], int] = {}
    of_question: dict[str, tuple[int, Line]] = {}
    english: dict[tuple[str, str], int] = {}
    organisations = organisations_in(lines)
    for number, line in lines:
        faults = list(_faults_of_line(line, organisations))
        yield from (f"Row {number}: {fault}" for fault in faults)
        if faults:
            continue
        name = (line["question"], line["version"], line["language"])
        if name in seen:
            yield f"Row {number}: {_told(line)} stands on row {seen[name]} already. Say it once."
        seen.setdefault(name, number)
        if line["language"] in {settings.LANGUAGE_CODE, ""}:
            first, said = of_question.setdefault(line["question"], (number, line))
            if any(said[column] != line[column] for column in ("theme", "sensitive")):
                yield f"Row {number}: {name[0]} is otherwise on row {first}: another theme, or sensitive or not."
            english.setdefault(name[:2], number)
        elif name[:2] not in english and not _stands(line):
            yield f"Row {number}: {_told(line)} has no English before it, here or in the bank. Give it first."


def _told(line: Line) -> str:
    return f"{line['question']}.{line['version']} in {line['language']}" if line["version"] else line["question"]


def _stands(line: Line) -> bool:
    return Wording.objects.filter(question__code=line["question"], version=int(line["version"])).exists()


def organisations_in(lines: Iterable[tuple[int, Line]]) -> dict[str, Organisation]:
    """Return the organisations that the lines name and that are known here, by their names."""
    names = {line.get(by) or "" for _, line in lines for by in ("translated_by", "checked_by")} - {""}
    return {found.name: found for found in Organisation.objects.filter(name__in=names)}


def fault_of_characters(line: Mapping[str, str]) -> str:
    """Return what is wrong with the characters of a line of a bank file, in a sentence; empty where nothing is."""
    if any(UNKEPT.search(said) for said in line.values()):
        return "it holds a character that cannot be kept, such as a NUL. Type it again."
    if any(TURNING.search(said) for said in line.values()):
        return "it holds a hidden character that turns the writing around. Type it again."
    return ""


def _faults_of_line(line: Line, organisations: Mapping[str, Organisation]) -> Iterator[str]:
    if None in line or None in line.values():
        yield "it does not have as many columns as the first line."
        return
    hidden = fault_of_characters(line)
    if hidden:
        yield hidden
        return
    try:
        CODE_SHAPE(line["question"])
    except ValidationError:
        yield f"“{line['question'][:60]}” is not a code. Use capital letters and then a number, such as COH01."
    if not line["version"] and not line["language"]:
        yield from _faults_of_question(line)
        return
    if not (line["version"].isascii() and line["version"].isdecimal() and 1 <= int(line["version"][:6]) <= 9999):
        yield f"the version “{line['version'][:60]}” is no whole number between 1 and 9,999."
    if line["language"] == settings.LANGUAGE_CODE:
        yield from _faults_of_question(line)
        yield from _faults_of_english(line)
    elif line["language"] in other_codes():
        yield from _faults_of_version(line, organisations)
    else:
        yield f"the language “{line['language'][:60]}” is not one of {', '.join(codes())}."
    yield from _faults_of_words(line)


def _faults_of_question(line: Line) -> Iterator[str]:
    if not 0 < len(line["theme"]) <= LONGEST_THEME or not line["theme"].replace("-", "").replace("_", "").isalnum():
        yield f"the theme “{line['theme'][:60]}” is not one word of at most {LONGEST_THEME} letters."
    if line["sensitive"] not in YES_NO:
        yield "sensitive must be yes or no."


def _faults_of_english(line: Line) -> Iterator[str]:
    if not line["text"].strip():
        yield "it has no text."
    for column, known in (("kind", Kind.values), ("status", WordingStatus.values), ("confirmed", list(YES_NO))):
        if line[column] not in known:
            yield f"the {column} “{line[column][:60]}” is not one of {', '.join(known)}."
    unknown = [strand for strand in strands_in(line) if strand not in Strand.values]
    if unknown:
        yield f"the strand “{unknown[0][:60]}” is not one of {', '.join(Strand.values)}."
    if len(line["licence"]) > LONGEST_LICENCE:
        yield f"the licence has {len(line['licence']):,} characters. {LONGEST_LICENCE} is the most."
    for column in ("translated_by", "checked_by", "checked_on"):
        if line[column]:
            yield f"it is English, and has something under {column}. Take it out."


def _faults_of_version(line: Line, organisations: Mapping[str, Organisation]) -> Iterator[str]:
    for column in ("translated_by", "checked_by"):
        if line[column] and line[column] not in organisations:
            yield f"the organisation “{line[column][:60]}” is not known here. Ask a coordinator to add it."
    if line["checked_on"]:
        try:
            date.fromisoformat(line["checked_on"])
        except ValueError:
            yield f"“{line['checked_on'][:60]}” is no day. Give one such as 2026-05-31."
    elif line["checked_by"]:
        yield "it says who checked it, and not on which day."


def _faults_of_words(line: Line) -> Iterator[str]:
    for column, longest in (("text", LONGEST_TEXT), ("hint", LONGEST_HINT)):
        if len(line[column]) > longest:
            yield f"the {column} has {len(line[column]):,} characters. {longest} is the most."
    try:
        options = options_in(line["options"])
    except ValueError as refused:
        yield f"{refused}."
        return
    if len(options) > MOST_OPTIONS:
        yield f"it has {len(options):,} options. {MOST_OPTIONS} is the most."
        return
    yield from _faults_of_options(options)
    if line["language"] == settings.LANGUAGE_CODE and line["kind"] == Kind.TEXT and options:
        yield "it is answered in words but has options."
    if line["language"] == settings.LANGUAGE_CODE and line["kind"] in Kind.with_options and len(options) < 2:
        yield "it needs at least two options, one a line."


def _faults_of_options(options: list[OptionLine]) -> Iterator[str]:
    codes = [option.code for option in options]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"two options have the code {code[:60]}. Give each its own."
    for option in options:
        if len(option.code) > LONGEST_CODE:
            yield f"the code {option.code[:60]} is too long. {LONGEST_CODE} characters is the most."
        if not option.label.strip() or len(option.label) > LONGEST_LABEL:
            yield f"the option {option.code[:60]} needs a label of 1 to {LONGEST_LABEL} characters."


def strands_in(line: Line) -> list[str]:
    """Return the strands that a line names."""
    return [strand.strip() for strand in line["strands"].split(",") if strand.strip()]
