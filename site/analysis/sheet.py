"""A CSV file of answers as columns: a row for each respondent, an empty field for no answer."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.categories import LARGEST, Categorical, Floats, categorical

WHOLE = re.compile(r"^(-?\d+)\.0+$")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of the file ``name`` as columns of texts; ``lines`` holds the line of the file that a row stands in."""

    name: str
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.lines)

    def where(self, conditions: Mapping[str, Sequence[str]]) -> "Sheet":
        """Return the rows in which each column named has one of the values given for it.

        Raises:
            ValueError: there is no such column, or no row is left.
        """
        rows: Sequence[int] = range(self.rows)
        for name, values in conditions.items():
            column = self.texts(name)
            rows = [row for row in rows if column[row] in values]
            if not rows:
                raise ValueError(f"No row of {self.name} is left where {name} is {' or '.join(values)}.")
        columns = {name: [column[row] for row in rows] for name, column in self.columns.items()}
        return replace(self, columns=columns, lines=[self.lines[row] for row in rows])

    def texts(self, name: str) -> Sequence[str]:
        """Return a column as it stands in the file.

        Raises:
            ValueError: there is no such column.
        """
        if name not in self.columns:
            raise ValueError(f"{self.name} has no column {name}; it has {', '.join(self.columns)}.")
        return self.columns[name]

    def answers(self, name: str, *, also: Sequence[str] = ()) -> Categorical:
        """Return a column as categories, in alphabetical order; those ``also`` named may be nobody's.

        Raises:
            ValueError: there is no such column.
        """
        column = self.texts(name)
        return categorical(column, labels=sorted({*column, *also} - {""}))

    def numbers(self, name: str) -> Floats:
        """Return a column as numbers, shape (rows,), NaN for an empty field.

        Raises:
            ValueError: there is no such column, or a field holds what is no number.
        """
        column = self.texts(name)
        found = np.array([_number(text) for text in column])
        wrong = np.flatnonzero(np.isinf(found))
        if wrong.size:
            row = int(wrong[0])
            raise ValueError(
                f"{self.name}, line {self.lines[row]}: {name} is {column[row]!r}, which is no number to reckon with."
            )
        return found

    def complete(self, name: str) -> Floats:
        """Return a column in which every row has a number.

        Raises:
            ValueError: as :meth:`numbers`, or a field is empty.
        """
        found = self.numbers(name)
        if np.isnan(found).any():
            line = self.lines[int(np.argmax(np.isnan(found)))]
            raise ValueError(f"{self.name}, line {line}: {name} is empty, and every row needs one.")
        return found


def _field(text: str) -> str:
    """Return a field as its answer is named elsewhere: whole numbers beside empty fields are often saved as 1.0."""
    return WHOLE.sub(r"\1", text.strip())


def _number(text: str) -> float:
    """Return a field's number, NaN where it is empty and infinity where it holds anything else."""
    if not text:
        return np.nan
    try:
        number = float(text)
    except ValueError:
        return np.inf
    return number if abs(number) < LARGEST else np.inf


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file with a header, in UTF-8. Spaces around a field do not count, and 1.0 is read as 1.

    Raises:
        ValueError: the file cannot be read or is no UTF-8, has no rows, a column without a name or two of one name,
            or a row has more or fewer fields than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            rows = [(reader.line_num, row) for row in reader if row]
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not a text in UTF-8. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise ValueError(f"{path} is no CSV file: {error}.") from error
    if not all(header) or len(set(header)) < len(header):
        raise ValueError(f"{path.name} has a column without a name, or two of one name: name each once.")
    if not rows:
        raise ValueError(f"{path.name} holds no rows below a header.")
    for line, row in rows:
        if len(row) != len(header):
            raise ValueError(f"{path.name}, line {line}, has {len(row)} fields and the header {len(header)}.")
    columns = {name: [_field(row[place]) for _, row in rows] for place, name in enumerate(header)}
    return Sheet(name=path.name, columns=columns, lines=[line for line, _ in rows])
