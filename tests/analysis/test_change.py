import numpy as np
import pytest

from analysis.categories import categorical
from analysis.change import before_and_after, between, from_limits
from analysis.counts import wilson
from analysis.design import sample_design
from analysis.estimates import proportion
from tests.analysis import golden


@pytest.mark.parametrize("variable", ["agree", "net", "safe_dark", "conf_report", "hate_exp"])
def test_change_between_waves_agrees_with_r(variable):
    case = golden.cases()[f"cboth.change.{variable}"]
    expected = case["contrasts"][0]
    (earlier, later), (earlier_se, later_se) = case["estimate"].values(), case["se"].values()
    change = between(earlier, earlier_se, later, later_se)
    assert change.value == pytest.approx(expected["estimate"], rel=1e-8)
    assert change.se == pytest.approx(expected["se"], rel=1e-6)
    assert change.z == pytest.approx(expected["z"], rel=1e-6)
    assert change.p == pytest.approx(expected["p_normal"], rel=1e-6)
    assert [change.lower, change.upper] == pytest.approx(expected["ci95_normal"], rel=1e-6)


def test_change_from_the_answers_themselves_agrees_with_r():
    waves = [proportion(golden.design(d), golden.answers(d, "agree")) for d in ("cw1_fix", "cw2_fix")]
    change = between(waves[0].value, waves[0].se, waves[1].value, waves[1].se)
    expected = golden.cases()["cboth.change.agree"]["contrasts"][0]
    assert change.p == pytest.approx(expected["p_normal"], rel=1e-5)
    assert change.is_clear


def _limits(numerator, denominator):
    share = wilson(numerator, denominator)
    return share.value, share.lower, share.upper


# Newcombe (1998), Statistics in Medicine 17, 873-890, Table II, method 10.
@pytest.mark.parametrize(
    ("later", "earlier", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_change_from_limits_agrees_with_newcombe(later, earlier, limits):
    change = from_limits(_limits(*earlier), _limits(*later))
    assert (round(change.lower, 4), round(change.upper, 4)) == limits


def test_bostons_two_surveys_show_no_clear_change():
    # 25 of 35 and then 17 of 20 said they had reported: the council read a rise; chance alone explains it.
    change = from_limits(_limits(25, 35), _limits(17, 20))
    assert [round(100 * x) for x in (change.value, change.lower, change.upper)] == [14, -11, 33]
    assert not change.is_clear
    assert change.half_width > 0.1


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [((1, 0, 2, 0), "Both"), ((1, -1, 2, 1), "below zero"), ((1, np.nan, 2, 1), "must be numbers")],
)
def test_change_without_usable_errors_is_refused(numbers, sentence):
    with pytest.raises(ValueError, match=sentence):
        between(*numbers)


@pytest.mark.parametrize(
    ("earlier", "sentence"), [((1, 2, 3), "outside its own limits"), ((np.nan, 0, 1), "must be numbers")]
)
def test_change_from_unusable_limits_is_refused(earlier, sentence):
    with pytest.raises(ValueError, match=sentence):
        from_limits(earlier, (1, 0, 2))


def test_pupils_before_and_after_agree_with_r_by_class():
    phase = categorical({"pre": "before", "post": "after"}[row["phase"]] for row in golden.rows("dpup"))
    change = before_and_after(golden.design("dpup"), golden.answers("dpup", "score"), phase)
    expected = golden.cases()["pupils.unlinked"]["contrasts"][0]
    assert change.value == pytest.approx(expected["estimate"], rel=1e-8)
    assert change.se == pytest.approx(expected["se"], rel=1e-6)
    assert [change.lower, change.upper] == pytest.approx(expected["ci95_t"], rel=1e-6)
    assert (change.df, change.is_clear) == (15, True)
    assert change.p == pytest.approx(expected["p_t"], rel=1e-6)
    assert change.z == pytest.approx(-golden.cases()["pupils.svyttest"]["statistic"], rel=1e-6)


@pytest.mark.parametrize(
    ("classes", "scores", "sentence"),
    [
        (["a"] * 4, [1, 2, 3, 4], "There is one cluster only"),
        (["a", "a", "b", "b"], [1, np.nan, 2, np.nan], "after: Nobody answered"),
        (["a", "a", "b", "b"], [1, 3, 1, 4], "before: Everybody gave the same answer"),
        (["a", "a", "b", "b"], [1, 3, 2, np.nan], "after: One answer alone"),
    ],
)
def test_a_change_in_class_without_a_standard_error_is_refused(classes, scores, sentence):
    design = sample_design([1] * 4, clusters=classes)
    with pytest.raises(ValueError, match=sentence):
        before_and_after(design, scores, categorical(["before", "after"] * 2))
