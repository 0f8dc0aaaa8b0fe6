"""Hiding small counts, and what would give them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import rounded, withheld

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


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=8))
def test_what_is_hidden_is_no_small_count_that_the_total_gives_back(counts):
    hidden = withheld(counts)
    kept = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    assert all(count >= 10 for count, is_hidden in zip(counts, hidden, strict=True) if not is_hidden)
    assert not kept or all(hidden) or (len(kept) >= 2 and sum(kept) >= 10)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (12, 10), (13, 15), (1_002, 1_000)])
def test_counts_are_shown_to_the_nearest_five(count, shown):
    assert rounded(count) == shown
