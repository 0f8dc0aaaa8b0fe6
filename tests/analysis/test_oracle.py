"""A second opinion beside R's: svy, a library by others, asked for the same things of the same answers.

It counts degrees of freedom within the domain where R and we count those of the whole design, so intervals are not
compared. `requirements/oracle.txt` installs it; under CI it must be there.
"""

import numpy as np
import pytest

from analysis.association import association
from analysis.estimates import contrast, distribution, mean, means, proportion
from tests.analysis import golden

pytestmark = pytest.mark.alike
VARIABLES = ("net", "agree", "safe_dark", "conf_report", "hate_exp")


@pytest.fixture(scope="module")
def svy():
    """The library, where it is installed: a test that asks for it in vain fails under CI, as any skipped one does."""
    return pytest.importorskip("svy", reason="svy is not installed: uv pip install -r requirements/oracle.txt")


@pytest.fixture(scope="module", params=["cw1", "cw2"])
def wave(request):
    return request.param


@pytest.fixture(scope="module")
def answered(svy, wave):
    """The answers of a wave as the library takes them, without a design."""
    from polars import DataFrame

    columns = {name: [row[name] for row in golden.rows(wave)] for name in golden.FIVE}
    columns |= {name: [None if np.isnan(y) else y for y in golden.answers(wave, name)] for name in VARIABLES}
    columns["get_on"] = [row["get_on"] or None for row in golden.rows(wave)]
    return DataFrame(columns | {"base_w": golden.numbers(wave, "base_w")})


@pytest.fixture(scope="module")
def raked(svy, answered):
    sample = svy.Sample(answered, svy.Design(wgt="base_w"))
    return sample.weighting.rake(controls={name: golden.MARGINS[name] for name in golden.THREE}, tol=1e-12)


@pytest.fixture(scope="module")
def fixed(svy, raked, answered):
    return svy.Sample(answered.with_columns(w=raked.data["rk_wgt"]), svy.Design(wgt="w"))


@pytest.fixture(scope="module")
def given(svy):
    return lambda variable: svy.col(variable).is_not_null()


def agrees(ours, theirs):
    assert (ours.value, ours.se) == (pytest.approx(theirs.est, rel=1e-8), pytest.approx(theirs.se, rel=1e-6))


def test_raked_weights(wave, raked):
    assert golden.raking(wave).weights == pytest.approx(raked.data["rk_wgt"].to_numpy(), rel=1e-8)


@pytest.mark.parametrize("variable", VARIABLES)
def test_means_under_fixed_weights_and_with_the_raking_taken_into_account(wave, raked, fixed, given, variable):
    for design, sample in ((f"{wave}_fix", fixed), (f"{wave}_rk", raked)):
        (theirs,) = sample.estimation.mean(variable, where=given(variable)).estimates
        agrees(mean(golden.design(design), golden.answers(wave, variable)), theirs)


def test_logit_intervals_where_nobody_is_silent(wave, fixed):
    items = [name for name in golden.FIVE if name not in golden.THREE]
    for item in items:
        ours = distribution(golden.design(f"{wave}_fix"), golden.column(wave, item))
        theirs = fixed.estimation.prop(item).estimates
        assert len(theirs) == len(ours.of)
        for one in theirs:
            agrees(ours.of[one.y_level], one)
            limits = [ours.of[one.y_level].lower, ours.of[one.y_level].upper]
            assert limits == pytest.approx([one.lci, one.uci], rel=1e-6)


def test_a_share_where_some_are_silent(wave, raked, given):
    theirs = {one.y_level: one for one in raked.estimation.prop("agree", where=given("agree")).estimates}
    agrees(proportion(golden.design(f"{wave}_rk"), golden.answers(wave, "agree")), theirs[1.0])


def test_groups_and_their_contrast(wave, raked, given):
    theirs = raked.estimation.mean("net", by="area", where=given("net"))
    ours = means(golden.design(f"{wave}_rk"), golden.answers(wave, "net"), golden.column(wave, "area"))
    for one in theirs.estimates:
        agrees(ours.of[one.by_level[0]], one)
    (apart,) = theirs.contrast({"East": 1, "West": -1}).estimates
    agrees(contrast(ours, {"East": 1, "West": -1}), apart)


def test_rao_scott(wave, fixed, given):
    theirs = fixed.categorical.tabulate("get_on", "area", where=given("get_on")).stats.f
    ours = association(golden.design(f"{wave}_fix"), golden.column(wave, "get_on"), golden.column(wave, "area"))
    assert ours.statistic == pytest.approx(theirs.value, rel=1e-6)
    assert ours.ndf == pytest.approx(theirs.df_num, rel=1e-6)
