import numpy as np
import pytest

from analysis.proportions import proportion, wilson
from tests.analysis import golden

DESIGNS = [
    (design, variable) for design in ("cw1", "cw1_fix", "cw2_fix") for variable in ("agree", "safe_dark", "hate_exp")
]


@pytest.mark.parametrize(("design", "variable"), DESIGNS)
def test_weighted_proportion_agrees_with_r(design, variable):
    case = golden.cases()[f"{design}.{variable}"]
    expected = case["methods"]["xlogit"]
    estimate = proportion(golden.answers(design, variable), golden.weights(design))
    assert estimate.value == pytest.approx(expected["estimate"], rel=1e-8)
    assert estimate.se == pytest.approx(expected["se"], rel=1e-6)
    assert [estimate.lower, estimate.upper] == pytest.approx(expected["ci95"], rel=1e-6)
    assert estimate.df == case["df"]
    assert estimate.method == "logit"


@pytest.mark.parametrize(("design", "variable"), DESIGNS)
def test_exact_interval_agrees_with_r(design, variable):
    expected = golden.cases()[f"{design}.{variable}"]["methods"]["beta"]
    estimate = proportion(golden.answers(design, variable), golden.weights(design), interval="beta")
    assert [estimate.lower, estimate.upper] == pytest.approx(expected["ci95"], rel=1e-6)


def test_missing_answers_stay_in_the_design():
    answers = np.array([1, 0, 1, np.nan, np.nan, 0, 1, 1])
    whole, cut = proportion(answers), proportion(answers[~np.isnan(answers)])
    assert (whole.value, whole.n, whole.df) == (cut.value, 6, 7)
    assert whole.se == pytest.approx(cut.se * np.sqrt(8 / 7 * 5 / 6))


@pytest.mark.parametrize(("answer", "limits"), [(1, (0.6915029, 1.0)), (0, (0.0, 0.3084971))])
def test_when_all_answer_alike_the_exact_interval_stands_in(answer, limits):
    # Clopper and Pearson, 10 of 10: the lower limit is 0.025 ** (1 / 10).
    estimate = proportion([answer] * 10 + [np.nan] * 5)
    assert estimate.method == "exact (Korn-Graubard)"
    assert (estimate.value, estimate.se) == (answer, 0)
    assert [estimate.lower, estimate.upper] == pytest.approx(limits, abs=1e-7)


def test_weights_widen_the_exact_interval_through_the_effective_size():
    weights = [1, 1, 1, 1, 6]
    estimate = proportion([1] * 5, weights)
    assert estimate.n_eff == 2.5
    assert estimate.lower == pytest.approx(0.025 ** (1 / 2.5))


def test_the_sum_of_odd_weights_never_hides_that_all_agree():
    estimate = proportion([1] * 3, [0.1, 0.2, 0.3])
    assert (estimate.value, estimate.upper) == (1, 1)


@pytest.mark.parametrize(
    ("answers", "weights", "sentence"),
    [
        ([np.nan, np.nan], None, "Nobody answered"),
        ([1], None, "One row alone"),
        ([1, 2], None, "must be 1 \\(counts\\), 0"),
        ([1, 0], [1, 1, 1], "one weight for each answer"),
        ([1, 0], [1, np.nan], "A weight is missing"),
        ([1, np.nan], [0, 1], "Nobody answered"),
    ],
)
def test_answers_that_cannot_be_used_are_refused(answers, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        proportion(answers, weights)


def test_an_unknown_interval_is_refused():
    with pytest.raises(ValueError, match="logit or beta"):
        proportion([1, 0], interval="wald")


# Newcombe (1998), Statistics in Medicine 17, 857-872, Table I, method 3.
@pytest.mark.parametrize(
    ("numerator", "denominator", "limits"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_agrees_with_newcombe(numerator, denominator, limits):
    estimate = wilson(numerator, denominator)
    assert (round(estimate.lower, 4), round(estimate.upper, 4)) == limits
    assert estimate.value == numerator / denominator


def test_wilson_ends_at_one_when_all_count():
    assert wilson(20, 20).upper == 1
    assert wilson(20, 20).lower == pytest.approx(1 - wilson(0, 20).upper)


@pytest.mark.parametrize(
    ("numerator", "denominator", "sentence"),
    [
        (1, 0, "above zero"),
        (2, 1, "between zero and the denominator"),
        (-1, 5, "between zero and the denominator"),
        (np.nan, 5, "must both be numbers"),
    ],
)
def test_wilson_refuses_what_is_no_share(numerator, denominator, sentence):
    with pytest.raises(ValueError, match=sentence):
        wilson(numerator, denominator)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_none_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level=level)
