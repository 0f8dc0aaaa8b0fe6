"""What somebody who has only the published table can work out about its hidden cells.

The attacker shares no line with the search for what to hide: it starts from the numbers that are shown and knows
nothing else but that counts are whole and zero or more.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from analysis.disclosure.tables import Cell, sums


class RecoverableError(RuntimeError):
    """A hidden count could be worked out from the table around it."""


class Interval(NamedTuple):
    """The lowest and the highest count that a hidden cell could hold."""

    lowest: int
    highest: int


def attack(shown: NDArray[np.float64]) -> dict[Cell, Interval]:
    """Return what can be told of each hidden cell of a table with its totals, where hidden cells are NaN.

    Every count that agrees with the sums of the table and is zero or more is possible. The ends are found by linear
    programming: one copy of the unknowns for each end, all in one programme, since the copies do not touch each
    other. In tables of one or two axes the corners of the possible counts are whole numbers when the shown ones are
    (the matrix of their sums is totally unimodular), so that whole counts reach as far. Source: Hundepool et al.
    (2012), Statistical Disclosure Control, Wiley, section 4.2; Schrijver (1986), Theory of Linear and Integer
    Programming, section 19.3.

    Raises:
        ValueError: no counts agree with what is shown.
    """
    unknown = np.flatnonzero(np.isnan(shown))
    if not unknown.size:
        return {}
    ties = sums(shown.shape)
    known = ties @ np.nan_to_num(shown).ravel()
    tied = np.flatnonzero(ties[:, unknown].any(axis=1))
    ends = 2 * unknown.size
    found = linprog(
        np.concatenate([np.eye(unknown.size), -np.eye(unknown.size)]).ravel(),
        A_eq=kron(eye_array(ends), csr_array(ties[np.ix_(tied, unknown)]), format="csr"),
        b_eq=np.tile(-known[tied], ends),
        bounds=(0, None),
        method="highs",
    )
    if not found.success:
        raise ValueError("No counts agree with the totals of this table.")
    copies = np.rint(found.x).astype(int).reshape(2, unknown.size, unknown.size)
    lowest, highest = (np.diagonal(copy) for copy in copies)
    cells = zip(*np.unravel_index(unknown, shown.shape), strict=True)
    return {
        tuple(int(place) for place in cell): Interval(int(low), int(high))
        for cell, low, high in zip(cells, lowest, highest, strict=True)
    }


def audit(shown: NDArray[np.float64], *, threshold: int) -> None:
    """Refuse a table with its totals in which a hidden cell is known exactly, or known to be under ``threshold``.

    Raises:
        RecoverableError: one is.
    """
    for cell, (lowest, highest) in attack(shown).items():
        if lowest == highest:
            raise RecoverableError(f"The hidden count of cell {cell} can be worked out exactly.")
        if highest < threshold:
            raise RecoverableError(f"The hidden count of cell {cell} is known to be under {threshold}.")
