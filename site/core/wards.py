"""Reading wards and areas from files: all of a file or nothing of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from core.enums import CodeStatus
from core.models import Area, Ward
from core.tables import Problems, RefusedFileError, rows_of

WARD_COLUMNS = ("code", "name", "valid_from", "valid_to", "code_status")
AREA_COLUMNS = ("code", "name", "wards")

__all__ = ["RefusedFileError", "Report", "import_areas", "import_wards", "ward_key"]

Row = TypeVar("Row", Ward, Area)


@dataclass
class Report:
    """What an import did, by name."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    unchanged: int = 0


def ward_key(name: str, valid_from: date) -> str:
    """Return our own key of a ward: its name and the year it began."""
    return f"{slugify(name.replace('&', ' and '))}-{valid_from.year}"


@transaction.atomic
def import_wards(path: Path, *, tick: Callable[[], object] = lambda: None) -> Report:
    """Bring the wards up to the file: new ones are added, others changed; none is deleted.

    A ward is known by its key (name and first year), never by its name alone. ``tick`` is called for each row.

    Raises:
        RefusedFileError: something in the file is wrong; nothing was imported.
    """
    problems, report = Problems(), Report()
    wards = list(_wards(rows_of(path, WARD_COLUMNS), problems))
    problems.raise_any()
    for line, ward in wards:
        _keep_ward(line, ward, problems, report)
        tick()
    problems.raise_any()
    return report


def _wards(rows: list[tuple[int, dict[str, str]]], problems: Problems) -> Iterator[tuple[int, Ward]]:
    seen: dict[str, int] = {}
    for line, row in rows:
        valid_from = _day(row["valid_from"], "valid_from", line, problems)
        valid_to = _day(row["valid_to"], "valid_to", line, problems) if row["valid_to"] else None
        if valid_from is None:
            continue
        key = ward_key(row["name"], valid_from)
        if key in seen:
            problems.add(line, f"{row['name']} from {valid_from.year} stands on line {seen[key]} already. Remove one.")
        seen.setdefault(key, line)
        status = _status(row["code_status"], line, problems)
        yield (
            line,
            Ward(
                key=key,
                code=row["code"],
                code_status=status,
                name=row["name"],
                valid_from=valid_from,
                valid_to=valid_to,
            ),
        )


def _day(text: str, column: str, line: int, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.add(line, f"{column} is {text!r}. Write a day as 2026-05-07.")
        return None


def _status(text: str, line: int, problems: Problems) -> str:
    """Return the status of a code; "inferred from alphabetical order" and the like begin with the word itself."""
    word = text.partition(" ")[0].lower()
    if word not in CodeStatus.values:
        problems.add(line, f"code_status is {text!r}. Write {', '.join(CodeStatus.values)}.")
        return CodeStatus.UNKNOWN
    return word


def _keep_ward(line: int, ward: Ward, problems: Problems, report: Report) -> None:
    before = Ward.objects.filter(key=ward.key).first()
    if before and _same(before, ward, WARD_COLUMNS):
        report.unchanged += 1
        return
    closes = before is not None and before.valid_to is None and ward.valid_to is not None
    kept = _updated(before, ward, WARD_COLUMNS)
    if _is_sound(line, kept, problems):
        kept.save()
        (report.closed if closes else report.changed if before else report.added).append(str(kept))


def _updated(before: Row | None, after: Row, names: tuple[str, ...]) -> Row:
    """Return the row that stands with the new values, or the new row."""
    for name in names if before else ():
        setattr(before, name, getattr(after, name))
    return before or after


def _is_sound(line: int, row: Ward | Area, problems: Problems) -> bool:
    try:
        row.full_clean()
    except ValidationError as error:
        problems.add_all(line, row.name or "a row without a name", error)
        return False
    return True


def _same(one: Ward | Area, other: Ward | Area, names: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


@transaction.atomic
def import_areas(path: Path, *, on: date, tick: Callable[[], object] = lambda: None) -> Report:
    """Bring the areas up to the file, each made of whole wards in force on the day ``on``.

    The file names wards by their keys (name and first year), with semicolons between. ``tick`` is called for each row.

    Raises:
        RefusedFileError: a ward is in no area or in two, is not known, or another thing is wrong; nothing was imported.
    """
    problems, report = Problems(), Report()
    rows = rows_of(path, AREA_COLUMNS)
    wards = {ward.key: ward for ward in Ward.objects.in_force(on)}
    _check_partition(rows, set(wards), problems)
    problems.raise_any()
    for order, (line, row) in enumerate(rows, start=1):
        area = Area(code=row["code"], name=row["name"], order=order)
        _keep_area(line, area, [wards[key] for key in _keys(row)], problems, report)
        tick()
    problems.raise_any()
    return report


def _keys(row: dict[str, str]) -> list[str]:
    return [key.strip() for key in row["wards"].split(";") if key.strip()]


def _check_partition(rows: list[tuple[int, dict[str, str]]], known: set[str], problems: Problems) -> None:
    if not 4 <= len(rows) <= 7:
        problems.said.append(f"The file has {len(rows)} areas. Make 4 to 7: fewer say little, more point to people.")
    times = Counter(key for _, row in rows for key in _keys(row))
    for line, row in rows:
        for key in _keys(row):
            if key not in known:
                problems.add(line, f"no ward in force has the key {key!r}. Import the wards first, or mend the key.")
            elif times[key] > 1:
                problems.add(line, f"{key} stands in {times[key]} places. Put each ward in one area, once.")
    missing = sorted(known - set(times))
    if missing:
        problems.said.append(f"No area holds {', '.join(missing)}. Put each ward in one area.")


def _keep_area(line: int, area: Area, wards: list[Ward], problems: Problems, report: Report) -> None:
    before = Area.objects.filter(code=area.code).first()
    if before and _same(before, area, ("name", "order")) and set(before.wards.all()) == set(wards):
        report.unchanged += 1
        return
    kept = _updated(before, area, ("name", "order"))
    if _is_sound(line, kept, problems):
        kept.save()
        kept.wards.set(wards)
        (report.changed if before else report.added).append(kept.name)
