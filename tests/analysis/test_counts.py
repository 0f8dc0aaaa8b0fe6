import numpy as np
import pytest

from analysis.counts import count, rate


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
