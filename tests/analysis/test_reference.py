"""Every case of the reference that R reckoned for the council's and the pupils' samples, one by one.

Estimates agree to 1e-8, standard errors and intervals to 1e-6, relative. R's calibrate() (the designs _cal) gives
the weights of its rake() and another standard error: both are right, ours is that of rake(), and they lie within 1 %.
"""

import numpy as np
import pytest

from analysis.association import association
from analysis.design import sample_design
from analysis.estimates import contrast, distribution, mean, means, proportion
from analysis.intervals import p_value
from analysis.weights import design_effect, effective_size
from tests.analysis import golden

pytestmark = pytest.mark.alike


def cases(*kinds):
    return [pytest.param(case, id=name) for name, case in golden.cases().items() if case["kind"] in kinds]


def tolerance(design):
    return 1e-2 if design.endswith("_cal") else 1e-6


def close(found, expected, rel):
    assert found == pytest.approx(expected, rel=rel)


@pytest.mark.parametrize("design", ["cw1_rk", "cw2_rk", "cw1_rk5", "cw1_rkpns", "cw1_rktrim"])
def test_weights_agree_respondent_by_respondent(design):
    assert golden.design(design).weights == pytest.approx(golden.r_weights(design), rel=1e-8)


@pytest.mark.parametrize("case", cases("kish"))
def test_effective_size_and_design_effect(case):
    weights = golden.design(case["design"]).weights
    close(effective_size(weights), case["neff"], 1e-9)
    close(design_effect(weights), case["deff"], 1e-9)
    close(weights.max() / weights.mean(), case["max_over_mean"], 1e-9)


@pytest.mark.parametrize(
    "case", [case for case in cases("svystat") if not case.id.endswith(("likert_dist", "paired_clustered"))]
)
def test_means_and_net_scores(case):
    design, (variable,) = case["design"], case["estimate"]
    found = mean(golden.design(design), golden.answers(design, variable))
    close(found.value, case["estimate"][variable], 1e-8)
    close(found.se, case["se"][variable], tolerance(design))
    close([found.lower, found.upper], case["ci95_t"][variable], tolerance(design))
    assert found.df == case["df"]


@pytest.mark.parametrize("case", cases("svyciprop"))
def test_proportions_with_logit_and_exact_intervals(case):
    design, variable = case["design"], case["id"].split(".")[1]
    for interval, method in {"logit": "xlogit", "beta": "beta"}.items():
        expected = case["methods"][method]
        found = proportion(golden.design(design), golden.answers(design, variable), interval=interval)
        close(found.value, expected["estimate"], 1e-8)
        close(found.se, expected["se"], tolerance(design))
        close([found.lower, found.upper], expected["ci95"], tolerance(design))
        assert found.df == case["df"]


def test_distribution_of_an_item():
    case = golden.cases()["cw1_fix.likert_dist"]
    found = distribution(golden.design("cw1_fix"), golden.column("cw1_fix", "get_on"))
    for (label, estimate), expected, se in zip(
        found.of.items(), case["estimate"].values(), case["se"].values(), strict=True
    ):
        close(estimate.value, expected, 1e-8)
        close(estimate.se, se, 1e-6)
        assert label in "12345"
    assert found.covariance.sum() == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("case", cases("svyby+svycontrast"))
def test_domains_their_covariances_and_contrasts(case):
    design = case["design"]
    variable, groups = case["r"].removeprefix("svyby(~").split(", ~")[0], case["r"].split(", ~")[1].split(",")[0]
    found = means(golden.design(design), golden.answers(design, variable), golden.column(design, groups))
    assert sorted(found.of) == sorted(case["estimate"])
    for group, expected in case["estimate"].items():
        close(found.of[group].value, expected, 1e-8)
        close(found.of[group].se, case["se"][group], 1e-6)
    assert found.covariance == pytest.approx(np.array(case["vcov"]), rel=1e-6, abs=1e-18)
    for expected in case["contrasts"]:
        one = contrast(found, expected["coef"])
        close(one.value, expected["estimate"], 1e-8)
        close(one.se, expected["se"], 1e-6)
        close([one.lower, one.upper], expected["ci95_t"], 1e-6)
        close(p_value(one.value, one.se, one.df), expected["p_t"], 1e-6)


@pytest.mark.parametrize("case", cases("svychisq"))
def test_rao_scott(case):
    design, (rows, columns) = case["design"], case["r"].removeprefix("svychisq(~").split(",")[0].split("+")
    found = association(golden.design(design), golden.column(design, rows), golden.column(design, columns))
    expected = case["tests"]["F"]
    close(found.statistic, expected["statistic"], 1e-6)
    close([found.ndf, found.ddf], list(expected["parameter"].values()), 1e-6)
    close(found.p, expected["p"], 1e-6)


def test_linked_pupils_have_the_mean_of_their_differences_by_class():
    case, phases = golden.cases()["pupils.paired_clustered"], {}
    for row in golden.rows("dpup"):
        if row["pupil_code"] and row["score"]:
            phases.setdefault((row["class_code"], row["pupil_code"]), {})[row["phase"]] = float(row["score"])
    linked = {pupil: scores for pupil, scores in phases.items() if len(scores) == 2}
    design = sample_design(np.ones(len(linked)), clusters=[pupil[0] for pupil in linked])
    found = mean(design, [scores["post"] - scores["pre"] for scores in linked.values()])
    close(found.value, case["estimate"]["d"], 1e-8)
    close(found.se, case["se"]["d"], 1e-6)
    assert found.df == case["df"]
