"""What can be asked about schools: which one each is today, which fit what was typed, which were reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When

from core.models import Ward
from schools.enums import SchoolStatus
from schools.models import School, SchoolLink, SchoolReached
from schools.models.register import SAMPLE_URN
from schools.register.cells import folded
from schools.register.wards import own_area

FOUND_AT_MOST = 20
LONGEST_SEARCH = 100
SHORTEST_SEARCH = 2
MOST_WORDS = 8


def present_keys() -> dict[int, int]:
    """Return the key of the school that each closed one is today, through every successor; others are themselves.

    Of several successors, as where a school was split, it is the first that is open, so that it still counts once;
    schools that were merged are one. Where links lead in a circle, all in it are the same school.
    """
    chosen: dict[int, tuple[bool, date, str, int]] = {}
    links = SchoolLink.objects.filter(school__status=SchoolStatus.CLOSED)
    for school, successor, urn, status, since in links.values_list(
        "school", "successor", "successor__urn", "successor__status", "since"
    ):
        offered = (status != SchoolStatus.OPEN, since or date.max, urn, successor)
        chosen[school] = min(offered, chosen.get(school, offered))
    following = {school: successor for school, (*_, successor) in chosen.items()}
    return {school: _last_of(school, following) for school in following}


def _last_of(school: int, following: Mapping[int, int]) -> int:
    way = [school]
    while (following_one := following.get(way[-1])) is not None:
        if following_one in way:
            return min(way[way.index(following_one) :])
        way.append(following_one)
    return way[-1]


def present_school(urn: str) -> School | None:
    """Return the school that the one with this number is today; None where the register has no such number."""
    school = School.objects.filter(urn=urn).first()
    return School.objects.get(pk=present_keys().get(school.pk, school.pk)) if school else None


@dataclass(frozen=True)
class Found:
    """The schools that fit what was typed, the council's own first, and whether there are more."""

    schools: list[School]
    has_more: bool = False


def find_schools(typed: str) -> Found:
    """Return the open schools whose name, town, postcode and number hold every word of ``typed``."""
    words = folded(typed[:LONGEST_SEARCH].replace("\0", " ")).split()[:MOST_WORDS]
    if len("".join(words)) < SHORTEST_SEARCH:
        return Found([])
    fits = Q(*(Q(words__contains=word) for word in words))
    ours_first = Case(When(area_code=own_area(), then=Value(0)), default=Value(1))
    found = list(School.objects.open().filter(fits).order_by(ours_first, "name", "urn")[: FOUND_AT_MOST + 1])
    return Found(found[:FOUND_AT_MOST], len(found) > FOUND_AT_MOST)


def reached(*, is_sample: bool, pack: str = "") -> QuerySet[SchoolReached]:
    """Return what was told of schools, of the pack with this code or of all; real ones and samples never together."""
    told = SchoolReached.objects.exclude(school=None)
    told = told.filter(pack__code=pack) if pack else told
    return (
        told.filter(school__urn__startswith=SAMPLE_URN)
        if is_sample
        else told.exclude(school__urn__startswith=SAMPLE_URN)
    )


@dataclass(frozen=True)
class Standing:
    """A school as it counts: when it took pupils, by what the register says today, and where it belongs."""

    opened_on: date | None
    closed_on: date | None
    status: str
    phase: str
    ward: int | None

    def is_open(self, day: date) -> bool:
        """Tell whether it took pupils on ``day``; one whose days the register does not say, whether it does now."""
        if self.status == SchoolStatus.PLANNED or (self.status == SchoolStatus.CLOSED and self.closed_on is None):
            return False
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or self.closed_on > day)


def standings(*, is_sample: bool) -> dict[int, Standing]:
    """Return the schools of the council's area by their keys; all that are here where no area is set."""
    ours = (
        School.objects.filter(urn__startswith=SAMPLE_URN)
        if is_sample
        else School.objects.exclude(urn__startswith=SAMPLE_URN)
    )
    if area := own_area():
        ours = ours.filter(area_code=area)
    columns = ("opened_on", "closed_on", "status", "phase", "ward_id")
    return {pk: Standing(*values) for pk, *values in ours.values_list("pk", *columns)}


def wards_on(day: date) -> Iterable[Ward]:
    """Return the wards in force on ``day``, by name."""
    return Ward.objects.in_force(day).order_by("name")
