"""Counts of people: which would give somebody away, and what else has to stay hidden for their sake."""

from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from analysis.disclosure.attacker import RecoverableError, audit
from analysis.disclosure.moves import Marks, Moves, Numbers
from analysis.disclosure.rounding import FEWEST
from analysis.disclosure.tables import Cell, Counts, as_published, with_totals

PATIENT_ROUNDS = 12


class NotPublishableError(ValueError):
    """Nothing that could be hidden would protect the people in these numbers."""


def suppress(table: ArrayLike, *, threshold: int = FEWEST, zeros: bool = False) -> frozenset[Cell]:
    """Return the cells of ``table`` that must not be shown when its rows, columns and everybody are.

    ``table`` holds counts of people, on one axis or two. Hidden are

    - the small counts, above zero and under ``threshold``; with ``zeros``, as for everything public, nobody too. A
      whole row or column in one cell is hidden then as well, since the zeros beside it could not be hidden otherwise;
    - what must be hidden with them, so that whoever has all other cells and all totals can work out no hidden count
      exactly, and each could be ``threshold`` or more: the fewest further cells, and of those the ones with the
      fewest people.

    Totals count as cells: one that is itself too small is hidden, with another that would give it back. It comes in
    the answer by its place beside the table: (i, columns) is the total of row i, (rows, j) that of column j. The
    number of everybody is always shown.

    The pattern is an integer programme of one choice a cell. For each small cell the largest flow of people that
    hidden cells could have moved into it is found; where that is too little, the smallest cut says which cells would
    have to be hidden for more, and that becomes a condition of the next round. Source: Fischetti, M. and
    Salazar-González, J. J. (2000), Models and algorithms for optimizing cell suppression in tabular data with linear
    constraints, Journal of the American Statistical Association 95, 916-928. The finished table is then attacked
    from outside (:func:`analysis.disclosure.attacker.audit`).

    Raises:
        ValueError: the table holds something that is no count of people (see :func:`with_totals`).
        NotPublishableError: fewer than ``threshold`` people stand in the whole table.
        RecoverableError: the audit failed; nothing may be published.
    """
    if threshold < 1:
        raise ValueError("The threshold must be one or more.")
    counts = with_totals(table)
    primary = (counts < threshold) & (zeros | (counts > 0))
    if not primary.any():
        return frozenset()
    if counts.flat[-1] < threshold:
        raise NotPublishableError(f"The whole table counts fewer than {threshold} people: none of it can be shown.")
    found = _pattern(counts, primary, threshold)
    hidden = frozenset(tuple(int(place) for place in cell) for cell in np.argwhere(found))
    audit(as_published(counts, hidden), threshold=threshold)
    return hidden


def withheld(counts: Sequence[int], *, fewest: int = FEWEST) -> list[bool]:
    """Tell of each of ``counts``, which together make a known total, whether it has to be hidden.

    They are a table of one axis (see :func:`suppress`), zeros protected. All are hidden where they are too few people
    altogether to show any.
    """
    return _marked(counts, fewest)[:-1].tolist() if counts else []


def withheld_in_table(rows: Sequence[Sequence[int]], *, fewest: int = FEWEST) -> list[list[bool]]:
    """Tell of each cell of a table, and of the sums of its rows and columns, whether it has to be hidden.

    The answer has one row and one column more than ``rows``, for the sums; the total in the corner is known and stays.
    Zeros are protected (see :func:`suppress`). All is hidden where the table has too few people to show any.
    """
    return _marked(rows, fewest).tolist() if rows else [[]]


def _marked(table: ArrayLike, fewest: int) -> Marks:
    """Return which cells of ``table`` with its totals are hidden; all but everybody where none can be shown."""
    marks = np.zeros(np.add(np.shape(table), 1), dtype=bool)
    try:
        for cell in suppress(table, threshold=fewest, zeros=True):
            marks[cell] = True
    except NotPublishableError:
        marks[...] = True
        marks.flat[-1] = False
    return marks


def _pattern(counts: Counts, primary: Marks, threshold: int) -> Marks:
    """Return which cells to hide: of all patterns that protect each small cell, the one that costs least.

    Tables in which whole rows are too small can have very many patterns that cost nearly the same. After
    ``PATIENT_ROUNDS`` whatever has been chosen stays chosen, which soon ends the search, and then what is hidden
    without need is shown again: nothing in the answer can be spared, but another may cost a little less.
    """
    cost, must = _cost(counts).ravel(), primary.ravel()
    moves = Moves(counts, threshold)
    conditions = list(moves.asked_by_each_sum())
    for rounds in count(1):
        hidden = _cheapest(cost, must, conditions)
        unmet = moves.unmet(hidden)
        if not unmet:
            break
        conditions += unmet
        if rounds >= PATIENT_ROUNDS:
            must = hidden
    if rounds > PATIENT_ROUNDS:
        hidden = _spared(hidden, primary.ravel(), cost, moves)
    return hidden.reshape(counts.shape)


def _spared(hidden: Marks, primary: Marks, cost: Numbers, moves: Moves) -> Marks:
    """Return ``hidden`` less the cells, the dearest first, without which every small cell is protected as well."""
    further = np.flatnonzero(hidden & ~primary)
    for cell in further[np.argsort(-cost[further], kind="stable")]:
        fewer = hidden.copy()
        fewer[cell] = False
        if not moves.unmet(fewer):
            return _spared(fewer, primary, cost, moves)
    return hidden


def _cost(counts: Counts) -> Numbers:
    """What hiding each cell costs: a total more than all cells within, one cell more than all people."""
    cost = counts.flat[-1] + 1.0 + counts
    inner = tuple(slice(0, -1) for _ in counts.shape)
    totals = np.ones(counts.shape, dtype=bool)
    totals[inner] = False
    cost[totals] *= counts[inner].size + 1
    return cost


def _cheapest(cost: Numbers, must: Marks, conditions: list[Numbers]) -> Marks:
    """Return the cheapest cells to hide that hold all that ``must`` be hidden and meet every condition."""
    may = np.ones(cost.size)
    may[-1] = 0
    found = milp(
        cost,
        integrality=np.ones(cost.size),
        bounds=Bounds(must.astype(float), may),
        constraints=LinearConstraint(csr_array(np.array(conditions)), 0, np.inf),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise RecoverableError(f"What has to be hidden in this table was not found: {found.message}")
    hidden: Marks = found.x > 0.5
    return hidden
