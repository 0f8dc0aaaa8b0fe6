import numpy as np
import pytest

from analysis.weights import design_effect, effective_size


def test_equal_weights_cost_nothing():
    assert effective_size([3, 3, 3, 3]) == 4
    assert design_effect([3, 3, 3, 3]) == 1


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], "at least one number"),
        ([1, np.nan], "A weight is missing"),
        ([1, np.inf], "A weight is infinite"),
        ([1, -1], "below zero"),
        ([1, 0], "A weight is zero"),
        ([1, 1e60], "too large or too small"),
        ([1, 1e-60], "too large or too small"),
        ([[1, 2]], "must be a list"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        effective_size(weights)
