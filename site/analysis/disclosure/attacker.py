"""What somebody who has only the published table can work out about its hidden cells.

The attacker shares no line with the search for what to hide: it starts from the numbers that are shown and knows
nothing else but that counts are whole and zero or more.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, kron

from analysis.disclosure.rounding import Interval
from analysis.disclosure.tables import Cell, sums


class RecoverableError(RuntimeError):
    """A hidden count could be worked out from the table around it."""


def attack(shown: NDArray[np.float64]) -> dict[Cell, Interval]:
    """Return what can be told of each hidden cell of a table with its totals, where hidden cells are NaN.

    Every count that agrees with the sums of the table and is zero or more is possible. The ends are found by linear
    programming: one copy of the unknowns for each end, all in one programme, since the copies do not touch each
    other. In tables of one or two axes the corners of what is possible are whole numbers where the shown ones
    are (the matrix of their sums is totally unimodular), so that whole counts reach as far. Source: Hundepool et al.
    (2012), Statistical Disclosure Control, Wiley, section 4.2; Schrijver (1986), Theory of Linear and Integer
    Programming, section 19.3.

    Raises:
        ValueError: no counts agree with what is shown.
    """
    unknown = _Unknown(shown)
    unknown.see_all_ends()
    return {cell: unknown.seen(place) for place, cell in enumerate(unknown.cells)}


def audit(shown: NDArray[np.float64], *, threshold: int) -> None:
    """Refuse a table with its totals in which a hidden cell is known exactly, or known to be under ``threshold``.

    It looks for whole tables that readers could not tell from the true one, until each hidden cell has been seen in
    them with two counts and with one of ``threshold`` or more. Each table is made to show as many cells at once as
    can be; a cell that none of them shows so is asked for alone.

    Raises:
        RecoverableError: a cell fails.
    """
    unknown = _Unknown(shown)
    while (low := unknown.highest < threshold).any():
        unknown.see_many(low, threshold)
        if np.array_equal(low, unknown.highest < threshold):
            _ask_for(unknown, int(np.argmax(low)), threshold)
    for place in np.flatnonzero(unknown.lowest == unknown.highest):
        _ask_for(unknown, int(place), threshold)


def _ask_for(unknown: "_Unknown", place: int, threshold: int) -> None:
    """See the highest count of one cell, and the lowest where that alone does not clear it; refuse what fails."""
    unknown.see_highest(place)
    if unknown.lowest[place] < unknown.highest[place] >= threshold:
        return
    unknown.see_lowest(place)
    cell, (lowest, highest) = unknown.cells[place], unknown.seen(place)
    if lowest == highest:
        raise RecoverableError(f"The hidden count of cell {cell} can be worked out exactly.")
    if highest < threshold:
        raise RecoverableError(f"The hidden count of cell {cell} is known to be under {threshold}.")


class _Unknown:
    """The hidden counts of a table, the equations that hold between them, and what they have been seen to be."""

    def __init__(self, shown: NDArray[np.float64]) -> None:
        hidden, ties = np.isnan(shown), sums(shown.shape)
        self.cells: list[Cell] = [tuple(int(place) for place in cell) for cell in np.argwhere(hidden)]
        self.ties = csr_array(ties[:, hidden.ravel()])
        self.known = -ties @ np.nan_to_num(shown).ravel()
        self.lowest, self.highest = np.full(len(self.cells), np.inf), np.full(len(self.cells), -np.inf)

    def seen(self, place: int) -> Interval:
        """Return the lowest and the highest count that the cell in ``place`` has been seen with."""
        return Interval(int(self.lowest[place]), int(self.highest[place]))

    def see_highest(self, place: int) -> None:
        """See a table with the most people that the cell in ``place`` can have."""
        self._see(-np.eye(len(self.cells))[place], self.ties)

    def see_lowest(self, place: int) -> None:
        """See a table with the fewest people that the cell in ``place`` can have."""
        self._see(np.eye(len(self.cells))[place], self.ties)

    def see_all_ends(self) -> None:
        """See a table with the most and one with the fewest people that each cell can have."""
        each = np.eye(len(self.cells))
        tables = 2 * len(self.cells)
        self._see(np.concatenate([each, -each]).ravel(), kron(eye_array(tables), self.ties, format="csr"))

    def see_many(self, wanted: NDArray[np.bool_], threshold: int) -> None:
        """See a table in which the ``wanted`` cells hold as many people as can be, none counted above ``threshold``.

        What they hold up to there is a second unknown beside the rest of what they hold.
        """
        counted = np.flatnonzero(wanted)
        self._see(
            np.repeat([0, -1], [len(self.cells), counted.size]),
            hstack([self.ties, self.ties[:, counted]], format="csr"),
            counted=counted,
            upper=threshold,
        )

    def _see(
        self, aim: NDArray[np.float64], ties: csr_array, *, counted: ArrayLike = (), upper: float = np.inf
    ) -> None:
        """See counts that minimise ``aim``; those ``counted`` have a second part, last, of up to ``upper``."""
        if not self.cells:
            return
        ends = np.full(aim.size, np.inf)
        ends[aim.size - np.size(counted) :] = upper
        known = np.tile(self.known, ties.shape[0] // self.known.size)
        found = linprog(aim, A_eq=ties, b_eq=known, bounds=np.stack([np.zeros(aim.size), ends], axis=1), method="highs")
        if not found.success:
            raise ValueError("No counts agree with the totals of this table.")
        parts = np.rint(found.x)
        tables = parts[: aim.size - np.size(counted)].reshape(-1, len(self.cells))
        tables[:, counted] += parts[aim.size - np.size(counted) :]
        self.lowest = np.minimum(self.lowest, tables.min(axis=0))
        self.highest = np.maximum(self.highest, tables.max(axis=0))
