"""An attacker with the whole database, the broker's files and the web log, who knows in which order people came.

She reads every table with its hidden columns: the row's place (`rowid`, `ctid`) and the transaction that wrote it
(`xmin`). She sorts whatever rows hold answers by each column in turn, and looks whether that is the order in which
people came. Then she looks for a value that leads from one row with answers to anything that has none.
"""

import base64
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import NormalDist
from typing import Any

from django.conf import settings
from django.db import connection

CHANCE = 0.001  # how often she may be fooled by chance alone, over everything that she looks at
PLACE, TRANSACTION = "(place)", "(transaction)"
SHORT = 5  # characters: "en", "true" and small numbers stand everywhere and lead nowhere


@dataclass(frozen=True)
class Row:
    """One row of a table, or one line of a file, by the names of its columns."""

    table: str
    values: Mapping[str, Any]

    @cached_property
    def words(self) -> str:
        """Everything that it says."""
        return "\n".join(str(value) for value in self.values.values())


def whole_database() -> list[Row]:
    """Return every row of every table, with its place and, on PostgreSQL, its transaction."""
    with connection.cursor() as cursor:
        return [row for table in connection.introspection.table_names(cursor) for row in _rows(cursor, table)]


def _rows(cursor: Any, table: str) -> list[Row]:
    # Names come from the database itself.
    if connection.vendor == "postgresql":
        place = "(ctid::text::point)[0] * 10000 + (ctid::text::point)[1], xmin::text::bigint"
    else:
        place = "0, 0" if _has_no_rowid(cursor, table) else "rowid, 0"
    cursor.execute(f'SELECT {place}, * FROM "{table}"')  # noqa: S608
    names = [PLACE, TRANSACTION, *(column[0] for column in cursor.description[2:])]
    return [Row(table, dict(zip(names, values, strict=True))) for values in cursor.fetchall()]


def _has_no_rowid(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
    return "WITHOUT ROWID" in (cursor.fetchone() or [""])[0].upper()


def counted_tables() -> set[str]:
    """Return the tables whose keys are counted: what was deleted leaves a gap there, and what stays has its number."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sequencename FROM pg_sequences")
            return {name.removesuffix("_id_seq") for (name,) in cursor.fetchall()}
        cursor.execute("SELECT name FROM sqlite_sequence")
        return {name for (name,) in cursor.fetchall()}


def broker_files() -> list[Row]:
    """Return what lies in the folders of a broker made of files, read as far as it can be."""
    folders = {settings.CELERY_BROKER_TRANSPORT_OPTIONS.get(name) for name in ("data_folder_in", "processed_folder")}
    files = [path for folder in folders if folder for path in Path(folder).rglob("*") if path.is_file()]
    return [Row("broker", {"name": path.name, "message": _unpacked(path.read_bytes())}) for path in files]


def _unpacked(message: bytes) -> str:
    try:
        return base64.b64decode(json.loads(message)["body"]).decode()
    except (ValueError, KeyError):
        return message.decode(errors="replace")


def orders_found(rows: Iterable[Row], fingerprints: list[str]) -> dict[tuple[str, str], float]:
    """Return how telling each order is that the rows with answers can be put into, by table and column.

    ``fingerprints`` tell each person's answers, in the order in which people came. An order is as telling as its rank
    correlation with that one, times the root of n - 1: a normal deviate where it was drawn by chance (Kendall and
    Gibbons, Rank Correlation Methods, chapter 4).
    """
    place_of = {words: place for place, words in enumerate(fingerprints)}
    looking = re.compile("|".join(map(re.escape, fingerprints)))
    holding: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        for words in looking.findall(row.words):
            holding[row.table][place_of[words]] = row
    found = {}
    for table, held in holding.items():
        inorder = [row for _, row in sorted(held.items())]
        for column in inorder[0].values:
            values = [_sortable(row.values[column]) for row in inorder]
            if len(set(values)) > 1:
                found[table, column] = _deviate(values)
    return found


def _sortable(value: Any) -> tuple[int, float, str]:
    return (0, value, "") if isinstance(value, int | float) else (1, 0, str(value))


def _deviate(values: list[Any]) -> float:
    """Return Spearman's correlation of ``values`` with the order in which they stand, times the root of n - 1."""
    ranks = _ranks(values)
    middle = (len(ranks) - 1) / 2
    spread = sum((rank - middle) ** 2 for rank in ranks)
    places = sum((place - middle) ** 2 for place in range(len(ranks)))
    together = sum((rank - middle) * (place - middle) for place, rank in enumerate(ranks))
    return together / math.sqrt(spread * places) * math.sqrt(len(ranks) - 1)


def _ranks(values: list[Any]) -> list[float]:
    """Return the rank of each value; equal ones share the middle of theirs."""
    first: dict[Any, int] = {}
    for place, value in enumerate(sorted(values)):
        first.setdefault(value, place)
    count = Counter(values)
    return [first[value] + (count[value] - 1) / 2 for value in values]


def bound(comparisons: int) -> float:
    """Return how telling the most telling of so many orders may be by chance alone (after Bonferroni)."""
    return NormalDist().inv_cdf(1 - CHANCE / (2 * comparisons))


def joins_found(rows: Iterable[Row], fingerprints: list[str]) -> list[tuple[str, str, str]]:
    """Return each value that leads from one row with answers to one that has none: table, column and where to."""
    looking = re.compile("|".join(map(re.escape, fingerprints)))
    answers, others = [], defaultdict(set)
    for row in rows:
        if looking.search(row.words):
            answers.append(row)
            continue
        for column, value in row.values.items():
            if column != PLACE:
                for said in {_comparable(value), *map(_comparable, re.split(r"[\s/\"':,?=]+", str(value)))}:
                    others[said].add(row.table)
    held = Counter(
        (row.table, said)
        for row in answers
        for said in {_comparable(value) for column, value in row.values.items() if column != PLACE}
    )
    return [
        (row.table, column, where)
        for row in answers
        for column, value in row.values.items()
        for where in sorted(others.get(_comparable(value), ()))
        if column != PLACE and _comparable(value) and held[row.table, _comparable(value)] == 1
    ]


def _comparable(value: Any) -> str:
    """Return ``value`` as text, a UUID however it is written; empty where it is too short to lead anywhere."""
    said = str(value).replace("-", "")
    return said if len(said) >= SHORT or (said.isdigit() and len(said) > 3) else ""
