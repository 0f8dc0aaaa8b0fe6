"""The school register is brought up to a file of the national one: told first, then done in one transaction."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from core.refreshing import refresh_pages
from core.tables import RefusedFileError
from schools.enums import RegisterKind, SchoolStatus
from schools.models import School, SchoolLink
from schools.models.register import SAMPLE_URN
from schools.register.cells import Link, UnreadableRowError, link_in, school_in, urn_in
from schools.register.report import MOST_NAMED, Report
from schools.register.table import Row, Table
from schools.register.wards import own_area, ward_finder

AT_ONCE = 500
KEPT = [field.attname for field in School._meta.concrete_fields if field.name not in {"id", "urn"}]

Tick = Callable[[int], object]


@transaction.atomic
def bring_in(
    table: Table, *, authorities: Collection[str] = (), apply: bool = False, tick: Tick = lambda _: None
) -> Report:
    """Say what ``table`` would change here and, with ``apply``, change it: all of it, or nothing.

    ``authorities`` are the numbers of local authorities whose schools are taken; none means all. Schools are added,
    changed, closed and opened again, never deleted, and those that are not in the file stay as they are; links between
    schools become those of the file. A row that cannot be read is told and left out. ``tick`` is called with the number
    of rows that were just read.

    Raises:
        RefusedFileError: the file cannot be read to its end, or names a school twice; nothing was changed.
    """
    work = _Links(apply=apply) if table.kind == RegisterKind.LINKS else _Schools(set(authorities), apply=apply)
    while rows := list(islice(table.rows, AT_ONCE)):
        work.take(rows)
        work.report.rows += len(rows)
        tick(len(rows))
    report = work.finish()
    if apply:
        refresh_pages()
    return report


class _Schools:
    """Brings schools up to their rows, some hundred at a time."""

    def __init__(self, authorities: Collection[str], *, apply: bool) -> None:
        self.report, self.authorities, self.apply = Report(RegisterKind.SCHOOLS), authorities, apply
        self.find_ward, self.area = ward_finder(today=timezone.localdate()), own_area()
        self.seen: dict[str, int] = {}
        self.twice: list[str] = []

    def take(self, rows: list[tuple[int, Row]]) -> None:
        """Compare the schools of ``rows`` with those that stand, and keep what differs."""
        schools = list(self._readable(rows))
        standing = School.objects.in_bulk([school.urn for school in schools], field_name="urn")
        differing = [school for school in schools if self._differs(school, standing.get(school.urn))]
        if self.apply and not self.twice:
            School.objects.bulk_create(
                differing, update_conflicts=True, unique_fields=["urn"], update_fields=_names_of(KEPT)
            )

    def _readable(self, rows: list[tuple[int, Row]]) -> Iterator[School]:
        for number, row in rows:
            if self.authorities and row["LA (code)"] not in self.authorities:
                self.report.add("elsewhere")
                continue
            try:
                self._note(number, urn_in(row, "URN"))
                school = school_in(row)
            except UnreadableRowError as error:
                self.report.leave_out(number, str(error))
                continue
            school.ward = self.find_ward(school, row)
            if self.area and school.area_code == self.area and not school.ward:
                self.report.add("without ward")
            yield school

    def _note(self, number: int, urn: str) -> None:
        if urn in self.seen and len(self.twice) < MOST_NAMED:
            self.twice.append(f"{urn} stands in row {self.seen[urn]} and in row {number}. Keep the right one of them.")
        self.seen.setdefault(urn, number)

    def _differs(self, school: School, before: School | None) -> bool:
        if before is None:
            self.report.add("added")
            return True
        if all(getattr(school, name) == getattr(before, name) for name in KEPT):
            self.report.add("unchanged")
            return False
        self.report.add(_what_changed(before.status, school.status), str(school))
        return True

    def finish(self) -> Report:
        """Return the report, once every row was taken."""
        if self.twice:
            raise RefusedFileError(self.twice)
        here = School.objects.exclude(urn__startswith=SAMPLE_URN)
        if self.authorities:
            here = here.filter(authority_code__in=self.authorities)
        for urn, name in here.values_list("urn", "name").iterator():
            if urn not in self.seen:
                self.report.add("missing", f"{name} ({urn})")
        return self.report


def _names_of(columns: list[str]) -> list[str]:
    return [School._meta.get_field(column).name for column in columns]


def _what_changed(before: str, after: str) -> str:
    if before != after == SchoolStatus.CLOSED:
        return "closed"
    return "reopened" if before == SchoolStatus.CLOSED != after else "changed"


class _Links:
    """Makes the links between schools those of the file, once all of it was read."""

    def __init__(self, *, apply: bool) -> None:
        self.report, self.apply = Report(RegisterKind.LINKS), apply
        self.known = dict(School.objects.values_list("urn", "pk"))
        self.told: dict[tuple[int, int], date | None] = {}

    def take(self, rows: list[tuple[int, Row]]) -> None:
        """Note who followed whom. The register tells each link from both sides, and may know its day from one."""
        for number, row in rows:
            try:
                link = link_in(row)
            except UnreadableRowError as error:
                self.report.leave_out(number, str(error))
                continue
            if link is None:
                self.report.add("other links")
            elif not {link.urn, link.successor} <= self.known.keys():
                self.report.add("unknown")
            else:
                self._note(link)

    def _note(self, link: Link) -> None:
        pair = (self.known[link.urn], self.known[link.successor])
        self.told[pair] = self.told.get(pair) or link.since

    def finish(self) -> Report:
        """Compare with the links that stand and keep what differs; return the report."""
        standing = {(link.school_id, link.successor_id): link for link in self._standing()}
        self.report.counts["added"] = len(self.told.keys() - standing.keys())
        for pair, link in standing.items():
            self.report.add(self._what_becomes_of(pair, link), str(link))
        gone = [link.pk for pair, link in standing.items() if pair not in self.told]
        if self.apply:
            SchoolLink.objects.filter(pk__in=gone).delete()
            SchoolLink.objects.bulk_create(
                [SchoolLink(school_id=a, successor_id=b, since=since) for (a, b), since in self.told.items()],
                update_conflicts=True,
                unique_fields=["school", "successor"],
                update_fields=["since"],
                batch_size=AT_ONCE,
            )
        return self.report

    def _standing(self) -> Iterator[SchoolLink]:
        real = SchoolLink.objects.exclude(school__urn__startswith=SAMPLE_URN)
        return real.select_related("school", "successor").iterator()

    def _what_becomes_of(self, pair: tuple[int, int], link: SchoolLink) -> str:
        if pair not in self.told:
            return "removed"
        return "unchanged" if link.since == self.told[pair] else "changed"
