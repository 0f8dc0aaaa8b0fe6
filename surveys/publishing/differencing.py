"""Whether what is to be published, beside what was published before, is somebody's answers.

What was once out is out: also results that were replaced or withdrawn are compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]


class CannotPublishError(Exception):
    """Why these figures cannot be published, and the mend, in a sentence."""


def refuse_differences(figures: Figures, published_before: Sequence[Figures], *, fewest: int) -> None:
    """Refuse figures of a wave that rest on nearly the same people as figures of it that were published before.

    Two numbers on groups of people that differ by a few are, taken together, a number on those few. Where as many
    people are counted as before but other numbers of them gave an answer, somebody was put in another's place.

    Raises:
        CannotPublishError: a base differs by fewer than ``fewest`` people, or an answer does on the same base.
    """
    now = dict(_people(figures))
    for earlier in published_before:
        for named, (base, counts) in _people(earlier):
            if named in now:
                _refuse_pair(named, now[named], (base, counts), fewest)


Counted = tuple[int, Mapping[str, int]]


def _refuse_pair(named: tuple[str, ...], now: Counted, before: Counted, fewest: int) -> None:
    moved = abs(now[0] - before[0])
    if not moved:
        moved = max((abs(now[1].get(code, 0) - count) for code, count in before[1].items()), default=0)
    if 0 < moved < fewest:
        raise CannotPublishError(
            f"{_where(named)} counts nearly the same people as results of this wave that were published before: fewer "
            f"than {fewest} differ, and both together would show the answers of those few. Compute the results again "
            f"on the same people as before, or on people of whom {fewest} or more differ."
        )


def _where(named: tuple[str, ...]) -> str:
    item, *group = named
    return f"{item} in the group {group[1]} of {group[0]}" if group else item


def _people(figures: Figures) -> Iterator[tuple[tuple[str, ...], Counted]]:
    """Go through each group of people that figures are about: everybody who answered, and each part of them."""
    for item in figures.get("items", ()):
        yield (item["question"],), _counted(item)
        for table in item["by"]:
            for group in table["groups"]:
                yield (item["question"], table["question"], group["code"]), _counted(group)


def _counted(figure: Mapping[str, Any]) -> Counted:
    return figure["base"], {option["code"]: option["count"] for option in figure["options"]}
