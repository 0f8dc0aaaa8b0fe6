"""Answers that name one of several categories, as whole numbers that NumPy counts fast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
MISSING = -1
LARGEST = 1e50  # Beyond it, or below one part of it, squares of products leave what a float can hold.


@dataclass(frozen=True, kw_only=True, eq=False)
class Categorical:
    """A category for each row: ``labels[codes[row]]``, and none where the code is -1.

    ``codes`` has shape (n,). A label may be one that no row has.
    """

    labels: tuple[str, ...]
    codes: Codes

    @property
    def size(self) -> int:
        """The number of categories."""
        return len(self.labels)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows have a category, shape (n,)."""
        return self.codes != MISSING

    def only(self, rows: NDArray[np.bool_]) -> "Categorical":
        """Return the same with no category outside of ``rows``, shape (n,)."""
        return replace(self, codes=np.where(rows, self.codes, MISSING))

    def scores(self, of_label: Mapping[str, float]) -> Floats:
        """Return a number for each row, shape (n,): its label's, and NaN where the label has none or is missing.

        A net score is the mean of such numbers, 1 for those who agree, -1 for those who disagree and 0 between.

        Raises:
            ValueError: a number is given for what is no category.
        """
        unknown = [label for label in of_label if label not in self.labels]
        if unknown:
            raise ValueError(f"{unknown[0]} is not one of the categories {', '.join(self.labels)}.")
        return np.array([*(of_label.get(label, np.nan) for label in self.labels), np.nan], dtype=float)[self.codes]

    def equals(self, *labels: str) -> Floats:
        """Return for each row 1 where its category is one of ``labels``, 0 where it is another and NaN for none.

        Raises:
            ValueError: one of the ``labels`` is no category.
        """
        return self.scores(dict.fromkeys(self.labels, 0.0) | dict.fromkeys(labels, 1.0))


def binned(codes: Codes, values: Floats | None, size: int) -> Floats:
    """Return the sum of ``values`` (of ones, without them) by the ``codes`` beside them, from 0, shape (size,)."""
    return np.bincount(codes, values, size).astype(np.float64, copy=False)


def everybody(rows: int) -> Categorical:
    """Return one category, without a name, that holds all ``rows``."""
    return Categorical(labels=("",), codes=np.zeros(rows, dtype=np.intp))


def categorical(values: Iterable[str | None], *, labels: Sequence[str] | None = None) -> Categorical:
    """Return ``values`` as categories; None and the empty text are missing.

    The categories stand in the order of ``labels``, or in alphabetical order without them.

    Raises:
        ValueError: a value is not among the ``labels``, or a label stands there twice.
    """
    rows = [value or None for value in values]
    found = sorted({value for value in rows if value is not None})
    names = tuple(found if labels is None else labels)
    if len(set(names)) < len(names):
        raise ValueError("A category is named twice.")
    place: dict[str | None, int] = {None: MISSING} | {name: number for number, name in enumerate(names)}
    unknown = [value for value in found if value not in place]
    if unknown:
        raise ValueError(f"{unknown[0]} is not one of the categories {', '.join(names)}.")
    return Categorical(labels=names, codes=np.fromiter((place[row] for row in rows), np.intp, len(rows)))
