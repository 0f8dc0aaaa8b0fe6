import numpy as np
import pytest

from analysis.weights import design_effect, effective_size
from tests.analysis import golden


@pytest.mark.parametrize("design", ["cw1", "cw1_fix", "cw2_fix"])
def test_effective_size_and_design_effect_agree_with_r(design):
    expected = golden.cases()[f"{design}.kish"]
    weights = golden.weights(design)
    assert effective_size(weights) == pytest.approx(expected["neff"], rel=1e-9)
    assert design_effect(weights) == pytest.approx(expected["deff"], rel=1e-9)


def test_equal_weights_cost_nothing():
    assert effective_size([3, 3, 3, 3]) == 4
    assert design_effect([3, 3, 3, 3]) == 1


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], "at least one number"),
        ([1, np.nan], "A weight is missing"),
        ([1, np.inf], "A weight is missing"),
        ([1, -1], "below zero"),
        ([0, 0], "Every weight is zero"),
        ([[1, 2]], "must be a list"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        effective_size(weights)
