"""Weights that match the population, and margins that no weights could match."""

import numpy as np
import pytest

from analysis.categories import categorical
from analysis.design import sample_design
from analysis.margins import margin, with_not_said
from analysis.raking import rake
from analysis.trimming import trim
from tests.analysis import golden

pytestmark = pytest.mark.alike
SEX, AGE = categorical("ffmmmf"), categorical("youngyoungoldold"[start : start + 5] for start in (0, 5))
HALVES = {"f": 50.0, "m": 50.0}


def test_one_margin_is_post_stratification_in_one_sweep():
    raking = rake(sample_design([1, 2, 1, 1, 2, 1]), [margin("sex", SEX, HALVES)])
    assert raking.sweeps == 1
    assert raking.weights == pytest.approx([12.5, 25, 12.5, 12.5, 25, 12.5])


@pytest.mark.parametrize("names", [golden.THREE, golden.FIVE])
def test_every_category_meets_its_target(names):
    margins = golden.margins("cw1", names)
    raking = rake(golden.design("cw1"), margins)
    assert 2 <= raking.sweeps <= 30
    for one in margins:
        assert max(abs(miss) for miss in one.damage(raking.weights).values()) < 1e-9


def test_who_did_not_say_keeps_the_share_of_the_sample():
    base, said = golden.design("cw1").weights, golden.column("cw1", "eth_pns")
    targets = with_not_said(golden.MARGINS["eth"], said, base, label=golden.NOT_SAID)
    silent = np.array([label == golden.NOT_SAID for label in (row["eth_pns"] for row in golden.rows("cw1"))])
    assert sum(targets.values()) == pytest.approx(golden.MARGINS["N"])
    assert targets[golden.NOT_SAID] / golden.MARGINS["N"] == pytest.approx(base[silent].sum() / base.sum())
    assert targets["White"] / targets["Asian"] == pytest.approx(135676 / 27334)


def test_where_all_said_the_targets_stay():
    assert with_not_said(HALVES, SEX, [1] * 6, label="Prefer not to say") == HALVES


def test_a_category_that_no_row_has_needs_no_target():
    raking = rake(sample_design([1] * 6), [margin("sex", categorical("ffmmmf", labels="fmx"), HALVES)])
    assert raking.weights.sum() == pytest.approx(100)


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        ({"f": 50.0}, "In sex the category m has respondents and no target"),
        (HALVES | {"x": 1.0}, "In sex the category x has a target and no respondents"),
        ({"f": 50.0, "m": 0.0}, "the target of m must be a number above zero"),
        ({"f": np.nan, "m": 50.0}, "the target of f must be a number above zero"),
    ],
)
def test_targets_that_do_not_fit_the_sample_are_refused(targets, sentence):
    with pytest.raises(ValueError, match=sentence):
        margin("sex", SEX, targets)


def test_a_row_without_a_category_is_refused():
    with pytest.raises(ValueError, match="In sex row 3 has no category"):
        margin("sex", categorical(["f", "m", "", "f"]), HALVES)


def test_margins_of_unequal_totals_are_refused():
    margins = [margin("sex", SEX, HALVES), margin("again", SEX, {"f": 50.0, "m": 51.0})]
    with pytest.raises(ValueError, match="sex of 100 and again of 101"):
        rake(sample_design([1] * 6), margins)


def test_margins_that_contradict_each_other_are_refused():
    margins = [margin("sex", SEX, HALVES), margin("again", SEX, {"f": 40.0, "m": 60.0})]
    with pytest.raises(ValueError, match="do not settle in 1000 sweeps; sex still misses"):
        rake(sample_design([1] * 6), margins)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: rake(sample_design([1] * 6), []), "at least one margin"),
        (lambda: rake(sample_design([1] * 5), [margin("sex", SEX, HALVES)]), "one category for each row"),
        (lambda: with_not_said(HALVES, SEX, [1] * 5, label="x"), "one weight for each row"),
        (lambda: with_not_said(HALVES, SEX, [1] * 6, label="f"), "f has a target already"),
    ],
)
def test_what_cannot_be_raked_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_four_hundred_categories_and_few_people_in_each_combination_are_raked():
    many = categorical(f"c{number % 400:03}" for number in range(4000))
    others = [categorical(str(number * prime % size) for number in range(4000)) for prime, size in ((7, 37), (11, 41))]
    margins = [
        margin(str(size.size), size, dict(zip(size.labels, np.linspace(1, 2, size.size), strict=True)))
        for size in (many, *others)
    ]
    margins = [
        margin(one.name, one.categories, dict(zip(one.categories.labels, one.targets / one.total, strict=True)))
        for one in margins
    ]
    raking = rake(sample_design(np.ones(4000)), margins)
    assert max(abs(miss) for one in margins for miss in one.damage(raking.weights).values()) < 1e-9


def test_trimming_tells_what_it_does_to_the_margins():
    margins, raked = golden.margins("cw1"), golden.raking("cw1").weights
    trimming = trim(raked, upper=3, margins=margins)
    assert trimming.weights.sum() == pytest.approx(raked.sum())
    assert trimming.weights.max() == pytest.approx(3 * raked.mean())
    assert trimming.trimmed == np.count_nonzero(raked > 3 * raked.mean()) > 0
    assert list(trimming.damage) == ["age", "sex", "eth"]
    assert trimming.damage["eth"]["White"] > 0.001 > trimming.damage["eth"]["Asian"]


def test_what_trimming_pushes_over_the_limit_is_trimmed_again():
    trimming = trim([1, 1, 1, 1.9, 6.1], upper=1.5)
    assert trimming.weights == pytest.approx([1.7, 1.7, 1.7, 2.6, 3.3])
    assert trimming.trimmed == 1


def test_trimming_ends_where_repeating_rs_rule_ends():
    weights = np.array([0.1, 1, 2, 2.5, 3, 9])
    for limits in ({"upper": 1.2}, {"upper": 1.5, "lower": 0.4}, {"upper": 2.9, "lower": 0.9}):
        assert trim(weights, **limits).weights == pytest.approx(_by_rs_rule(weights, **limits), rel=1e-9)


def _by_rs_rule(weights, upper, lower=0):
    """Repeat R's rule, by which whoever is within the limits, or on one, gets an equal share of the excess."""
    least, most = lower * weights.mean(), upper * weights.mean()
    for _ in range(2000):
        held = np.clip(weights, least, most)
        within = held == weights
        held[within] += (weights - held).sum() / within.sum()
        weights = held
    return weights


def test_a_lower_limit_lifts_the_smallest():
    assert trim([1, 9, 10], lower=0.5).weights == pytest.approx([10 / 3, 9 - 7 / 6, 10 - 7 / 6])


def test_weights_within_the_limits_stay_as_they_are():
    trimming = trim([1, 2, 3], upper=3, lower=0.1)
    assert (trimming.weights.tolist(), trimming.trimmed) == ([1, 2, 3], 0)


@pytest.mark.parametrize("limits", [{"upper": 1.0}, {"lower": 1.0}, {"upper": np.nan}, {"upper": 0.5, "lower": 2}])
def test_limits_that_leave_no_room_are_refused(limits):
    with pytest.raises(ValueError, match="above 1 and the lower one below"):
        trim([1, 2, 3], **limits)
