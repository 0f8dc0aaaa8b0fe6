import numpy as np
import pytest

from analysis.counts import count, rate, wilson


# Exact Poisson limits as printed in every table of them (Garwood 1936; Pearson and Hartley, Biometrika Tables I, 40).
@pytest.mark.parametrize(
    ("events", "limits"),
    [(0, (0.0, 3.6889)), (1, (0.0253, 5.5716)), (5, (1.6235, 11.6683)), (9, (4.1154, 17.0848))],
)
def test_small_counts_have_exact_limits(events, limits):
    estimate = count(events)
    assert (round(estimate.lower, 4), round(estimate.upper, 4)) == limits
    assert estimate.method == "exact Poisson"


# By hand from Breslow and Day's formula with z = 1.959964; the exact limits stand beside them for scale.
@pytest.mark.parametrize(
    ("events", "limits", "exact"),
    [(10, (4.789, 18.392), (4.795, 18.390)), (100, (81.361, 121.628), (81.364, 121.627))],
)
def test_larger_counts_have_byars_limits(events, limits, exact):
    estimate = count(events)
    assert [estimate.lower, estimate.upper] == pytest.approx(limits, abs=2e-3)
    assert [estimate.lower, estimate.upper] == pytest.approx(exact, abs=1e-2)
    assert estimate.method == "Byar"


def test_a_rate_is_its_count_for_each_so_many():
    estimate, counted = rate(100, 50_000, per=1000), count(100)
    assert estimate.value == 2
    assert (estimate.lower, estimate.upper) == pytest.approx((counted.lower / 50, counted.upper / 50))


@pytest.mark.parametrize("events", [-1, 1.5, np.nan, np.inf])
def test_what_is_no_count_is_refused(events):
    with pytest.raises(ValueError, match="whole number"):
        count(events)


@pytest.mark.parametrize(("denominator", "per"), [(0, 1), (-5, 1), (np.nan, 1), (5, 0), (5, np.inf)])
def test_a_rate_for_nobody_is_refused(denominator, per):
    with pytest.raises(ValueError, match="above zero"):
        rate(1, denominator, per=per)


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
