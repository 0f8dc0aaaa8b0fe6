"""Rao and Scott's test where the table or the design cannot carry it."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from analysis.association import association
from analysis.categories import categorical
from analysis.design import sample_design

pytestmark = pytest.mark.alike
ROWS, COLUMNS = categorical("aabbabaabb" * 9), categorical(("xy" * 4 + "xx") * 9)


def test_equal_weights_come_close_to_pearsons_test():
    table = np.bincount(ROWS.codes * 2 + COLUMNS.codes, minlength=4).reshape(2, 2)
    expected = chi2_contingency(table, correction=False)
    found = association(sample_design(np.ones(90)), ROWS, COLUMNS)
    assert found.statistic == pytest.approx(expected.statistic * 89 / 90)
    assert (found.ndf, found.ddf, found.n) == (pytest.approx(1), pytest.approx(89), 90)
    assert found.p == pytest.approx(expected.pvalue, abs=0.01)


def test_rows_without_an_answer_stay_in_the_design():
    codes = np.where(np.arange(90) < 10, -1, COLUMNS.codes)
    found = association(sample_design(np.ones(90)), ROWS, type(COLUMNS)(labels=("x", "y"), codes=codes))
    assert (found.n, found.ddf) == (80, pytest.approx(89))


@pytest.mark.parametrize(
    ("design", "rows", "columns", "sentence"),
    [
        (sample_design(np.ones(90)), ROWS, categorical("x" * 90), "two groups and two answers"),
        (sample_design(np.ones(90), clusters="c" * 90), ROWS, COLUMNS, "one cluster only"),
        (
            sample_design(np.ones(90)),
            categorical("abc" * 30),
            categorical("xyz" * 30),
            "Too many combinations have nobody",
        ),
        (sample_design(np.ones(4), strata="aabb", fpc=[2] * 4), categorical("aabb"), categorical("xyxy"), "no doubt"),
    ],
)
def test_what_cannot_be_tested_is_refused(design, rows, columns, sentence):
    with pytest.raises(ValueError, match=sentence):
        association(design, rows, columns)
