"""Whether anybody ever comes to an item.

An item can be reached where some answers to the items before it satisfy its conditions, and bring people to those items
too. Each such set of answers is written down as what it asks of each item: which options are left to choose from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.runner.conditions import ANSWERED, AT_LEAST, AT_MOST, IS, IS_ANY_OF, OPERATORS, Condition
from surveys.runner.instrument import MULTIPLE, TEXT, Instrument, Item

MOST_TRIED = 500  # Ways to an item; where none of so many has led there, it is taken for granted that one does.


@dataclass(frozen=True)
class _Asked:
    """What is asked of the answer to one item.

    For one choice ``left`` holds the options that fit. For several, those that may be chosen, and ``some_of`` the sets
    of which at least one has to be.
    """

    left: frozenset[str]
    some_of: tuple[frozenset[str], ...] = ()

    @property
    def possible(self) -> bool:
        return bool(self.left) and all(self.left & codes for codes in self.some_of)


Needs = Mapping[str, _Asked]


def unreachable(instrument: Instrument) -> list[Item]:
    """Return the items to which no answers lead."""
    return [item for item in instrument.items if item.when and not _can_be_reached(instrument, item)]


class _TriedEnoughError(Exception):
    """So many ways were tried that it is not worth going on."""


def _can_be_reached(instrument: Instrument, item: Item) -> bool:
    try:
        return any(True for _ in _ways_to(instrument, item, {}, iter(range(MOST_TRIED))))
    except _TriedEnoughError:
        return True


def _ways_to(instrument: Instrument, item: Item, needs: Needs, tries: Iterator[int]) -> Iterator[Needs]:
    """Go through what can be asked of the answers, beside ``needs``, so that somebody comes to ``item``."""
    if not item.when:
        yield needs
    elif item.needs_all:
        yield from _ways_through(instrument, item.when, needs, tries)
    else:
        for condition in item.when:
            yield from _ways_through(instrument, (condition,), needs, tries)


def _ways_through(
    instrument: Instrument, conditions: tuple[Condition, ...], needs: Needs, tries: Iterator[int]
) -> Iterator[Needs]:
    if not conditions:
        yield needs
        return
    if next(tries, None) is None:
        raise _TriedEnoughError
    first, *others = conditions
    looked_at = instrument.item_of[first.item]
    narrowed = _narrowed(looked_at, first, needs.get(first.item))
    if not narrowed.possible:
        return
    for way in _ways_to(instrument, looked_at, {**needs, first.item: narrowed}, tries):
        yield from _ways_through(instrument, tuple(others), way, tries)


def _narrowed(item: Item, condition: Condition, before: _Asked | None) -> _Asked:
    # Who chooses an option that ends the survey is asked nothing more.
    offered = frozenset(item.labels) - item.ends_on if item.kind != TEXT else frozenset(("words",))
    asked = before or _Asked(offered)
    if condition.operator == ANSWERED:
        return asked
    if item.kind != MULTIPLE or condition.operator in {AT_LEAST, AT_MOST}:
        fits = OPERATORS[condition.operator]
        return _Asked(
            frozenset(code for code in asked.left if fits(frozenset((code,)), condition.value, item.scores)),
            asked.some_of,
        )
    return _narrowed_choices(condition, asked)


def _narrowed_choices(condition: Condition, asked: _Asked) -> _Asked:
    if condition.operator == IS:
        return _Asked(asked.left & {condition.value}, asked.some_of)
    if condition.operator == IS_ANY_OF:
        return _Asked(asked.left, (*asked.some_of, frozenset(condition.value)))
    return _Asked(asked.left - frozenset(condition.value), asked.some_of)
