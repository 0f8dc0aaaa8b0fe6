"""A file of the register as rows of the columns that we keep; no other column is ever handed on.

The register's files are CSV in Windows' own Western encoding (cp1252), with columns known by their names. They are read
as they come, a piece at a time: the whole register has fifty thousand rows.
"""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from core.tables import RefusedFileError
from schools.enums import RegisterKind

ENCODING = "cp1252"
COLUMNS = {
    RegisterKind.SCHOOLS: (
        "URN", "EstablishmentName", "LA (code)", "LA (name)", "GSSLACode (name)", "PhaseOfEducation (code)",
        "EstablishmentTypeGroup (name)", "EstablishmentStatus (code)", "OpenDate", "CloseDate", "StatutoryLowAge",
        "StatutoryHighAge", "NumberOfPupils", "CensusDate", "Town", "Postcode", "AdministrativeWard (name)",
    ),
    RegisterKind.LINKS: ("URN", "LinkURN", "LinkType", "LinkEstablishedDate"),
}  # fmt: skip
MAY_STAND = ("AdministrativeWard (code)",)
DOWNLOAD = "Take the CSV file as the register gives it out, and do not save it again in a spreadsheet."
PIECE = 1 << 16  # bytes

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A file that is one of the register's: which, and its rows under the numbers that a spreadsheet shows."""

    kind: RegisterKind
    rows: Iterator[tuple[int, Row]]


def open_table(file: IO[bytes], name: str, *, encoding: str = ENCODING) -> Table:
    """Return the table in ``file``, read from its start; its rows are read as they are asked for.

    Raises:
        RefusedFileError: it is empty, no CSV file, in another encoding, or lacks a column; also while rows are read.
    """
    if encoding == ENCODING:
        _refuse_other_encodings(file, name)
    file.seek(0)
    reader = csv.reader(line.decode(encoding) for line in file)
    records = _records(reader, name)
    _, header = next(records, (0, []))
    if not header:
        raise RefusedFileError([f"{name} is empty. {DOWNLOAD}"])
    heads = [head.strip() for head in header]
    kind = _kind_of(heads, name)
    kept = [(column, heads.index(column)) for column in (*COLUMNS[kind], *MAY_STAND) if column in heads]
    return Table(kind, _rows(records, name, len(heads), kept))


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the whole ``file``."""
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


def _refuse_other_encodings(file: IO[bytes], name: str) -> None:
    """Refuse what is no text, and text in UTF-8 that says so: by its mark, or by letters that only UTF-8 writes so.

    Text in cp1252 with accents is never valid UTF-8 from end to end, and without accents both are the same bytes.
    """
    file.seek(0)
    decoder, is_utf_8, is_plain, is_first = codecs.getincrementaldecoder("utf-8")(), True, True, True
    while piece := file.read(PIECE):
        if b"\0" in piece:
            raise RefusedFileError([f"{name} is no CSV file. {DOWNLOAD}"])
        if is_first and piece.startswith(codecs.BOM_UTF8):
            raise RefusedFileError([_utf_8(name)])
        is_first, is_plain = False, is_plain and piece.isascii()
        try:
            if is_utf_8:
                decoder.decode(piece)
        except UnicodeDecodeError:
            is_utf_8 = False
    if is_utf_8 and not is_plain:
        raise RefusedFileError([_utf_8(name)])


def _utf_8(name: str) -> str:
    return f"{name} is in UTF-8, and the register's own files are in cp1252: somebody has saved it anew. {DOWNLOAD}"


def _kind_of(heads: list[str], name: str) -> RegisterKind:
    kind = RegisterKind.LINKS if "LinkURN" in heads else RegisterKind.SCHOOLS
    missing = [column for column in COLUMNS[kind] if column not in heads]
    if len(missing) == len(COLUMNS[kind]):
        raise RefusedFileError(
            [f"{name} is no file of the school register: its first line names none of the columns. {DOWNLOAD}"]
        )
    if missing:
        sentence = f"{name} has no column {', '.join(missing)}. Take a file with all columns from the register."
        raise RefusedFileError([sentence])
    return kind


def _records(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Go through the records that hold anything, each with its number; the header's is 1."""
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            raise RefusedFileError([f"{name} cannot be read as a CSV file at row {number}. {DOWNLOAD}"]) from error
        if record:
            yield number, record


def _rows(
    records: Iterator[tuple[int, list[str]]], name: str, width: int, kept: list[tuple[str, int]]
) -> Iterator[tuple[int, Row]]:
    is_empty = True
    for number, record in records:
        if len(record) != width:
            sentence = f"Row {number} of {name} has {len(record)} cells and the first row {width}. {DOWNLOAD}"
            raise RefusedFileError([sentence])
        is_empty = False
        yield number, {column: record[place].strip() for column, place in kept}
    if is_empty:
        raise RefusedFileError([f"{name} names its columns and holds no rows. {DOWNLOAD}"])
