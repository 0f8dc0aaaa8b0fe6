"""Which counts of people would give somebody away, and what else has to stay hidden for their sake."""

from collections.abc import Sequence
from typing import Any

FEWEST = 10
BASE = 5


def withheld(counts: Sequence[int], *, fewest: int = FEWEST) -> list[bool]:
    """Tell of each of ``counts``, which together make a known total, whether it has to be hidden.

    Hidden is what lies below ``fewest``, zeros included, since "nobody" says something of everybody. One hidden count
    could be worked out from the total; so the smallest others are hidden too, until two or more are, which together
    are ``fewest`` or more. Source: the ONS "10-5 rule" with complementary suppression.
    """
    return _hiding_more(counts, [count < fewest for count in counts], fewest)


def withheld_in_table(rows: Sequence[Sequence[int]], *, fewest: int = FEWEST) -> list[list[bool]]:
    """Tell of each cell of a table, and of the sums of its rows and columns, whether it has to be hidden.

    The answer has one row and one column more than ``rows``, for the sums; the total in the corner is known and stays.
    Each row and each column with its sum is a line in which one hidden cell could be worked out from the others, so
    cells are hidden until no line lets that be done by itself. Source: as of :func:`withheld`, in two dimensions.
    """
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    hidden = [[count < fewest for count in line] for line in table]
    before: list[list[bool]] = []
    while hidden != before:
        before = hidden
        hidden = _hiding_more_by_line(table, hidden, fewest)
        hidden = _turned(_hiding_more_by_line(_turned(table), _turned(hidden), fewest))
    return hidden


def _hiding_more_by_line(table: list[list[int]], hidden: list[list[bool]], fewest: int) -> list[list[bool]]:
    *lines, sums = zip(table, hidden, strict=True)
    more = [_hiding_more(counts, known, fewest) for counts, known in lines]
    return [*more, [*_hiding_more(sums[0][:-1], sums[1][:-1], fewest), False]]


def _turned(table: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*table, strict=True)]


def _hiding_more(counts: Sequence[int], known: Sequence[bool], fewest: int) -> list[bool]:
    """Hide the smallest of ``counts`` beside those ``known`` to be hidden, until these cannot be worked out."""
    hidden = list(known)
    for place in sorted(range(len(counts)), key=lambda place: counts[place]):
        together = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
        if not together or (len(together) > 1 and sum(together) >= fewest):
            break
        hidden[place] = True
    return hidden


def rounded(count: int, *, base: int = BASE) -> int:
    """Return ``count`` to the nearest multiple of ``base``."""
    return base * round(count / base)
