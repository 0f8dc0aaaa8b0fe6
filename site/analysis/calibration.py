"""What raking takes out of the doubt of an estimate: whatever the margins explain is known, not sampled."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.categories import Codes, Floats, binned


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """The rows gathered into cells: two rows share a cell where they share the category of every margin.

    ``of_row``, shape (n,), numbers the cell of each row; ``of_margin`` holds for each margin the category of each
    cell, shape (cells,), and ``sizes`` its number of categories. What treats the people of a cell alike need only
    look at the cells: thousands, where the rows may be a million.
    """

    of_row: Codes
    of_margin: tuple[Codes, ...]
    sizes: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of cells; each holds somebody."""
        return len(self.of_margin[0])

    def sums(self, values: Floats | None = None) -> Floats:
        """Return the sum of ``values``, shape (n,), in each cell; without them, the number of rows."""
        return binned(self.of_row, values, self.count)


def cells(margins: tuple[Codes, ...], sizes: tuple[int, ...]) -> Cells:
    """Gather the rows into cells by the codes of their ``margins``, each of shape (n,), from 0 to its size less 1."""
    of_row, count = margins[0], sizes[0]
    for codes, size in zip(margins[1:], sizes[1:], strict=True):
        of_row, count = of_row * size + codes, count * size
        if count > 4 * of_row.size:  # To list every thinkable cell would take more room than the rows.
            found, of_row = np.unique(of_row, return_inverse=True)
            count = found.size
    used = np.bincount(of_row, minlength=count) > 0
    of_row = (np.cumsum(used) - 1)[of_row]
    somebody = np.zeros(int(used.sum()), dtype=np.intp)
    somebody[of_row] = np.arange(of_row.size)
    return Cells(of_row=of_row, of_margin=tuple(codes[somebody] for codes in margins), sizes=sizes)


@dataclass(frozen=True, kw_only=True, eq=False)
class Calibration:
    """A raking remembered: the weights that it gave, shape (n,), and the cells of its margins."""

    raked: Floats
    cells: Cells

    def residuals(self, influence: Floats, groups: Codes, count: int) -> Floats:
        """Return what the margins leave unexplained of each row's influence on each of ``count`` groups.

        ``influence``, shape (n,), is what a row adds to the linearised estimate of its own group (``groups``, from
        0); to every other group it adds nothing. For each group the influence for each unit of raked weight is
        regressed on the indicators of all margins' categories, by least squares; the residual times the raked weight
        is left, shape (n, count). Source: Deville, J.-C. and Särndal, C.-E. (1992), Journal of the American
        Statistical Association 87, 376-382, section 3. The regression is not weighted, as in R's rake(), whose
        numbers come out; R's calibrate(calfun = "raking") weights it with the base weights, which gives standard
        errors up to 0.6 % smaller in the reference's samples of a thousand.
        """
        cell = self.cells.of_row
        totals = binned(cell * count + groups, influence / self.raked, self.cells.count * count).reshape(-1, count)
        left = self._fitted(totals)[cell]
        left *= -self.raked[:, None]
        left[np.arange(cell.size), groups] += influence
        return left

    def _fitted(self, totals: Floats) -> Floats:
        """Return the regression's value in each cell from the totals there; both (cells, count)."""
        of_margin, sizes = self.cells.of_margin, self.cells.sizes
        by_category = [_summed(codes, totals, size) for codes, size in zip(of_margin, sizes, strict=True)]
        coefficients = np.split(self._inverse @ np.concatenate(by_category), np.cumsum(sizes)[:-1])
        fitted = np.zeros_like(totals)
        for codes, of_category in zip(of_margin, coefficients, strict=True):
            fitted += of_category[codes]
        return fitted

    @cached_property
    def _inverse(self) -> Floats:
        """The pseudo-inverse of the indicators' cross products.

        A pseudo-inverse, because the indicators of each margin add up to the same: one for everybody.
        """
        n = self.cells.sums()
        margins = list(zip(self.cells.of_margin, self.cells.sizes, strict=True))
        blocks = [
            [binned(rows * width + columns, n, height * width).reshape(height, width) for columns, width in margins]
            for rows, height in margins
        ]
        return np.linalg.pinv(np.block(blocks), hermitian=True)


def _summed(codes: Codes, values: Floats, size: int) -> Floats:
    """Return the sums of the rows of ``values``, shape (cells, count), by category, shape (size, count)."""
    return np.stack([binned(codes, column, size) for column in values.T], axis=1)
