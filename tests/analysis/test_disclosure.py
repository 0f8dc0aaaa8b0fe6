"""Hiding small counts, and what would give them away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import rounded, withheld, withheld_in_table

pytestmark = pytest.mark.alike


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], []),
        ([40, 25, 10], [False, False, False]),
        ([40, 25, 9], [False, True, True]),  # 9 alone would be the rest of the total
        ([40, 25, 4, 5], [False, True, True, True]),  # 9 people altogether are still too few
        ([40, 25, 7, 8], [False, False, True, True]),
        ([40, 0], [True, True]),  # everybody and nobody say the same
        ([3, 2], [True, True]),
        ([4], [True]),
        ([30], [False]),
    ],
)
def test_small_counts_and_what_would_give_them_away_are_hidden(counts, hidden):
    assert withheld(counts) == hidden


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=60), max_size=8))
def test_what_is_hidden_is_no_small_count_that_the_total_gives_back(counts):
    hidden = withheld(counts)
    kept = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    assert all(count >= 10 for count, is_hidden in zip(counts, hidden, strict=True) if not is_hidden)
    assert not kept or all(hidden) or (len(kept) >= 2 and sum(kept) >= 10)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([[40, 25], [30, 12]], [[40, 25, 65], [30, 12, 42], [70, 37, 107]]),
        ([[40, 25], [30, 1]], [[None, None, 65], [None, None, 31], [70, 26, 96]]),
        ([[40, 25], [1, 0]], [[None, None, None], [None, None, None], [41, 25, 66]]),
        ([[40], [1]], [[None, None], [None, None], [41, 41]]),
        ([[3]], [[None, None], [None, 3]]),
    ],
)
def test_a_table_hides_small_counts_and_sums_and_what_would_give_them_away(rows, shown):
    hidden = withheld_in_table(rows)
    sums = [[*row, sum(row)] for row in rows]
    sums.append([sum(column) for column in zip(*sums, strict=True)])
    assert [
        [None if is_hidden else count for count, is_hidden in zip(*line, strict=True)]
        for line in zip(sums, hidden, strict=True)
    ] == shown


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (12, 10), (13, 15), (1_002, 1_000)])
def test_counts_are_shown_to_the_nearest_five(count, shown):
    assert rounded(count) == shown
