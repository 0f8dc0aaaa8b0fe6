"""An evaluation as a spreadsheet: one line of it a row, no cell of it a formula."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.enums import LessonKind, Level
from campaigns.evaluation.lines import Report
from core.spreadsheets import disarmed

WIDTHS = 12, 34, 14, 26, 14, 26, 26, 34, 34, 60, 12, 40
HEADS = (
    "Level",
    "What",
    "Number",
    "In words",
    "Unit",
    "Range",
    "Base",
    "How it is known",
    "Source",
    "What may be said of it",
    "Sample data",
    "Corrected since",
)


def workbook_of(report: Report, *, state: str) -> bytes:
    """Return ``report`` as an XLSX file; ``state`` says whether it is approved."""
    book = Workbook()
    book.remove(book.active)
    _sheet(book, "Evaluation", HEADS, _lines(report))
    _sheet(book, "Lessons", ("What it tells", "Lesson"), _lessons(report))
    _sheet(book, "About", ("What", "Answer"), _about(report, state))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(report: Report) -> Iterable[tuple[Any, ...]]:
    for line in report.lines:
        yield (
            str(Level(line.level).label),
            line.label,
            line.value,
            line.shown,
            line.unit,
            line.interval,
            line.base,
            line.method,
            line.source,
            line.said,
            "Sample data" if line.is_sample else "",
            line.corrected,
        )


def _lessons(report: Report) -> Iterable[tuple[Any, ...]]:
    return ((str(LessonKind(kind).label), text) for kind, text in report.lessons)


def _about(report: Report, state: str) -> Iterable[tuple[Any, ...]]:
    yield ("Campaign", report.title)
    yield ("State of the evaluation", state)
    yield ("Dates", report.dates)
    yield ("Aim", report.aim)
    yield ("Objective of the strategy", report.serves)
    yield from (("Objective of the campaign", objective) for objective in report.objectives)
    yield ("Reach counted to", report.counted_to)
    yield ("Made on", report.made_on)
    yield (
        "Reading it",
        "Counts of different things are never added together. Reach does not show that anything changed.",
    )


def _sheet(book: Workbook, title: str, heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    sheet: Worksheet = book.create_sheet(title)
    sheet.append(heads)
    for row in rows:
        sheet.append([disarmed(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    widths = WIDTHS if len(heads) == len(HEADS) else (30, 100)
    for column, width in zip(sheet.columns, widths, strict=True):
        sheet.column_dimensions[column[0].column_letter].width = width
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
