"""What whole percentages and a base to the nearest five tell a reader who tries every number of people."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import NotPublishableError, merge_options, percentage, possible_counts, reveals, rounded

pytestmark = pytest.mark.alike


@pytest.mark.parametrize(
    ("count", "people", "shown"), [(0, 30, 0), (1, 200, 1), (1, 201, 0), (17, 34, 50), (2, 3, 67), (30, 30, 100)]
)
def test_percentages_are_whole_and_halves_go_up(count, people, shown):
    assert percentage(count, people) == shown


def test_a_percentage_reveals_what_a_reader_finds_who_tries_all_counts_of_30_to_400_people():
    fitting = defaultdict(list)
    for people in range(28, 403):  # a base of 30 can be 28 people, one of 400 can be 402
        for count in range(people + 1):
            fitting[percentage(count, people), rounded(people)].append((count, people))
    tried = {shown: fits for shown, fits in fitting.items() if 30 <= shown[1] <= 400}
    assert len(tried) > 5_000
    revealing = 0
    for (percent, base), fits in tried.items():
        yes, no = [count for count, _ in fits], [people - count for count, people in fits]
        assert possible_counts([percent], base) == [((min(yes), max(yes)), (min(no), max(no)))]
        is_known_to_be_small = max(yes) < 10 or max(no) < 10
        assert reveals([percent], base) == [is_known_to_be_small]
        revealing += is_known_to_be_small
    assert 0 < revealing < len(tried)


def test_the_percentages_of_all_answers_reveal_what_a_reader_finds_who_tries_every_split():
    fitting = defaultdict(list)
    for people in range(28, 33):
        for first, second in product(range(people + 1), repeat=2):
            if first + second <= people:
                counts = (first, second, people - first - second)
                fitting[tuple(percentage(count, people) for count in counts)].append((counts, people))
    for percentages, fits in fitting.items():
        assert possible_counts(percentages, 30) == [
            (
                (min(counts[place] for counts, _ in fits), max(counts[place] for counts, _ in fits)),
                (min(n - counts[place] for counts, n in fits), max(n - counts[place] for counts, n in fits)),
            )
            for place in range(3)
        ]


def test_all_percentages_together_can_tell_more_than_each_alone():
    alone = possible_counts([29], 35)[0][0]
    together = possible_counts([29, 29, 43], 35)[0][0]
    assert together.highest - together.lowest <= alone.highest - alone.lowest
    assert reveals([3], 35) == [True]
    assert reveals([50], 60) == [False]
    assert reveals([95], 100) == [True]  # five or so did not


def test_percentages_that_no_people_have_are_refused():
    with pytest.raises(ValueError, match="No number of people"):
        possible_counts([90, 90], 100)
    with pytest.raises(ValueError, match="No number of people"):
        possible_counts([1], 30)


@pytest.mark.parametrize(
    ("counts", "in_order", "groups"),
    [
        ([20, 30, 40], True, [[0], [1], [2]]),
        ([3, 20, 30, 40, 8], True, [[0, 1], [2], [3, 4]]),
        ([12, 4, 5, 30, 40], True, [[0, 1, 2], [3], [4]]),  # of three ways to three groups the one that merges fewest
        ([9, 9, 9, 9], True, [[0, 1], [2, 3]]),
        ([0, 0, 50, 50], True, [[0, 1, 2], [3]]),
        ([20, 30, 40], False, [[0], [1], [2]]),
        ([6, 40, 6, 30], False, [[0, 2], [1], [3]]),
        ([50, 2, 60, 3, 12], False, [[0], [1, 3, 4], [2]]),
        ([50, 9, 60], False, [[0, 1], [2]]),
    ],
)
def test_answers_are_merged_until_each_stands_for_ten(counts, in_order, groups):
    assert merge_options(counts, in_order=in_order) == groups


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("counts", [[], [50], [50, 3], [5, 6], [0, 0]])
def test_answers_that_are_enough_only_all_together_are_not_shown(counts, in_order):
    with pytest.raises(NotPublishableError, match="10 people or more"):
        merge_options(counts, in_order=in_order)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=40), min_size=2, max_size=9), st.booleans())
def test_every_answer_is_in_one_group_and_every_group_and_all_others_are_ten_or_more(counts, in_order):
    try:
        groups = merge_options(counts, in_order=in_order)
    except NotPublishableError:
        return
    assert sorted(place for group in groups for place in group) == list(range(len(counts)))
    for group in groups:
        together = sum(counts[place] for place in group)
        assert 10 <= together <= sum(counts) - 10
        assert not in_order or group == list(range(group[0], group[-1] + 1))
