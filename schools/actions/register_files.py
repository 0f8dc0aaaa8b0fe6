"""A file of the register on its way: brought by somebody, compared, brought in or given up; kept on the record."""

from collections.abc import Collection

from django.utils import timezone

from schools.enums import ImportState
from schools.models import RegisterImport
from schools.register.report import Report


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
