"""The figures of a closed wave later on: compared with other waves', computed by a worker, and computed again."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from surveys import actions, tasks
from surveys.enums import ResultState
from surveys.models import Margin, ResultSet, Wave
from surveys.results import Choices, Variance
from tests.factories.results import (
    AGREEMENT,
    answered,
    close,
    item_of,
    make_divided_wave,
    make_margins,
    make_people_wave,
    make_results,
)
from tests.factories.surveys import make_collector, make_wording

pytestmark = pytest.mark.django_db

DIGEST = "3b3b32fe91902c02eb014cfbdd38ee9e213c31580c6b0938a62370730203f8a9"


@pytest.fixture
def closed():
    """Return a closed wave of 60 women, of whom 45 agree, and 40 men, of whom 10 do."""
    return make_divided_wave()


def following(wave, number=2, **fields):
    """Return another wave of the same survey with the same questions, open."""
    return make_people_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=number, **fields)


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
