"""How many schools packs reached, and what share of the schools that there are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from indicators.periods import first_day, months_in, periods, readings
from indicators.registry import Kind, Measure, Reading, measures
from schools.enums import Phase
from schools.measures.downloads import known_pack
from schools.queries.register import Standing, present_keys, reached, standings, wards_on

SOURCE = "Told by teachers of their own accord after taking a lesson pack; schools by the national register"
TOLD = (
    "Reported, not counted: teachers may say for which school they take a pack, and most do not. A school that became "
    "an academy, or was merged, counts once."
)
NARROWING = ("phase", "by")
PERIOD = "month, quarter or year; quarter unless told."


def _schools_by_period(months: int, *, pack: str, is_sample: bool) -> dict[date, set[int]]:
    """Return the keys of the schools reached, as they are today, by the first day of each period."""
    present, found = present_keys(), defaultdict(set)
    for day, school in reached(is_sample=is_sample, pack=pack).values_list("day", "school"):
        found[first_day(day, months)].add(present.get(school, school))
    return found


def read_schools(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the distinct schools reached by calendar period; the running one is marked provisional ([p]).

    Raises:
        ValueError: a parameter is wrong.
    """
    months, pack = months_in(parameters.get("period") or ""), known_pack(parameters.get("pack") or "")
    counted, sample = (
        Counter({day: len(schools) for day, schools in _schools_by_period(months, pack=pack, is_sample=flag).items()})
        for flag in (False, True)
    )
    return readings(counted=counted, sample=sample, months=months, today=timezone.localdate(), source=SOURCE)


@dataclass(frozen=True)
class _Register:
    """The schools of the council's area by their keys, and which each closed one is today."""

    schools: Mapping[int, Standing]
    present: Mapping[int, int]

    def open_on(self, day: date, phase: str) -> dict[int, Standing]:
        """Return the schools that were open on ``day``, as they are today; of one phase, or of all."""
        then = {self.present.get(pk, pk) for pk, school in self.schools.items() if school.is_open(day)}
        today = {pk: self.schools[pk] for pk in then if pk in self.schools}
        return {pk: school for pk, school in today.items() if phase in {"", school.phase}}


def read_coverage(parameters: Mapping[str, Any]) -> list[Reading]:
    """Return the share of open schools reached in each calendar period, in per cent; by ward too where asked.

    Raises:
        ValueError: a parameter is wrong.
    """
    months, phase, by = months_in(parameters.get("period") or ""), *(parameters.get(name) or "" for name in NARROWING)
    if phase and phase not in Phase.values:
        raise ValueError(f"There is no phase {phase!r}. Give one of {', '.join(Phase.values)}.")
    if by not in {"", "ward"}:
        raise ValueError(f"Nothing can be shown by {by!r}. Give ward, or nothing for the whole area alone.")
    is_sample = not (real := standings(is_sample=False))
    register = _Register(real or standings(is_sample=True), present_keys())
    found, today = _schools_by_period(months, pack="", is_sample=is_sample), timezone.localdate()
    return [
        replace(reading, period_start=start, period_end=end, marker="p" if end >= today else "", is_sample=is_sample)
        for start, end in (periods(first=min(found), last=today, months=months) if found else ())
        for reading in _shares(register, found.get(start, set()), day=min(end, today), phase=phase, by=by)
    ]


def _shares(register: _Register, of_period: Collection[int], *, day: date, phase: str, by: str) -> Iterator[Reading]:
    """Go through the shares on ``day``: of the whole area, then of each ward in which there are such schools."""
    everywhere = register.open_on(day, phase)
    if everywhere:
        yield _share(everywhere.keys() & of_period, everywhere, day)
    for ward in wards_on(day) if by == "ward" else ():
        there = {pk for pk, school in everywhere.items() if school.ward == ward.pk}
        if there:
            share = _share(there & set(of_period), there, day)
            yield replace(share, area_code=ward.published_code or ward.key, area_name=ward.name)


def _share(took: Collection[int], of: Collection[int], day: date) -> Reading:
    return Reading(
        period_start=day,
        period_end=day,
        value=100 * len(took) / len(of),
        numerator=len(took),
        denominator=len(of),
        source=f"{len(took)} of {len(of)} open schools. {SOURCE}",
    )


measures.offer("schools.schools")(
    Measure(
        name="Schools that lesson packs reached",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="schools",
        read=read_schools,
        parameters={"pack": "The code of one lesson pack, or nothing for all of them.", "period": PERIOD},
        note=TOLD,
    )
)
measures.offer("schools.coverage")(
    Measure(
        name="Share of schools that lesson packs reached",
        kind=Kind.PLAIN,
        counts_people=False,
        unit="%",
        read=read_coverage,
        parameters={
            "phase": f"Schools of one phase ({', '.join(Phase.values)}), or nothing for all of them.",
            "by": "ward, for each ward beside the whole area; nothing for the whole area alone.",
            "period": PERIOD,
        },
        note=f"{TOLD} Of the open schools in the council's area on the period's last day.",
    )
)
