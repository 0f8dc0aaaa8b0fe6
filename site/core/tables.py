"""Tables that come in as CSV files: all of a file or nothing of it, with a sentence for each thing to mend."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

Rows = list[tuple[int, dict[str, str]]]


class RefusedFileError(Exception):
    """A file that was not imported, with a sentence for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Problems:
    """Collects what is wrong, so that a file is mended in one go."""

    said: list[str] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """Note what is wrong on a line."""
        self.said.append(f"Line {line}: {sentence}")

    def add_all(self, line: int, what: str, error: ValidationError) -> None:
        """Note all that keeps the row ``what`` from being saved."""
        for name, sentences in error.message_dict.items():
            self.add(line, f"{what}: {'' if name == '__all__' else f'{name}: '}{' '.join(sentences)}")

    def raise_any(self) -> None:
        """Refuse the file if anything is wrong.

        Raises:
            RefusedFileError: something is.
        """
        if self.said:
            raise RefusedFileError(self.said)


def rows_of(path: Path, columns: Iterable[str]) -> Rows:
    """Return the rows of the CSV file at ``path``; see :func:`rows_in`.

    Raises:
        RefusedFileError: the file cannot be read, or is no such table.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RefusedFileError([f"{path} cannot be read: {error.strerror}. Give the path of a CSV file."]) from error
    return rows_in(content, str(path), columns)


def rows_in(content: bytes, name: str, columns: Iterable[str]) -> Rows:
    """Return the rows of a CSV file with their line numbers, every cell without spaces around it.

    Raises:
        RefusedFileError: it is no CSV file in UTF-8, lacks one of ``columns``, has rows of another length, or none.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFileError([f"{name} is not UTF-8. Save it as CSV UTF-8."]) from error
    if "\0" in text:
        raise RefusedFileError([f"{name} holds NUL bytes, so it is no CSV file. Save it as CSV UTF-8."])
    columns = list(columns)
    reader = csv.DictReader(text.splitlines())
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            sentence = f"{name} has no column {', '.join(missing)}. Its first line must name {', '.join(columns)}."
            raise RefusedFileError([sentence])
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise RefusedFileError([f"{name} cannot be read as a CSV file: {error}."]) from error
    wrong = [
        f"Line {line}: it has too few or too many cells." for line, row in rows if None in row or None in row.values()
    ]
    if wrong:
        raise RefusedFileError(wrong)
    if not rows:
        raise RefusedFileError([f"{name} holds no rows."])
    return [(line, {name: cell.strip() for name, cell in row.items()}) for line, row in rows]
