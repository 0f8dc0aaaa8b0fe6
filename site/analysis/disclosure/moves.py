"""How people could have moved between the hidden cells of a table without a change to what is shown.

A table is a network. Each row and each column is a node; a cell joins its row to its column. One person fewer in a
cell is one unit sent from the row to the column, one more is one unit back, and for a total the other way round; what
goes round in circles leaves every sum as it was. So the largest count that a hidden cell could hold is the largest
flow from its row to its column. Source: Gusfield, D. (1988), A graph theoretic approach to statistical data security,
SIAM Journal on Computing 17, 552-571; Ford, L. R. and Fulkerson, D. R. (1956), Maximal flow through a network,
Canadian Journal of Mathematics 8, 399-404.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from analysis.disclosure.tables import Counts, sums

Marks = NDArray[np.bool_]
Numbers = NDArray[np.float64]


class Moves:
    """The moves that a table with its totals allows, as conditions on what is hidden.

    A condition is a row of numbers, one a cell, whose sum over the hidden cells must be zero or more.
    """

    def __init__(self, counts: Counts, threshold: int) -> None:
        self.people, self.ties, self.threshold = counts.ravel(), sums(counts.shape), threshold
        self.short = np.maximum(threshold - self.people, 1)  # how far each cell has to be able to move
        away, back = _ends(counts.shape)
        is_total = (np.indices(counts.shape) == np.reshape(counts.shape, (-1, *[1] * counts.ndim)) - 1).sum(axis=0) % 2
        self.source = np.where(is_total.ravel(), back, away)
        self.target = np.where(is_total.ravel(), away, back)
        self.nodes = int(max(away.max(), back.max())) + 1

    def asked_by_each_sum(self) -> Iterator[Numbers]:
        """Say of each cell what its own sums ask: hidden, it needs others beside it that can make up for its move."""
        for cell, short in enumerate(self.short):
            is_small = self.people[cell] < self.threshold
            for tie in self.ties[self.ties[:, cell] != 0]:
                goes_down = tie * tie[cell] > 0
                room = np.where(goes_down & is_small, self.people, short)
                yield self._condition(cell, np.where(tie != 0, room, 0))

    def unmet(self, hidden: Marks) -> list[Numbers]:
        """Return a condition that ``hidden`` breaks for each of its small cells that could not be at the threshold."""
        room = np.zeros((self.nodes, self.nodes), dtype=np.int32)
        down = np.minimum(self.people, self.threshold)
        np.add.at(room, (self.source[hidden], self.target[hidden]), down[hidden])
        np.add.at(room, (self.target[hidden], self.source[hidden]), self.threshold)
        found = []
        for cell in np.flatnonzero(hidden & (self.people < self.threshold)).tolist():
            flow = maximum_flow(csr_array(room), self.source[cell], self.target[cell])
            if flow.flow_value < self.threshold:
                found.append(self._cut(cell, room - flow.flow.toarray()))
        return found

    def _cut(self, cell: int, left: NDArray[np.int32]) -> Numbers:
        """Return the condition that more of the moves across the smallest cut of ``cell`` be possible."""
        near = np.zeros(self.nodes, dtype=bool)
        near[breadth_first_order(csr_array(left > 0), self.source[cell], return_predecessors=False)] = True
        from_near, to_near = near[self.source], near[self.target]
        down, up = from_near & ~to_near, to_near & ~from_near
        return self._condition(cell, np.where(down, self.people, np.where(up, self.threshold, 0)))

    def _condition(self, cell: int, room: NDArray[np.int64]) -> Numbers:
        """Say that ``cell``, if hidden, needs as much ``room`` in others as it is short of."""
        condition = np.minimum(room / self.short[cell], 1)
        condition[cell] = -1
        return condition


def _ends(shape: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes of each cell: its row and its column, or in a list the list and all the rest of the world."""
    if len(shape) == 1:
        return np.zeros(shape, dtype=np.int64), np.ones(shape, dtype=np.int64)
    rows, columns = np.indices(shape)
    return rows.ravel(), shape[0] + columns.ravel()
