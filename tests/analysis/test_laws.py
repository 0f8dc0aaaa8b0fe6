"""What holds of every sample."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.categories import Categorical
from analysis.design import sample_design
from analysis.estimates import contrast, distribution, mean, means, proportion
from analysis.margins import Margin
from analysis.raking import rake
from analysis.trimming import trim
from analysis.weights import effective_size

pytestmark = pytest.mark.alike
LITTLE = settings(deadline=None, max_examples=40)
WEIGHTS = st.floats(min_value=0.1, max_value=50)
ANSWERS = st.one_of(st.just(np.nan), st.integers(min_value=-5, max_value=5).map(float))


@st.composite
def samples(draw):
    """Draw a design with its answers (some missing) and three groups, of 4 to 60 rows."""
    rows = draw(st.integers(min_value=4, max_value=60))
    some = {"min_size": rows, "max_size": rows}
    clusters = draw(st.one_of(st.none(), st.lists(st.sampled_from("uvwxyz"), **some)))
    strata = draw(st.one_of(st.none(), st.lists(st.sampled_from("AB"), **some)))
    design = sample_design(draw(st.lists(WEIGHTS, **some)), clusters=clusters, strata=strata)
    codes = np.array(draw(st.lists(st.integers(min_value=-1, max_value=2), **some)), dtype=np.intp)
    return design, np.array(draw(st.lists(ANSWERS, **some))), Categorical(labels=("a", "b", "c"), codes=codes)


def numbers(estimate):
    return [x for x in (estimate.value, estimate.se, estimate.lower, estimate.upper, estimate.n_eff) if x is not None]


@LITTLE
@given(samples())
def test_an_estimate_is_never_nan_and_says_why_where_it_is_none(sample):
    design, answers, groups = sample
    agrees = np.where(np.isnan(answers), np.nan, answers > 0)
    found = [mean(design, answers), proportion(design, agrees), proportion(design, agrees, interval="beta")]
    found += [*means(design, answers, groups).of.values(), *distribution(design, groups).of.values()]
    found.append(contrast(means(design, answers, groups), {"a": 1, "b": -1}))
    for estimate in found:
        assert np.isfinite(numbers(estimate)).all()
        assert (estimate.lower is None) <= bool(estimate.why_not)
        if estimate.lower is not None:
            assert estimate.lower - 1e-9 <= estimate.value <= estimate.upper + 1e-9


@LITTLE
@given(samples(), st.floats(min_value=0.001, max_value=1000))
def test_only_the_proportions_of_weights_matter(sample, factor):
    design, answers, groups = sample
    once, again = (means(one, answers, groups).of for one in (design, design.weighted(design.weights * factor)))
    for label, estimate in once.items():
        assert numbers(again[label]) == pytest.approx(numbers(estimate), rel=1e-6, abs=1e-9)


@LITTLE
@given(samples())
def test_groups_add_up_to_everybody(sample):
    design, answers, groups = sample
    answers = np.where(groups.known, answers, np.nan)
    whole, parts = mean(design, answers), means(design, answers, groups).of
    assert whole.n == sum(part.n for part in parts.values())
    answered = ~np.isnan(answers)
    total = sum(
        part.value * design.weights[answered & (groups.codes == code)].sum()
        for code, part in enumerate(parts.values())
        if part.value is not None
    )
    if whole.value is not None:
        assert total / design.weights[answered].sum() == pytest.approx(whole.value, abs=1e-9)


@LITTLE
@given(samples())
def test_a_share_is_the_mean_of_who_counts_and_the_part_of_a_distribution(sample):
    design, _, groups = sample
    parts = distribution(design, groups).of
    for label, part in parts.items():
        share = proportion(design, groups.equals(label))
        assert numbers(part) == pytest.approx(numbers(share), rel=1e-6, abs=1e-9)
    if parts["a"].value is not None:
        assert sum(part.value for part in parts.values()) == pytest.approx(1)


@LITTLE
@given(samples())
def test_the_order_of_the_rows_does_not_matter(sample):
    design, answers, groups = sample
    turned = sample_design(
        design.weights[::-1],
        strata=[design.strata[code] or "all" for code in _stratum(design)[::-1]],
        clusters=None if design.cluster is None else [str(code) for code in design.cluster[::-1]],
    )
    back = Categorical(labels=groups.labels, codes=groups.codes[::-1])
    once, again = means(design, answers, groups).of, means(turned, answers[::-1], back).of
    for label, estimate in once.items():
        assert numbers(again[label]) == pytest.approx(numbers(estimate), rel=1e-6, abs=1e-9)


def _stratum(design):
    return design.stratum if design.cluster is None else design.stratum[design.cluster]


@st.composite
def rakings(draw):
    """Draw a design, two margins of which every combination has somebody, and targets of one total."""
    sizes = draw(st.tuples(st.integers(2, 4), st.integers(2, 3)))
    full = [(row, column) for row in range(sizes[0]) for column in range(sizes[1])]
    more = draw(st.lists(st.sampled_from(full), max_size=40))
    people = np.array(full + more, dtype=np.intp)
    margins = []
    for place, size in enumerate(sizes):
        targets = np.array(draw(st.lists(st.floats(1, 20), min_size=size, max_size=size)))
        labels = tuple(str(code) for code in range(size))
        categories = Categorical(labels=labels, codes=people[:, place])
        margins.append(Margin(name=str(place), categories=categories, targets=1000 * targets / targets.sum()))
    weights = draw(st.lists(WEIGHTS, min_size=len(people), max_size=len(people)))
    return sample_design(weights), margins


@LITTLE
@given(rakings())
def test_raked_weights_meet_every_margin_and_are_positive(drawn):
    design, margins = drawn
    raked = rake(design, margins).weights
    assert (raked > 0).all()
    assert max(abs(miss) for one in margins for miss in one.damage(raked).values()) < 1e-9


@LITTLE
@given(rakings())
def test_raking_again_changes_nothing_and_the_order_of_margins_does_not_matter(drawn):
    design, margins = drawn
    raked = rake(design, margins).weights
    assert rake(design.weighted(raked), margins).weights == pytest.approx(raked, rel=1e-8)
    assert rake(design, margins[::-1]).weights == pytest.approx(raked, rel=1e-6)


@LITTLE
@given(rakings())
def test_what_the_margins_hold_has_no_doubt_once_the_raking_is_taken_into_account(drawn):
    design, margins = drawn
    raking = rake(design, margins)
    aware = design.weighted(raking.weights, calibration=raking.calibration)
    for label, estimate in distribution(aware, margins[0].categories).of.items():
        assert estimate.value == pytest.approx(margins[0].targets[int(label)] / 1000)
        assert estimate.se == pytest.approx(0, abs=1e-8)


@LITTLE
@given(st.lists(WEIGHTS, min_size=2, max_size=60), st.floats(1.05, 5))
def test_trimming_keeps_the_sum_and_its_limit_and_never_costs_precision(weights, upper):
    trimmed = trim(weights, upper=upper).weights
    assert trimmed.sum() == pytest.approx(sum(weights))
    assert trimmed.max() <= upper * np.mean(weights) * (1 + 1e-12)
    assert effective_size(trimmed) >= effective_size(weights) * (1 - 1e-9)
