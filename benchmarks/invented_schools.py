"""Invented schools in the shape of the national register's file: as many as wanted, none of them real."""

import csv
from collections.abc import Sequence
from pathlib import Path

from schools.register.table import COLUMNS, ENCODING, MAY_STAND

# What the real file has beside the columns that are read: people's names among them, invented here.
NOT_READ = ("HeadTitle (name)", "HeadFirstName", "HeadLastName", "TelephoneNum", "MainEmail", "Street", "UPRN")
HEADS = (*COLUMNS["schools"], *MAY_STAND, *NOT_READ)
TYPES = ("Academies", "Local authority maintained schools", "Free Schools", "Independent schools")


def write_schools(path: Path, count: int, *, heads: Sequence[str] = HEADS) -> Path:
    """Write a register of ``count`` schools to ``path``, every seventh of them closed, and return the path."""
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.DictWriter(file, heads, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(invented(number) for number in range(count))
    return path


def invented(number: int) -> dict[str, str]:
    """Return the row of one school; its head is as invented as the rest."""
    closed = number % 7 == 3
    return {
        "URN": str(100_000 + number),
        "EstablishmentName": f"Invented École {number}",
        "LA (code)": str(200 + number % 150),
        "LA (name)": f"Place {number % 150}",
        "GSSLACode (name)": f"E{80_000_000 + number % 150}",
        "PhaseOfEducation (code)": str(number % 8),
        "EstablishmentTypeGroup (name)": TYPES[number % len(TYPES)],
        "EstablishmentStatus (code)": "2" if closed else "1",
        "OpenDate": f"{1 + number % 28:02}-09-{1950 + number % 60}",
        "CloseDate": "31-08-2021" if closed else "",
        "StatutoryLowAge": str(3 + number % 9),
        "StatutoryHighAge": str(11 + number % 8),
        "NumberOfPupils": str(30 + number % 1_500),
        "CensusDate": "15-01-2026",
        "Town": f"Town {number % 900}",
        "Postcode": f"ZZ{number % 90} {number % 10}AA",
        "AdministrativeWard (name)": f"Ward {number % 700}",
        "AdministrativeWard (code)": f"E{5_000_000 + number % 700:08}",
        "HeadTitle (name)": "Dr",
        "HeadFirstName": "Nobody",
        "HeadLastName": f"Atall{number}",
        "TelephoneNum": "01632960000",
        "MainEmail": f"nobody{number}@example.org",
        "Street": f"{number} Nowhere Street",
        "UPRN": str(number),
    }
