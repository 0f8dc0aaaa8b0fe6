"""Makers of schools, and of files in the shape of the national register's; everything in them is invented."""

import csv
import io
from itertools import count

from schools.models import School, SchoolLink
from schools.register.cells import words_of

_numbers = count(150_000)

ROW = {
    "URN": "100001",
    "EstablishmentName": "École Saint-Exupéry",
    "LA (code)": "382",
    "LA (name)": "Somewhere",
    "GSSLACode (name)": "E08000034",
    "PhaseOfEducation (code)": "2",
    "EstablishmentTypeGroup (name)": "Academies",
    "EstablishmentStatus (code)": "1",
    "OpenDate": "01-09-2010",
    "CloseDate": "",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "NumberOfPupils": "210",
    "CensusDate": "15-01-2026",
    "Town": "Dalton",
    "Postcode": "ZZ1 2AB",
    "AdministrativeWard (name)": "Dalton",
}
# The real file has columns about people. None of them is read.
PEOPLE = {
    "HeadTitle (name)": "Dr",
    "HeadFirstName": "Wilhelmina",
    "HeadLastName": "Quicksilver",
    "HeadPreferredJobTitle": "Headteacher",
    "TelephoneNum": "01632960123",
    "MainEmail": "wilhelmina@example.org",
}
LINK = {
    "URN": "100001",
    "LinkURN": "100002",
    "LinkName": "Another",
    "LinkType": "Successor",
    "LinkEstablishedDate": "01-09-2024",
}


def register_file(*rows: dict[str, str], encoding: str = "cp1252") -> bytes:
    """Return a file with ``rows``, each a change of an ordinary school or link; people stand in it too."""
    base = LINK if any("LinkURN" in row for row in rows) else ROW | PEOPLE
    whole = io.StringIO(newline="")
    writer = csv.DictWriter(whole, list(base) + [name for name in (rows[0] if rows else {}) if name not in base])
    writer.writeheader()
    writer.writerows(base | row for row in rows)
    return whole.getvalue().encode(encoding)


def make_school(**fields) -> School:
    urn = str(next(_numbers))
    given = {"urn": urn, "name": f"School {urn}", "phase": "primary", "status": "open", "area_code": "E08000034"}
    school = School(**given | fields)
    school.words = words_of(school)
    school.save()
    return school


def follow(school: School, *successors: School, **fields) -> None:
    """Close ``school`` and let ``successors`` follow it."""
    school.status = "closed"
    school.save()
    for successor in successors:
        SchoolLink.objects.create(school=school, successor=successor, **fields)
