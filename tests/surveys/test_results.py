"""The figures of a closed wave: asked for, computed, compared and computed again."""

import json
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from analysis.design import sample_design
from analysis.estimates import proportion
from surveys import actions, tasks
from surveys.enums import ResultState
from surveys.models import Breakdown, Margin, ResultSet, Tally, Wave
from surveys.results import Choices, NotSaid, Part, Variance
from tests.factories.results import (
    AGREEMENT,
    answer,
    close,
    item_of,
    make_margins,
    make_people_wave,
    make_random_collector,
    make_results,
    option_of,
)
from tests.factories.surveys import make_collector, make_questionnaire, make_wording, open_link

pytestmark = pytest.mark.django_db

DIGEST = "3b3b32fe91902c02eb014cfbdd38ee9e213c31580c6b0938a62370730203f8a9"


def answered(wave, *, agree, disagree, collector=None, **about):
    answer(wave, agree, collector=collector, cnf03="strongly-agree", **about)
    answer(wave, disagree, collector=collector, cnf03="strongly-disagree", **about)


@pytest.fixture
def closed():
    """Return a closed wave of 60 women, of whom 45 agree, and 40 men, of whom 10 do."""
    wave = make_people_wave()
    answered(wave, agree=45, disagree=15, dem04="female")
    answered(wave, agree=10, disagree=30, dem04="male")
    return close(wave)


def following(wave, number=2, **fields):
    """Return another wave of the same survey with the same questions, open."""
    return make_people_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=number, **fields)


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


def test_change_is_told_in_the_words_of_the_dashboard(closed):
    make_results(closed)
    second = following(closed)
    answered(second, agree=80, disagree=20)
    (change,) = item_of(make_results(close(second)), "CNF03")["change"]

    agree = change["options"][0]
    assert (change["since"], change["kind"], change["comparable"], change["marker"]) == (1, "last", True, "")
    assert (agree["code"], agree["change"]) == ("strongly-agree", pytest.approx(0.25))
    assert agree["verdict"] == "too few answers to say"
    assert agree["lower"] < 0.25 < agree["upper"]


@pytest.mark.parametrize(
    ("sizes", "verdict"),
    [(((645, 535), (608, 332)), "indicative: higher"), (((20, 15), (14, 6)), "too few answers to say")],
)
def test_change_of_ten_points_is_told_on_large_bases_alone(sizes, verdict):
    (agree, disagree), later = sizes
    first = make_people_wave()
    answered(first, agree=agree, disagree=disagree)
    first = close(first)
    make_results(first)
    second = following(first)
    answered(second, agree=later[0], disagree=later[1])
    (change,) = item_of(make_results(close(second)), "CNF03")["change"]

    assert change["options"][0]["verdict"] == verdict


@pytest.mark.parametrize(
    ("by_link", "by_poster", "verdict"),
    [
        ((280, 280), (210, 30), "not comparable: different people answered"),  # who came by the link moved nowhere
        ((350, 210), (210, 30), "indicative: higher"),  # and here they agree more by 12 points
        ((210, 350), (210, 30), "not comparable: different people answered"),  # less by 12, and everybody more by 3
        ((20, 9), (500, 260), "not comparable: different people answered"),  # too few came by the link again
        ((80, 10), (400, 310), "not comparable: different people answered"),  # clear, on fewer than a hundred
    ],
)
def test_open_waves_that_reached_other_people_are_compared_by_the_ways_in_that_they_share(by_link, by_poster, verdict):
    first = make_people_wave()
    answered(first, agree=400, disagree=400)
    first = close(first)
    make_results(first)
    second = following(first)
    poster = make_collector(second, "poster")
    answered(second, agree=by_link[0], disagree=by_link[1])
    answered(second, agree=by_poster[0], disagree=by_poster[1], collector=poster)
    (change,) = item_of(make_results(close(second)), "CNF03")["change"]

    assert change["options"][0]["verdict"] == verdict


def test_change_within_shared_ways_in_is_told_by_their_own_numbers():
    """By the link 50 to 62.5 %; by the desk 80 to 90 %. Alike in both waves the two ways in count 0.65 and 0.35."""
    first = make_people_wave()
    answered(first, agree=400, disagree=400)
    desk = make_collector(first, "desk")
    answered(first, agree=160, disagree=40, collector=desk)
    first = close(first)
    make_results(first)
    second = following(first)
    answered(second, agree=250, disagree=150)
    answered(second, agree=360, disagree=40, collector=make_collector(second, "desk"))
    (change,) = item_of(make_results(close(second)), "CNF03")["change"]

    option = change["options"][0]
    assert option["verdict"] == "indicative: higher"
    assert option["change"] == pytest.approx(0.65 * 0.125 + 0.35 * 0.1)
    assert option["lower"] < option["change"] < option["upper"]


def test_other_words_break_the_series_of_their_question_alone(closed):
    make_results(closed)
    item = closed.questionnaire.sections.get().items.get(wording__question__code="CNF03")
    item.wording = make_wording("CNF03", version=2, text="Does everybody get a fair deal?", options=AGREEMENT)
    item.save()
    second = following(closed)
    answered(second, agree=80, disagree=20, dem04="male")
    results = make_results(close(second))

    (change,) = item_of(results, "CNF03")["change"]
    assert (change["comparable"], change["marker"], change["options"]) == (False, "b", [])
    assert "CNF03" in change["why"]
    assert item_of(results, "DEM04")["change"][0]["comparable"]


def test_other_weighting_breaks_the_series(closed):
    make_results(closed)
    make_margins(female=50_000, male=50_000)
    second = following(closed)
    answered(second, agree=40, disagree=20, dem04="male")
    answered(second, agree=40, disagree=20, dem04="female")
    (change,) = item_of(make_results(close(second), margins=("DEM04",)), "CNF03")["change"]

    assert change["why"] == "Wave 1 was weighted by nothing, and this one by DEM04."


def test_third_wave_is_compared_with_the_last_and_the_first(closed):
    make_results(closed)
    waves = [closed]
    for number in (2, 3):
        wave = following(closed, number=number)
        answered(wave, agree=60, disagree=40)
        waves.append(close(wave))
        results = make_results(waves[-1])

    assert [(one["kind"], one["since"]) for one in item_of(results, "CNF03")["change"]] == [
        ("last", 2),
        ("baseline", 1),
    ]


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


def test_fewer_than_ten_needs_a_name_and_a_reason(closed):
    with pytest.raises(ValidationError, match="Say why a number may stand for fewer than 10 people"):
        actions.ask_for_results(wave=closed, choices=Choices(fewest=5))
    with pytest.raises(ValidationError, match="5 for a reason"):
        actions.ask_for_results(wave=closed, choices=Choices(fewest=4, fewest_reason="Because.", fewest_by="A"))

    choices = Choices(fewest=5, fewest_reason="A small town.", fewest_by="Anna Analyst")
    assert actions.ask_for_results(wave=closed, choices=choices).choices["fewest_by"] == "Anna Analyst"


def test_asking_twice_makes_two_results_that_say_the_same(closed):
    first, second = (actions.ask_for_results(wave=closed, choices=Choices()) for _ in range(2))
    for row in (first, second, first):
        tasks.compute_results(row.pk)

    first, second = ResultSet.objects.order_by("number")
    assert (first.number, second.number, first.done, first.of) == (1, 2, 3, 3)
    assert first.record["digest"] == second.record["digest"]


def test_worker_is_nudged_once_the_row_is_there(closed, django_capture_on_commit_callbacks):
    with mock.patch("surveys.tasks.compute_results.delay") as nudge, django_capture_on_commit_callbacks(execute=True):
        results = actions.ask_for_results(wave=closed, choices=Choices())

    nudge.assert_called_once_with(results.pk)


def test_results_that_a_worker_forgot_or_died_over_are_computed_by_the_sweeper(closed):
    waiting, dead, busy = (actions.ask_for_results(wave=closed, choices=Choices()) for _ in range(3))
    now = timezone.now()
    for row, touched in ((dead, now - timedelta(minutes=5)), (busy, now)):
        ResultSet.objects.filter(pk=row.pk).update(state=ResultState.COMPUTING, touched=touched)

    tasks.sweep_results()
    assert [ResultSet.objects.get(pk=row.pk).state for row in (waiting, dead, busy)] == ["ready", "ready", "computing"]
    with time_machine.travel(now + timedelta(minutes=3)):
        tasks.sweep_results()
    assert ResultSet.objects.get(pk=busy.pk).state == ResultState.READY


def test_what_nobody_foresaw_is_told_and_not_tried_for_ever(closed):
    with mock.patch("surveys.actions.results.compute", side_effect=RuntimeError("odd")):
        results = make_results(closed)

    assert (results.state, results.problem) == (
        ResultState.FAILED,
        "Something went wrong that nobody foresaw (RuntimeError). Tell whoever runs the site.",
    )


def test_computed_again_the_same_digits_come_out_until_the_answers_change(closed):
    results = make_results(closed)
    assert actions.recompute(results=results).sentence == "The same digits came out again."

    closed.responses.filter(pk__in=list(closed.responses.values_list("pk", flat=True)[:10])).update(excluded=True)
    found = actions.recompute(results=results)
    assert not found.same
    assert "CNF03" in found.differing
    assert "100 answers were counted then, and 90 now." in found.sentence


def test_the_same_answers_give_the_same_digits_on_every_database(closed):
    make_margins(female=51_234, male=48_766)
    actions.set_breakdowns(survey=closed.survey, codes=["DEM04"])
    results = make_results(closed, margins=("DEM04",), variance=Variance.RAKING_AWARE)

    # Reckoned on SQLite. Whoever changes what is computed on purpose counts ENGINE up and puts the new one here.
    assert (results.record["engine"], results.record["digest"]) == ("4", DIGEST)


def test_later_results_of_an_earlier_wave_do_not_change_what_was_computed(closed):
    make_results(closed)
    second = following(closed)
    answered(second, agree=60, disagree=40)
    results = make_results(close(second))

    make_margins(female=50_000, male=50_000)
    make_results(closed, margins=("DEM04",))
    assert actions.recompute(results=results).same


def test_other_numbers_of_the_population_do_not_change_what_was_computed(closed):
    make_margins(female=50_000, male=50_000)
    results = make_results(closed, margins=("DEM04",))

    Margin.objects.filter(option="male").update(total=10_000)
    assert actions.recompute(results=results).same


def test_answers_that_are_deleted_cannot_be_computed_again(closed):
    results = make_results(closed)
    with time_machine.travel(timezone.now() + timedelta(days=5 * 366)):
        for model in (ResultSet, type(closed.responses.first())):
            model.Privacy.purge(timezone.now())

        with pytest.raises(ValidationError, match="The answers are deleted, as was promised"):
            actions.recompute(results=ResultSet.objects.get(pk=results.pk))
    assert Wave.objects.get().responses.count() == 0
