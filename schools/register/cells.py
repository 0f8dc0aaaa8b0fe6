"""What one row of the register says, in our own terms."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import CharField

from schools.enums import Phase, SchoolStatus
from schools.models import School
from schools.models.register import SAMPLE_URN, URN_SHAPE
from schools.register.table import Row

PHASES = {
    "": Phase.NONE,
    "0": Phase.NONE,
    "1": Phase.NURSERY,
    "2": Phase.PRIMARY,
    "3": Phase.MIDDLE_PRIMARY,
    "4": Phase.SECONDARY,
    "5": Phase.MIDDLE_SECONDARY,
    "6": Phase.POST_16,
    "7": Phase.ALL_THROUGH,
}
# Open, closed, open but proposed to close, proposed to open.
STATUSES = {"1": SchoolStatus.OPEN, "2": SchoolStatus.CLOSED, "3": SchoolStatus.OPEN, "4": SchoolStatus.PLANNED}
TEXTS = [field for field in School._meta.fields if isinstance(field, CharField) and not field.choices]
MOST = 32_767

Answer = TypeVar("Answer")


class UnreadableRowError(ValueError):
    """A row that says something that cannot be, in a sentence."""


@dataclass(frozen=True)
class Link:
    """One school, by its URN, was followed by another, since a day if the register says which."""

    urn: str
    successor: str
    since: date | None


def school_in(row: Row) -> School:
    """Return the school that ``row`` describes, not saved, and without its ward.

    Raises:
        UnreadableRowError: it says something that cannot be.
    """
    school = School(
        urn=urn_in(row, "URN"),
        name=row["EstablishmentName"],
        authority_code=row["LA (code)"],
        authority_name=row["LA (name)"],
        area_code=row["GSSLACode (name)"],
        phase=_one_of(PHASES, row, "PhaseOfEducation (code)"),
        type_group=row["EstablishmentTypeGroup (name)"],
        status=_one_of(STATUSES, row, "EstablishmentStatus (code)"),
        opened_on=_day(row, "OpenDate"),
        closed_on=_day(row, "CloseDate"),
        youngest=_number(row, "StatutoryLowAge"),
        oldest=_number(row, "StatutoryHighAge"),
        pupils=_number(row, "NumberOfPupils"),
        counted_on=_day(row, "CensusDate"),
        town=row["Town"],
        postcode=row["Postcode"].upper(),
    )
    _refuse_what_cannot_be(school)
    school.words = words_of(school)
    return school


def link_in(row: Row) -> Link | None:
    """Return which school followed which, as ``row`` tells from either side; None where it tells of something else.

    Raises:
        UnreadableRowError: it says something that cannot be.
    """
    this, other, kind = urn_in(row, "URN"), urn_in(row, "LinkURN"), row["LinkType"].casefold()
    if not kind.startswith(("successor", "predecessor")) or this == other:
        return None
    since = _day(row, "LinkEstablishedDate")
    return Link(this, other, since) if kind.startswith("successor") else Link(other, this, since)


def urn_in(row: Row, column: str) -> str:
    """Return the unique reference number in ``column``.

    Raises:
        UnreadableRowError: it is none, or one of the demonstration's.
    """
    urn = row[column]
    if not re.match(URN_SHAPE, urn):
        raise UnreadableRowError(f"{column} is {urn!r}, which is no unique reference number.")
    if urn.startswith(SAMPLE_URN):
        raise UnreadableRowError(f"{column} is {urn!r}: those that begin with {SAMPLE_URN} are kept for samples.")
    return urn


def words_of(school: School) -> str:
    """Return what ``school`` is found by: name, town, postcode with and without its space, and URN."""
    return folded(" ".join((school.name, school.town, school.postcode, school.postcode.replace(" ", ""), school.urn)))


def folded(text: str) -> str:
    """Return ``text`` in small letters, without accents and apostrophes: St Mary's is found by "st marys"."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub("['`\u2019]", "", plain).casefold().split())


def _one_of(known: dict[str, Answer], row: Row, column: str) -> Answer:
    if row[column] not in known:
        raise UnreadableRowError(f"{column} is {row[column]!r}. Known are {', '.join(filter(None, known))}.")
    return known[row[column]]


def _day(row: Row, column: str) -> date | None:
    if not row[column]:
        return None
    try:
        return datetime.strptime(row[column], "%d-%m-%Y").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise UnreadableRowError(f"{column} is {row[column]!r}. The register writes a day as 31-08-2026.") from None


def _number(row: Row, column: str) -> int | None:
    text = row[column]
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= MOST):
        raise UnreadableRowError(f"{column} is {text!r}, which is no number of years or pupils.")
    return int(text)


def _refuse_what_cannot_be(school: School) -> None:
    if not school.name:
        raise UnreadableRowError("EstablishmentName is empty.")
    for field in TEXTS:
        if len(getattr(school, field.name)) > (field.max_length or 0):
            raise UnreadableRowError(f"The {field.verbose_name} is longer than {field.max_length} letters.")
    if school.opened_on and school.closed_on and school.closed_on < school.opened_on:
        raise UnreadableRowError("CloseDate is before OpenDate.")
    if school.youngest is not None and school.oldest is not None and school.oldest < school.youngest:
        raise UnreadableRowError("StatutoryHighAge is lower than StatutoryLowAge.")
