"""A population's numbers come in from a file, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.log_actions import log

from core.models import User
from core.tables import Problems, rows_in
from surveys.actions.margin_tables import COLUMNS, NotAnswered, Table, tables_in
from surveys.models import Margin, Wave


@dataclass
class MarginsReport:
    """What came in: rows by what became of them, and sentences about what an analyst should know."""

    population: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What became of the rows."""
        removed = f"{len(self.removed)} removed"
        return f"{self.population}: {self.added} added, {self.changed} changed, {removed}, {self.unchanged} unchanged."


@transaction.atomic
def import_margins(
    *,
    content: bytes,
    name: str,
    not_answered: NotAnswered | None = None,
    by: User | None = None,
    tick: Callable[[], object] = lambda: None,
) -> MarginsReport:
    """Bring the numbers of a population up to the file (:mod:`surveys.actions.margin_tables` says what it looks like).

    The rows of a question and a year in the file take the place of those that stand for it: an option that the file has
    not is removed. ``tick`` is called for each row.

    Raises:
        RefusedFileError: something in the file is wrong; nothing was imported.
    """
    problems = Problems()
    population, tables = tables_in(rows_in(content, name, COLUMNS), problems, not_answered=not_answered)
    problems.raise_any()
    report = MarginsReport(population, notes=_notes(population, tables))
    for table in tables:
        _keep(population, table, report, tick)
    if by:
        for margin in Margin.objects.filter(population=population, question=tables[0].question)[:1]:
            log(instance=margin, action="surveys.import_margins", user=by, data={"reason": report.sentence})
    return report


def _keep(population: str, table: Table, report: MarginsReport, tick: Callable[[], object]) -> None:
    kept = Margin.objects.filter(population=population, question=table.question, year=table.year)
    standing = {margin.option: margin for margin in kept}
    for option, people in table.people.items():
        said = {"total": people, "source": table.source, "is_sample": table.is_sample}
        margin = standing.pop(option, None)
        if margin is None:
            Margin.objects.create(
                population=population, question=table.question, option=option, year=table.year, **said
            )
            report.added += 1
        elif any(getattr(margin, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(margin, name, value)
            margin.save()
            report.changed += 1
        else:
            report.unchanged += 1
        tick()
    for option, margin in standing.items():
        margin.delete()
        report.removed.append(f"{table.question.code} {option}, {table.year}")


def _notes(population: str, tables: list[Table]) -> list[str]:
    """Return what was scaled, and what keeps the numbers from being used yet."""
    notes = [
        f"{table.question.code}: {table.total:,} people in all, as in {tables[0].question.code}; each row was "
        f"scaled by {table.raised_by:.6f}."
        for table in tables
        if table.raised_by != 1
    ]
    if not Wave.objects.filter(population=population).exists():
        notes.append(f"No wave asks “{population}” in these words yet. They have to be the same to be used.")
    return notes
