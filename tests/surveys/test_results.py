"""The figures of a closed wave: what is computed, from whose answers, and what is told of their quality."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from analysis.design import sample_design
from analysis.estimates import proportion
from surveys import actions
from surveys.enums import ResultState
from surveys.models import Breakdown, Tally
from surveys.results import Choices, NotSaid, Part, Variance
from tests.factories.results import (
    answer,
    answered,
    close,
    item_of,
    make_divided_wave,
    make_margins,
    make_people_wave,
    make_random_collector,
    make_results,
    option_of,
)
from tests.factories.surveys import make_questionnaire, make_wording, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """Return a closed wave of 60 women, of whom 45 agree, and 40 men, of whom 10 do."""
    return make_divided_wave()


def test_nobody_computes_an_open_wave():
    wave = make_people_wave()

    with pytest.raises(ValidationError, match="once the wave is closed"):
        actions.ask_for_results(wave=wave, choices=Choices())


def test_without_margins_every_person_counts_the_same(closed):
    results = make_results(closed)

    agree = option_of(results, "CNF03", "strongly-agree")
    expected = proportion(sample_design([1.0] * 100), [1.0] * 55 + [0.0] * 45)
    assert (results.state, agree["count"], agree["share"]) == (ResultState.READY, 55, pytest.approx(0.55))
    assert (agree["lower"], agree["upper"]) == pytest.approx((expected.lower, expected.upper))
    assert results.record["weights"]["deff"] == pytest.approx(1)
    assert results.record["margins"] == []


def test_answers_are_weighted_to_the_population(closed):
    make_margins(female=50_000, male=50_000)
    results = make_results(closed, margins=("DEM04",))

    assert option_of(results, "CNF03", "strongly-agree")["share"] == pytest.approx(0.5 * 0.75 + 0.5 * 0.25)
    (margin,) = results.record["margins"]
    assert [(row["code"], row["target"], row["before"], pytest.approx(row["after"])) for row in margin["rows"]] == [
        ("female", 0.5, 0.6, 0.5),
        ("male", 0.5, 0.4, 0.5),
    ]
    assert results.record["weights"]["n_eff"] < 100


def test_raking_aware_errors_are_smaller_and_named(closed):
    make_margins(female=50_000, male=50_000)
    fixed, aware = (make_results(closed, margins=("DEM04",), variance=variance) for variance in Variance)

    assert option_of(aware, "CNF03", "strongly-agree")["se"] < option_of(fixed, "CNF03", "strongly-agree")["se"]
    assert aware.record["weights"]["variance"] == "raking-aware"


def test_who_did_not_say_is_a_category_of_their_own_or_keeps_the_figures_from_being_computed():
    wave = make_people_wave()
    answered(wave, agree=30, disagree=30, dem04="female")
    answered(wave, agree=20, disagree=20, dem04="male")
    answered(wave, agree=15, disagree=5, dem04="prefer-not-to-say")
    answered(wave, agree=5, disagree=5)
    wave = close(wave)
    make_margins(female=50_000, male=50_000)

    results = make_results(wave, margins=("DEM04",))
    rows = {row["code"]: row["target"] for row in results.record["margins"][0]["rows"]}
    assert rows == pytest.approx({"female": 50 / 130, "male": 50 / 130, "not-answered": 30 / 130})
    assert item_of(results, "CNF03")["lacking_margin"] == pytest.approx(30 / 130)

    refused = make_results(wave, margins=("DEM04",), not_answered=NotSaid.REFUSE)
    assert refused.state == ResultState.FAILED
    assert refused.problem.startswith("30 of 130 people did not say what DEM04 asks")


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ({"female": 50_000}, "40 people chose “Male” in DEM04, and the population has no number for it."),
        (
            {"female": 50_000, "male": 49_000, "prefer_not_to_say": 1_000},
            "Nobody who answered chose “Prefer not to say” in DEM04, but 1,000 of the population would",
        ),
    ],
)
def test_margin_that_does_not_fit_the_answers_is_refused_in_a_sentence(closed, people, sentence):
    make_margins(**people)
    results = make_results(closed, margins=("DEM04",))

    assert (results.state, results.figures) == (ResultState.FAILED, {})
    assert results.problem.startswith(sentence)


@pytest.mark.parametrize(("other", "state"), [(100_400, ResultState.READY), (101_000, ResultState.FAILED)])
def test_margins_of_slightly_different_totals_are_scaled_and_recorded_and_others_refused(closed, other, state):
    make_margins(female=50_000, male=50_000)
    make_margins("CNF03", strongly_agree=other // 2, strongly_disagree=other // 2)
    results = make_results(closed, margins=("DEM04", "CNF03"))

    assert results.state == state
    if state == ResultState.READY:
        assert results.record["margins"][1]["scaled_by"] == pytest.approx(100_000 / 100_400)
    else:
        assert "1.0% apart. More than 0.5 % is another population or base." in results.problem


def test_margin_without_numbers_is_not_chosen(closed):
    with pytest.raises(ValidationError, match="no numbers for DEM04"):
        actions.ask_for_results(wave=closed, choices=Choices(margins=("DEM04",)))


def test_large_weights_are_trimmed_and_told():
    wave = make_people_wave()
    answered(wave, agree=45, disagree=45, dem04="female")
    answered(wave, agree=5, disagree=5, dem04="male")
    wave = close(wave)
    make_margins(female=50_000, male=50_000)

    weights = make_results(wave, margins=("DEM04",), trim=3.0).record["weights"]
    assert (weights["trimmed"], weights["max"]) == (10, pytest.approx(3.0))
    assert make_results(wave, margins=("DEM04",), trim=None).record["weights"]["max"] == pytest.approx(5.0)


def test_random_part_has_its_base_weights_and_strata_and_is_never_mixed_in_silence():
    wave = make_people_wave()
    for code, weight in (("north", 10), ("south", 30)):
        way = make_random_collector(wave, code, stratum=code, base_weight=weight)
        answered(wave, agree=30 if code == "north" else 10, disagree=10 if code == "north" else 30, collector=way)
    answered(wave, agree=40, disagree=0)
    wave = close(wave)

    part, everybody = make_results(wave, part=Part.RANDOM), make_results(wave)
    assert (part.record["kind_of_sample"], everybody.record["kind_of_sample"]) == ("random", "open")
    assert option_of(part, "CNF03", "strongly-agree")["share"] == pytest.approx(
        (30 * 10 + 10 * 30) / (40 * 10 + 40 * 30)
    )
    assert option_of(everybody, "CNF03", "strongly-agree")["share"] == pytest.approx(80 / 120)


def test_random_ways_with_and_without_a_base_weight_are_refused():
    wave = make_people_wave()
    answered(wave, agree=5, disagree=5, collector=make_random_collector(wave, "north", base_weight=10))
    answered(wave, agree=5, disagree=5, collector=make_random_collector(wave, "south"))

    results = make_results(close(wave), part=Part.RANDOM)
    assert results.problem.startswith("The way in “south” has no base weight")


def test_nobody_of_a_random_sample_is_a_reason(closed):
    assert make_results(closed, part=Part.RANDOM).problem.startswith("Nobody came by a way in to a random sample.")


def test_dont_know_is_out_of_the_base_and_counted_beside_it():
    wave = make_people_wave()
    answered(wave, agree=30, disagree=10)
    answer(wave, 7, cnf03="dont-know")
    item = item_of(make_results(close(wave)), "CNF03")

    assert (item["base"], item["options"][0]["share"]) == (40, pytest.approx(0.75))
    assert item["outside"] == [{"code": "dont-know", "label": "Don't know", "count": 7}]


def test_scale_of_agreement_has_a_net_score_and_a_share_at_its_top():
    wave = make_people_wave()
    for code, times in (("strongly-agree", 10), ("tend-to-agree", 20), ("tend-to-disagree", 10)):
        answer(wave, times, cnf03=code)
    item = item_of(make_results(close(wave)), "CNF03")

    assert item["net"]["value"] == pytest.approx((30 - 10) / 40)
    assert (item["top"]["label"], item["top"]["count"], item["top"]["share"]) == (
        "Strongly agree or Tend to agree",
        30,
        pytest.approx(0.75),
    )
    assert item["mean"] is None


def test_scale_with_points_has_a_mean():
    points = make_wording("CNF06", text="How well?", options=(("1", "1"), ("2", "2"), ("7", "7"), ("dont-know", "?")))
    for option in points.options.exclude(code="dont-know"):
        option.score = int(option.code)
        option.save()
    wave = make_people_wave(questionnaire=make_questionnaire((points, True)), survey=None)
    for code, times in (("1", 10), ("2", 10), ("7", 20), ("dont-know", 5)):
        answer(wave, times, cnf06=code)
    item = item_of(make_results(close(wave)), "CNF06")

    assert (item["base"], item["mean"]["value"], item["net"]) == (40, pytest.approx(4.25), None)


def test_question_with_several_answers_has_shares_of_those_who_gave_any():
    wave = make_people_wave()
    answer(wave, 20, cnf03="strongly-agree", hc08=["fear", "time"])
    answer(wave, 20, cnf03="strongly-agree", hc08=["fear"])
    answer(wave, 10, cnf03="strongly-agree")
    results = make_results(close(wave))

    assert item_of(results, "HC08")["base"] == 40
    assert [option["share"] for option in item_of(results, "HC08")["options"]] == pytest.approx([1.0, 0.5, 0.0])


def test_figures_are_broken_down_by_what_the_survey_declares(closed):
    actions.set_breakdowns(survey=closed.survey, codes=["DEM04"])
    item = item_of(make_results(closed), "CNF03")

    (by,) = item["by"]
    groups = {group["code"]: (group["base"], group["options"][0]["share"]) for group in by["groups"]}
    assert groups == {"female": (60, pytest.approx(0.75)), "male": (40, pytest.approx(0.25))}


def test_breakdowns_are_one_answer_questions_and_all_strands_or_none(closed):
    for code in ("DEM01", "DEM03", "DEM05", "DEM06", "DEM07"):
        make_wording(code)
    with pytest.raises(ValidationError, match=r"all five or by none\. Missing: Religion"):
        actions.set_breakdowns(survey=closed.survey, codes=["DEM01", "DEM07"])
    with pytest.raises(ValidationError, match="no one answer to HC08"):
        actions.set_breakdowns(survey=closed.survey, codes=["HC08"])

    strands = ["DEM01", "DEM03", "DEM05", "DEM06", "DEM07"]
    actions.set_breakdowns(survey=closed.survey, codes=[*strands, "DEM04"])
    assert list(Breakdown.objects.values_list("question__code", flat=True)) == [*strands, "DEM04"]


@pytest.mark.parametrize(
    ("times", "state", "said"),
    [(0, ResultState.FAILED, "Nobody answered"), (1, ResultState.READY, ""), (2, ResultState.READY, "")],
)
def test_wave_with_hardly_an_answer_gives_reasons_and_never_nan(times, state, said):
    wave = make_people_wave()
    answer(wave, times, cnf03="strongly-agree", dem04="female")
    wave = close(wave)
    actions.set_breakdowns(survey=wave.survey, codes=["DEM04"])
    results = make_results(wave)

    assert results.state == state
    assert results.problem.startswith(said)
    json.dumps([results.figures, results.record], allow_nan=False)
    if times == 1:
        assert item_of(results, "CNF03")["why_not"] == "One answer alone shows nothing of how far others would differ."
    if times:
        assert item_of(results, "HC08")["why_not"] == "Nobody answered this question."
        assert {option["share"] for option in item_of(results, "HC08")["options"]} == {None}


def test_everybody_alike_and_a_group_of_one_have_a_reason_or_an_exact_interval():
    wave = make_people_wave()
    answer(wave, 40, cnf03="strongly-agree", dem04="female")
    answer(wave, 1, cnf03="strongly-agree", dem04="male")
    wave = close(wave)
    actions.set_breakdowns(survey=wave.survey, codes=["DEM04"])
    item = item_of(make_results(wave), "CNF03")

    agree = item["options"][0]
    assert (agree["share"], agree["upper"], agree["interval"]) == (1.0, 1.0, "exact (Korn-Graubard)")
    assert 0.85 < agree["lower"] < 0.95
    women, men = item["by"][0]["groups"]
    assert (men["base"], men["why_not"]) == (1, "One answer alone shows nothing of how far others would differ.")
    assert (men["options"][0]["se"], women["why_not"]) == (None, "")


def test_quality_report_counts_by_way_week_and_question():
    wave = make_people_wave()
    codes = make_random_collector(wave, "letters")
    for serial in range(1, 5):
        codes.single_use_codes.create(serial=serial, digest=f"{serial:064}", used=serial < 3, undelivered=serial == 4)
    answered(wave, agree=1, disagree=1, collector=codes)
    answered(wave, agree=6, disagree=2, hc08=["fear"])
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    Tally.objects.create(collector=codes, day=monday, count=2)
    Tally.objects.create(collector=open_link(wave), day=monday + timedelta(days=1), count=8)
    quality = make_results(close(wave)).record["quality"]

    assert (quality["responses"], quality["response_rate"]) == (10, pytest.approx(2 / 3))
    assert [(row["code"], row["count"], row["share"]) for row in quality["by_collector"]] == [
        ("letters", 2, 0.2),
        ("open-link", 8, 0.8),
    ]
    assert quality["by_week"] == [{"week": monday.isoformat(), "by_collector": {"letters": 2, "open-link": 8}}]
    assert quality["completion"]["finished_with_code"] == quality["completion"]["begun_with_code"] == 2
    items = {row["question"]: (row["asked"], row["left_out"]) for row in quality["items"]}
    assert items == {"CNF03": (10, 0), "HC08": (10, 2), "DEM04": (10, 10)}


def test_marked_answers_are_told_with_and_without():
    wave = make_people_wave()
    answered(wave, agree=10, disagree=10)
    answer(wave, 20, marks=["speed"], cnf03="strongly-agree")
    wave = close(wave)

    everybody, unmarked = make_results(wave), make_results(wave, without_marked=True)
    (mark,) = everybody.record["quality"]["marked"]["by_mark"]
    (shift,) = (one for one in everybody.record["quality"]["marked"]["shifts"] if one["key"] == "cnf03")
    assert (mark["mark"], mark["count"], mark["excluded"]) == ("speed", 20, False)
    assert abs(shift["shift"]) == pytest.approx(0.25)
    assert (unmarked.record["quality"]["responses"], option_of(unmarked, "CNF03", "strongly-agree")["share"]) == (
        20,
        pytest.approx(0.5),
    )
