"""Tables of counts with their totals, and the sums by which what is shown gives back what is hidden.

A table has one or two axes. With its totals each axis is one longer: in a table of r rows and c columns the total of
row i stands in cell (i, c), that of column j in (r, j), and everybody in (r, c).
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray

Cell = tuple[int, ...]
Counts = NDArray[np.int64]


def with_totals(table: ArrayLike) -> Counts:
    """Return ``table`` with the total of every row and column, and of everybody in the last cell.

    Raises:
        ValueError: the table is empty, has more than two axes, or holds something that is no count of people.
    """
    counts = _whole(table)
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


def _whole(table: ArrayLike) -> Counts:
    try:
        numbers = np.asarray(table, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError("A table must hold numbers alone, and as many in every row.") from error
    if numbers.ndim not in {1, 2} or not numbers.size:
        raise ValueError("A table must have one or two axes and at least one cell.")
    if not np.isfinite(numbers).all():
        raise ValueError("A count is missing: give every cell a number.")
    if (numbers < 0).any() or (numbers != np.floor(numbers)).any():
        raise ValueError("A count of people must be a whole number, zero or more.")
    return numbers.astype(np.int64)


def sums(shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the sums that hold in a table of this ``shape``, its totals included: one row each, one column a cell.

    A row holds 1 for each part and -1 for their total, so that its product with the counts is zero.
    """
    places = np.arange(int(np.prod(shape))).reshape(shape)
    lines = [line for axis in range(len(shape)) for line in np.moveaxis(places, axis, -1).reshape(-1, shape[axis])]
    found = np.zeros((len(lines), places.size))
    for row, line in enumerate(lines):
        found[row, line[:-1]] = 1
        found[row, line[-1]] = -1
    return found


def as_published(counts: Counts, hidden: Collection[Cell]) -> NDArray[np.float64]:
    """Return a table with its totals as readers see it: NaN in every hidden cell."""
    shown = counts.astype(float)
    for cell in hidden:
        shown[cell] = np.nan
    return shown
