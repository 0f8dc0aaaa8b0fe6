"""A file of the register on its way: brought by somebody, compared, brought in or given up; kept on the record."""

import csv
import tempfile
from collections.abc import Callable, Collection
from datetime import timedelta
from io import TextIOWrapper
from typing import IO
from uuid import uuid4

import structlog
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import User
from core.storage import discard
from core.tables import RefusedFileError
from schools.actions.register import bring_in
from schools.enums import ImportState
from schools.models import RegisterImport
from schools.register.report import Report
from schools.register.table import Table, digest_of, open_table

log = structlog.get_logger(__name__)

STORED_IN = "utf-8"  # what we keep of a file is ours, whatever it came in
LOST_AFTER = timedelta(minutes=15)  # longer than any task may take (CELERY_TASK_TIME_LIMIT)
GIVEN_UP_AFTER = timedelta(days=30)
TOLD_FOR = 3600  # seconds that the cache keeps how far the worker is
BEGUN = {ImportState.WAITING: ImportState.READING, ImportState.CONFIRMED: ImportState.APPLYING}
ENDED = {ImportState.READING: ImportState.REPORTED, ImportState.APPLYING: ImportState.DONE}


def record(report: Report, *, name: str, digest: str, authorities: Collection[str]) -> RegisterImport:
    """Put on record that a command brought a file in."""
    return RegisterImport.objects.create(
        kind=report.kind,
        name=name[:200],
        digest=digest,
        authorities=sorted(authorities),
        state=ImportState.DONE,
        report=report.as_json(),
        rows=report.rows,
        ended_at=timezone.now(),
    )


def take_in(*, file: IO[bytes], name: str, authorities: Collection[str], by: User) -> RegisterImport:
    """Keep the columns of ``file`` that we read, and nothing else of it, and have the worker compare it.

    Raises:
        RefusedFileError: it is none of the register's files, or cannot be read to its end; nothing is kept.
    """
    table = open_table(file, name)
    with tempfile.TemporaryFile() as kept:
        rows = _write(table, kept)
        with transaction.atomic():
            brought = RegisterImport(
                kind=table.kind,
                name=name[:200],
                digest=digest_of(file),
                authorities=sorted(authorities),
                rows=rows,
                brought_by=by,
            )
            brought.file.save(f"{uuid4()}.csv", File(kept), save=False)
            brought.save()
            nudge(brought)
    return brought


def _write(table: Table, to: IO[bytes]) -> int:
    """Write the rows of ``table`` and return how many there were."""
    text, count = TextIOWrapper(to, encoding=STORED_IN, newline=""), 0
    writer: csv.DictWriter[str] | None = None
    for _, row in table.rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row))
            writer.writeheader()
        writer.writerow(row)
        count += 1
    text.detach()
    to.seek(0)
    return count


def confirm(*, brought: RegisterImport) -> None:
    """Let what the report says be done, by the worker, at once.

    Raises:
        ValidationError: it is not compared, somebody decided already, or another file is just being brought in.
    """
    with transaction.atomic():
        row = _undecided(brought)
        if RegisterImport.objects.filter(state__in=(ImportState.CONFIRMED, ImportState.APPLYING)).exists():
            raise ValidationError("Another file is just being brought in. Wait until it is done, then press it again.")
        RegisterImport.objects.filter(pk=row.pk).update(state=ImportState.CONFIRMED)
        nudge(row)


@transaction.atomic
def drop(*, brought: RegisterImport) -> None:
    """Leave everything as it is.

    Raises:
        ValidationError: it is not compared yet, or somebody decided already.
    """
    _end(_undecided(brought), state=ImportState.DROPPED)


def _undecided(brought: RegisterImport) -> RegisterImport:
    row = RegisterImport.objects.select_for_update().get(pk=brought.pk)
    if row.state != ImportState.REPORTED:
        raise ValidationError("Somebody has decided about this file already, or it is not compared yet.")
    return row


def nudge(brought: RegisterImport) -> None:
    """Tell a worker after the commit; a nudge that is lost costs a minute, until the sweeper comes."""
    from schools.tasks import carry_register_file as task

    transaction.on_commit(lambda: task.delay(brought.pk), robust=True)


def carry_on(*, brought: RegisterImport) -> None:
    """Compare the file or bring it in, whichever is next, unless somebody else is at it."""
    begun = _begin(brought)
    if begun is None:
        return
    try:
        _do(begun)
    except RefusedFileError as refused:
        _fail(begun, "\n".join(refused.problems))
    except Exception as error:  # Whatever it was, the schools lead is told, and the sweeper does not try for ever.
        log.exception("register file not carried on", file=begun.pk)
        _fail(begun, f"Something went wrong that nobody foresaw ({type(error).__name__}). Tell whoever runs the site.")


@transaction.atomic
def _begin(brought: RegisterImport) -> RegisterImport | None:
    row = due(RegisterImport.objects.select_for_update().filter(pk=brought.pk)).first()
    if row is None:
        return None
    row.state, row.touched = BEGUN.get(ImportState(row.state), ImportState(row.state)), timezone.now()
    row.save(update_fields=["state", "touched"])
    return row


def due(rows: QuerySet[RegisterImport]) -> QuerySet[RegisterImport]:
    """Return those of ``rows`` that a worker should begin: they wait, or whoever began must have died."""
    silent = Q(touched=None) | Q(touched__lt=timezone.now() - LOST_AFTER)
    return rows.filter(Q(state__in=BEGUN) | Q(state__in=ENDED) & silent).order_by("pk")


@transaction.atomic
def _do(brought: RegisterImport) -> None:
    """Do it and write what came of it, in the transaction that changes the schools: both, or neither."""
    row = RegisterImport.objects.select_for_update().get(pk=brought.pk)
    if row.state != brought.state:
        return
    applies = row.state == ImportState.APPLYING
    with row.file.open("rb") as file:
        table = open_table(file, row.name, encoding=STORED_IN)
        report = bring_in(table, authorities=row.authorities, apply=applies, tick=_teller(row))
    row.state, row.report = ENDED[ImportState(row.state)], report.as_json()
    row.save(update_fields=["state", "report"])
    if applies:
        _end(row, state=ImportState.DONE)


def _fail(brought: RegisterImport, problem: str) -> None:
    with transaction.atomic():
        row = RegisterImport.objects.select_for_update().get(pk=brought.pk)
        if row.state == brought.state:
            _end(row, state=ImportState.FAILED, problem=problem)


def _end(row: RegisterImport, *, state: ImportState, problem: str = "") -> None:
    if row.file:
        discard(row.file.storage, str(row.file.name))
    RegisterImport.objects.filter(pk=row.pk).update(state=state, problem=problem, file="", ended_at=timezone.now())


def sweep() -> None:
    """Carry on what a worker forgot or died over, and give up what nobody decided about for a month."""
    for brought in due(RegisterImport.objects.all()):
        carry_on(brought=brought)
    before = timezone.now() - GIVEN_UP_AFTER
    for brought in RegisterImport.objects.filter(state=ImportState.REPORTED, brought_at__lt=before):
        drop(brought=brought)


def _teller(brought: RegisterImport) -> Callable[[int], None]:
    """Return what says how many rows are read. In the cache: nobody sees what a transaction writes before its end."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        cache.set(_told(brought), done, TOLD_FOR)

    return tell


def rows_done(brought: RegisterImport) -> int:
    """Return how many rows of the file the worker has read in what it does now; 0 where nobody knows yet."""
    return cache.get(_told(brought)) or 0


def _told(brought: RegisterImport) -> str:
    return f"schools:register:{brought.pk}:{brought.state}"
