"""How a sample was drawn, and what cannot have been drawn so."""

import numpy as np
import pytest

from analysis.design import sample_design
from analysis.estimates import mean

pytestmark = pytest.mark.alike


def test_a_cluster_is_taken_within_its_stratum():
    design = sample_design(np.ones(8), strata=list("aaaabbbb"), clusters=list("xxyyxxyy"))
    assert (design.stratum.size, design.df) == (4, 2)


def test_a_stratified_mean_has_its_textbook_variance():
    # Cochran, Sampling Techniques, 5.3: the sum over strata of (N/all)² (1 - n/N) s²/n.
    design = sample_design([5, 5, 10, 10, 10], strata=list("aabbb"), fpc=[10, 10, 30, 30, 30])
    expected = (10 / 40) ** 2 * (1 - 2 / 10) * 8 / 2 + (30 / 40) ** 2 * (1 - 3 / 30) * 4 / 3
    assert mean(design, [1, 5, 2, 4, 6]).se == pytest.approx(np.sqrt(expected))


def test_other_weights_leave_the_strata_as_they_are():
    design = sample_design(np.ones(4), strata=list("aabb")).weighted([1, 2, 3, 4])
    assert (design.weights.tolist(), design.df) == ([1, 2, 3, 4], 2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"weights": [1, np.nan]}, "A weight is missing"),
        ({"weights": [1, 0]}, "A weight is zero"),
        ({"weights": [1, np.inf]}, "A weight is infinite"),
        ({"weights": [1, 1], "strata": ["a", ""]}, "A stratum is missing in row 2"),
        ({"weights": [1, 1], "clusters": [None, "a"]}, "A cluster is missing in row 1"),
        ({"weights": [1, 1], "strata": ["a"]}, "one stratum for each row"),
        ({"weights": [1, 1], "fpc": [9, np.nan]}, "A population size is missing"),
        ({"weights": [1, 1], "fpc": [9]}, "one population size for each row"),
        ({"weights": [1, 1], "fpc": [9, 8]}, "differs within a stratum"),
        ({"weights": [1, 1, 1, 1], "strata": list("aabb"), "fpc": [9, 9, 1, 1]}, "of b is smaller than the sample"),
    ],
)
def test_what_is_no_design_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        sample_design(**wrong)


@pytest.mark.parametrize("weights", [[1], [1, 2, 3]])
def test_weights_of_another_sample_are_refused(weights):
    with pytest.raises(ValueError, match="one weight for each row"):
        sample_design([1, 1]).weighted(weights)
