"""Which numbers of a question an indicator may show: those from which nobody can tell more than from its results.

An indicator tells one number of everybody or of each area. It stands beside the published results of the same wave, so
it keeps to their rules, and tells no answers apart that they join.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.publish import SMALLEST_BASE
from surveys.publishing import answers, groups

Figure = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class People:
    """How many people a number rests on, by area or of everybody.

    ``chose`` is how many of the ``base`` a share counts, None of a mean or a net score; ``alike`` how many gave the
    answer that most of them gave.
    """

    base: int
    n_eff: float
    alike: int
    chose: int | None


def may_be_told(item: Figure, whole: People, codes: Sequence[Collection[str]], *, fewest: int) -> bool:
    """Tell whether a number of everybody who answered ``item`` may be shown.

    ``codes`` are the answers that a share counts and those that it leaves out; of a mean or a net score none, since it
    tells all answers apart.
    """
    if min(item["base"], whole.base) < SMALLEST_BASE:
        return False
    parts = answers.parts_of(dict(item), fewest=fewest)
    together = [set(several) for several in codes]
    for part in parts:
        if part.is_merged and (
            not together or any(0 < len(one & set(part.codes)) < len(part.codes) for one in together)
        ):
            return False
    return bool(parts) and not _gives_away(item, whole, fewest)


def areas_told(whole: People, areas: Sequence[People], on_the_page: Sequence[bool], *, fewest: int) -> list[bool]:
    """Tell of each area whether its number may be shown, so that no other's can be worked out.

    ``on_the_page`` says which areas the published results show something of: no other is told.
    """
    safe = groups.may_show([{"base": area.base, "n_eff": area.n_eff} for area in areas], fewest)
    may = [
        is_safe and is_there and area.base - area.alike >= fewest
        for is_safe, is_there, area in zip(safe, on_the_page, areas, strict=True)
    ]
    columns = []
    if whole.chose is not None:
        columns.append(groups.Column("", "", whole.chose, tuple(area.chose or 0 for area in areas), ()))
    return groups.safe(groups.Together(whole.base, [area.base for area in areas], columns), may, fewest)


def _gives_away(item: Figure, people: People, fewest: int) -> bool:
    if people.chose is None:
        return people.base - people.alike < fewest
    return answers.gives_away(people.chose, people.base, is_sensitive=item["sensitive"], fewest=fewest)
