"""What an estimate says where the answers do not carry one, and what is refused."""

import numpy as np
import pytest

from analysis.categories import Categorical, categorical
from analysis.design import sample_design
from analysis.estimates import contrast, distribution, mean, means, proportion, proportions

pytestmark = pytest.mark.alike
NAN = np.nan


def plain(rows):
    return sample_design(np.ones(rows))


def numbers(estimate):
    return [x for x in (estimate.value, estimate.se, estimate.lower, estimate.upper, estimate.n_eff) if x is not None]


def test_missing_answers_stay_in_the_design():
    answers = np.array([1, 0, 1, NAN, NAN, 0, 1, 1])
    whole, cut = proportion(plain(8), answers), proportion(plain(6), answers[~np.isnan(answers)])
    assert (whole.value, whole.n, whole.df) == (cut.value, 6, 7)
    assert whole.se == pytest.approx(cut.se * np.sqrt(8 / 7 * 5 / 6))


def test_a_group_is_a_domain_of_the_whole_sample():
    answers, groups = [1.0, 2, 3, 4, 5, 6], categorical("aabbab")
    found = means(plain(6), answers, groups)
    only_a = mean(plain(6), np.where(groups.codes == 0, answers, NAN))
    assert (found.of["a"].value, found.of["a"].df) == (pytest.approx(8 / 3), 5)
    assert found.of["a"].se == pytest.approx(only_a.se)


@pytest.mark.parametrize(("answer", "limits"), [(1, (0.6915029, 1.0)), (0, (0.0, 0.3084971))])
def test_when_all_answer_alike_the_exact_interval_stands_in(answer, limits):
    # Clopper and Pearson, 10 of 10: the lower limit is 0.025 ** (1 / 10).
    estimate = proportion(plain(15), [answer] * 10 + [NAN] * 5)
    assert estimate.method == "exact (Korn-Graubard)"
    assert (estimate.value, estimate.se) == (answer, 0)
    assert [estimate.lower, estimate.upper] == pytest.approx(limits, abs=1e-7)


def test_weights_widen_the_exact_interval_through_the_effective_size():
    estimate = proportion(sample_design([1, 1, 1, 1, 6]), [1] * 5)
    assert estimate.n_eff == 2.5
    assert estimate.lower == pytest.approx(0.025 ** (1 / 2.5))


def test_the_sum_of_odd_weights_never_hides_that_all_agree():
    estimate = proportion(sample_design([0.1, 0.2, 0.3]), [1] * 3)
    assert (estimate.value, estimate.upper) == (1, 1)


def test_few_clusters_widen_the_exact_interval():
    answers = [1, 0] * 20
    few = sample_design(np.ones(40), clusters=[str(row // 10) for row in range(40)])
    rows, clusters = proportion(plain(40), [1] * 40), proportion(few, [1] * 40)
    assert clusters.lower < rows.lower
    assert proportion(few, answers, interval="beta").df == 3


def test_an_item_nobody_answered_says_so():
    for estimate in (
        mean(plain(3), [NAN] * 3),
        proportion(plain(3), [NAN] * 3),
        *distribution(plain(3), Categorical(labels=("yes", "no"), codes=np.array([-1, -1, -1]))).of.values(),
    ):
        assert (estimate.value, estimate.se, estimate.lower, estimate.n) == (None, None, None, 0)
        assert estimate.why_not == "Nobody answered."
        assert not np.isnan(numbers(estimate)).any()


def test_one_answer_alone_has_no_standard_error():
    groups = categorical(["many", "many", "one", "many"])
    found = means(plain(4), [1, 2, 5, 4], groups).of["one"]
    assert (found.value, found.se, found.lower, found.n) == (5, None, None, 1)
    assert found.why_not.startswith("One answer alone")


def test_one_answer_alone_has_the_exact_limits_of_a_share():
    found = proportions(plain(3), [1, 0, 1], categorical(["one", "more", "more"])).of["one"]
    assert (found.value, found.se, found.upper) == (1, None, 1)
    assert found.lower == pytest.approx(0.025)
    assert found.why_not.startswith("One answer alone")


def test_a_group_from_one_cluster_has_no_standard_error():
    design = sample_design(np.ones(6), clusters=list("AABBCC"))
    found = means(design, [1, 2, 3, 4, 5, 7], categorical(["x", "x", "y", "y", "y", "y"]))
    assert (found.of["x"].value, found.of["x"].se) == (1.5, None)
    assert "come from one cluster" in found.of["x"].why_not
    assert found.of["y"].se > 0


def test_a_mean_of_answers_that_are_all_alike_has_no_interval():
    found = mean(plain(4), [3, 3, 3, NAN])
    assert (found.value, found.se, found.lower, found.upper) == (3, 0, None, None)
    assert found.why_not.startswith("Everybody gave the same answer")


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        (sample_design([1, 1, 1], strata=["a", "a", "b"]), "The stratum b has one row only"),
        (sample_design([1, 1, 1, 1], strata=list("aabb"), clusters=list("xyzz")), "The stratum b has one cluster only"),
        (sample_design([1, 1], clusters=list("xx")), "There is one cluster only"),
        (sample_design([1]), "There is one row only"),
        (sample_design([1, 1], strata=list("ab"), fpc=[1, 1]), "The stratum a has one row only"),
    ],
)
def test_a_stratum_with_one_cluster_leaves_values_without_a_standard_error(design, sentence):
    answers = np.arange(design.rows) % 2.0
    groups = categorical("same" for _ in range(design.rows))
    for found in (mean(design, answers), proportion(design, answers), means(design, answers, groups).of["same"]):
        assert (found.value, found.se, found.lower) == (answers.mean(), None, None)
        assert found.why_not.startswith(sentence) or found.n == 1


def test_a_stratum_drawn_whole_may_have_one_cluster():
    found = mean(sample_design([1, 10, 10], strata=list("abb"), fpc=[1, 20, 20]), [5, 1, 2])
    assert found.why_not == ""
    assert found.se > 0


def test_four_hundred_categories_add_up_to_one():
    labels = [f"c{number:03}" for number in range(400)]
    answers = categorical((labels[number % 350] for number in range(1000)), labels=labels)
    found = distribution(sample_design(np.linspace(1, 3, 1000)), answers)
    assert sum(estimate.value for estimate in found.of.values()) == pytest.approx(1)
    assert found.of["c399"].value == 0
    assert found.of["c399"].method == "exact (Korn-Graubard)"
    assert not any(np.isnan(numbers(estimate)).any() for estimate in found.of.values())


def test_a_contrast_says_which_group_keeps_it_from_a_standard_error():
    groups = categorical("aabbbc", labels="abcd")
    found = means(plain(6), [1, 2, 3, 3, 3, 9], groups)
    assert contrast(found, {"a": 1, "b": -1}).why_not.startswith("b: Everybody gave the same answer")
    assert contrast(found, {"a": 1, "c": -1}).why_not.startswith("c: One answer alone")
    nobody = contrast(found, {"a": 1, "d": -1})
    assert (nobody.value, nobody.why_not) == (None, "d: Nobody answered.")
    assert contrast(found, {"a": 1, "d": 0}).value == 1.5


def test_scores_leave_out_answers_that_have_none():
    answers = categorical(["agree", "disagree", "dont-know", "", "agree"])
    found = mean(plain(5), answers.scores({"agree": 1, "disagree": -1}))
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: proportion(plain(2), [1, 2]), "must be 1 \\(counts\\), 0"),
        (lambda: proportion(plain(3), [1, 0]), "one answer and one group for each row"),
        (lambda: mean(plain(2), [1, np.inf]), "An answer is infinite"),
        (lambda: means(plain(2), [1, 0], categorical("abc")), "one answer and one group for each row"),
        (lambda: distribution(plain(2), categorical("abc")), "one answer for each row"),
        (lambda: means(plain(2), [1, 0], categorical(["", None])), "No row has a group"),
        (lambda: distribution(plain(2), categorical(["", ""])), "No row has an answer"),
        (lambda: proportion(plain(2), [1, 0], interval="wald"), "logit or beta"),
        (lambda: mean(plain(2), [1, 0], level=95), "between 0 and 1"),
        (lambda: contrast(means(plain(2), [1, 0], categorical("ab")), {"c": 1}), "c is not one of the groups a, b"),
        (lambda: contrast(means(plain(2), [1, 0], categorical("ab")), {"a": 0}), "other than zero"),
        (lambda: categorical("ab", labels="a"), "b is not one of the categories a"),
        (lambda: categorical("ab", labels="aab"), "named twice"),
        (lambda: categorical("ab").scores({"c": 1}), "c is not one of the categories a, b"),
    ],
)
def test_what_cannot_be_estimated_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
