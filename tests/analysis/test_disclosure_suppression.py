"""Tables of people by identity: what is hidden, and what an attacker with everything else could still tell."""

import json
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from analysis.disclosure import (
    NotPublishableError,
    RecoverableError,
    as_published,
    attack,
    suppress,
    suppression,
    with_totals,
)

pytestmark = pytest.mark.alike

LISTED = json.loads((Path(__file__).parent.parent / "data" / "sdc_tables.json").read_text())["cases"]


def attacked(table, hidden):
    return attack(as_published(with_totals(table), hidden))


def protects(table, hidden, threshold):
    """Whether an attacker could tell no hidden cell exactly, and each could be at the threshold."""
    return all(low < high >= threshold for low, high in attacked(table, hidden).values())


def random_table(generator, rows, columns, people):
    by_row, by_column = generator.dirichlet(np.ones(rows)), generator.dirichlet(np.ones(columns))
    return generator.poisson(people * np.outer(by_row, by_column))


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["id"])
def test_the_attacker_tells_as_much_as_the_listed_one(case):
    found = attacked(case["table"], {tuple(cell) for cell in case["primary"]})
    assert [[*cell, *interval] for cell, interval in sorted(found.items())] == case["primary_only"]["intervals"]


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["id"])
def test_listed_tables_hide_the_small_cells_and_the_fewest_others(case):
    table, primary = np.array(case["table"]), {tuple(cell) for cell in case["primary"]}
    hidden = suppress(table, threshold=case["threshold"])
    least = case["minimum_complementary"]["strong"]
    assert protects(table, hidden, case["threshold"])
    assert primary <= hidden
    assert len(hidden - primary) == least["cells"]
    assert sum(table[cell] for cell in hidden - primary) == least["sum_of_values"]


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_cell_of_a_random_table_can_be_told(seed):
    generator = np.random.default_rng(seed)
    for _ in range(10):
        table = random_table(generator, generator.integers(1, 9), generator.integers(1, 7), generator.integers(20, 900))
        threshold, zeros = int(generator.choice([5, 10])), bool(generator.integers(2))
        small = {(int(row), int(column)) for row, column in np.argwhere((table < threshold) & (zeros | (table > 0)))}
        try:
            hidden = suppress(table, threshold=threshold, zeros=zeros)
        except NotPublishableError:
            assert table.sum() < threshold
            continue
        assert small <= hidden
        assert protects(table, hidden, threshold)
        if min(*table.sum(axis=0), *table.sum(axis=1)) >= threshold:
            assert all(row < len(table) and column < table.shape[1] for row, column in hidden)


def tables_with_the_totals_of(table):
    """Every table of 3 by 3 whole numbers with these totals."""
    down, across = table.sum(axis=1), table.sum(axis=0)
    ends = [range(min(down[row], across[column]) + 1) for row in range(2) for column in range(2)]
    inner = np.array(list(product(*ends))).reshape(-1, 2, 2)
    found = np.zeros((len(inner), 3, 3), dtype=int)
    found[:, :2, :2] = inner
    found[:, :2, 2] = down[:2] - inner.sum(axis=2)
    found[:, 2] = across - found.sum(axis=1)
    return found[(found >= 0).all(axis=(1, 2))].reshape(-1, 9)


def least_by_trying_all(table, threshold):
    """The fewest further cells, and of those the fewest people, by trying every pattern on every possible table."""
    cells, possible = table.ravel(), tables_with_the_totals_of(table)
    primary = [cell for cell in range(9) if 0 < cells[cell] < threshold]
    others = [cell for cell in range(9) if cell not in primary]
    for more in range(len(others) + 1):
        sums = []
        for added in combinations(others, more):
            hidden = [*primary, *added]
            shown = [cell for cell in range(9) if cell not in hidden]
            agree = possible[(possible[:, shown] == cells[shown]).all(axis=1)][:, hidden]
            if ((agree.max(axis=0) >= threshold) & (agree.min(axis=0) < agree.max(axis=0))).all():
                sums.append(sum(cells[cell] for cell in added))
        if sums:
            return more, min(sums)
    return None


@pytest.mark.parametrize("seed", range(12))
def test_a_small_table_hides_no_more_than_trying_every_pattern_finds_necessary(seed):
    generator, threshold = np.random.default_rng(seed), 4
    table = generator.integers(0, 8, size=(3, 3))
    while min(*table.sum(axis=0), *table.sum(axis=1)) < threshold or not ((table > 0) & (table < threshold)).any():
        table = generator.integers(0, 8, size=(3, 3))
    hidden = suppress(table, threshold=threshold)
    further = [int(table[cell]) for cell in hidden if not 0 < table[cell] < threshold]
    assert (len(further), sum(further)) == least_by_trying_all(table, threshold)


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["id"])
def test_a_search_that_is_cut_short_shows_again_what_it_hid_without_need(monkeypatch, case):
    monkeypatch.setattr(suppression, "PATIENT_ROUNDS", 0)
    monkeypatch.setattr(suppression, "_cheapest", lambda cost, *_: np.arange(cost.size) < cost.size - 1)
    table, threshold = np.array(case["table"]), case["threshold"]
    hidden = suppress(table, threshold=threshold)
    assert protects(table, hidden, threshold)
    primary = {tuple(cell) for cell in case["primary"]}
    assert not any(protects(table, hidden - {cell}, threshold) for cell in hidden - primary)


def test_a_search_that_is_cut_short_ends_soon_with_a_pattern_that_protects(monkeypatch):
    monkeypatch.setattr(suppression, "PATIENT_ROUNDS", 0)
    for case in LISTED:
        assert protects(case["table"], suppress(case["table"], threshold=case["threshold"]), case["threshold"])


def test_totals_that_are_large_enough_are_shown_although_hiding_them_would_hide_fewer_cells():
    table = [[0, 0, 31], [22, 0, 5], [0, 28, 9], [22, 0, 16]]
    hidden = suppress(table)
    assert protects(table, hidden, 10)
    assert all(row < 4 and column < 3 for row, column in hidden)


def test_a_table_that_could_be_protected_in_very_many_ways_is_protected():
    table = [[0, 7, 33], [0, 12, 56], [0, 16, 71], [1, 10, 45], [0, 8, 68], [0, 11, 44], [0, 7, 19], [0, 0, 11]]
    assert protects(table, suppress(table, threshold=5, zeros=True), 5)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ([(1, 1)], "worked out exactly"),
        ([(0, 0)], "worked out exactly"),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], "under 5"),  # 2 people in the row below at most
    ],
)
def test_nothing_comes_out_of_a_search_whose_pattern_the_attacker_undoes(monkeypatch, pattern, sentence):
    marks = np.zeros((4, 4), dtype=bool)
    marks[tuple(zip(*pattern, strict=True))] = True
    monkeypatch.setattr(suppression, "_pattern", lambda *_: marks)
    with pytest.raises(RecoverableError, match=sentence):
        suppress([[20, 20, 20], [1, 1, 20], [20, 20, 20]], threshold=5)


def test_a_table_without_small_counts_is_shown_whole():
    assert suppress([[20, 30], [10, 40]], zeros=True) == frozenset()


def test_nobody_is_shown_where_nobody_says_nothing_and_hidden_in_what_is_published():
    table = [[20, 0, 30], [25, 40, 15], [18, 22, 35]]
    assert suppress(table) == frozenset()
    hidden = suppress(table, zeros=True)
    assert (0, 1) in hidden
    assert protects(table, hidden, 10)


def test_a_whole_row_in_one_cell_is_not_published():
    table = [[0, 60, 0], [25, 40, 15], [18, 22, 35]]
    assert {(0, 0), (0, 1), (0, 2)} <= suppress(table, zeros=True)


def test_a_total_that_is_too_small_is_hidden_with_one_that_would_give_it_back():
    table = [[20, 30], [2, 3], [25, 40]]
    hidden = suppress(table)
    assert {(1, 0), (1, 1), (1, 2)} <= hidden
    assert {(0, 2), (2, 2)} & hidden
    assert (3, 2) not in hidden
    assert protects(table, hidden, 10)


def test_a_row_or_column_alone_is_a_list_twice():
    for table in ([[4, 30, 26]], [[4], [30], [26]]):
        hidden = suppress(table)
        assert len(hidden) == 4
        assert protects(table, hidden, 10)


def test_a_list_with_a_known_total_hides_the_smallest_other_count():
    assert suppress([40, 25, 9]) == {(1,), (2,)}
    assert suppress([40, 25, 0]) == frozenset()
    assert suppress([40, 25, 0], zeros=True) == {(1,), (2,)}


@pytest.mark.parametrize("table", [[4, 5], [[4], [5]], [[1, 2], [3, 0]]])
def test_a_table_of_too_few_people_is_not_published_at_all(table):
    with pytest.raises(NotPublishableError, match="fewer than 10 people"):
        suppress(table)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "at least one cell"),
        ([[]], "at least one cell"),
        (7, "one or two axes"),
        ([[[20]]], "one or two axes"),
        ([[1, 2], [3]], "as many in every row"),
        ([[1, "many"]], "numbers alone"),
        ([[1, None]], "missing"),
        ([[1, float("inf")]], "missing"),
        ([[1, -2]], "zero or more"),
        ([[1, 2.5]], "whole number"),
    ],
)
def test_what_is_no_table_of_counts_is_refused_with_the_reason(table, sentence):
    with pytest.raises(ValueError, match=sentence):
        suppress(table)


def test_a_threshold_below_one_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        suppress([[1, 2]], threshold=0)


def test_no_counts_fit_a_table_that_contradicts_itself():
    shown = with_totals([[3, 20], [20, 20]]).astype(float)
    shown[0, 0], shown[0, 2] = np.nan, 1
    with pytest.raises(ValueError, match="No counts agree"):
        attack(shown)
