import dataclasses
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from indicators import actions, tasks
from indicators.models import Indicator, Measurement, Refresh
from indicators.registry import Kind, Measure, Reading, measures
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db


def reading(**fields):
    given = {
        "period_start": date(2025, 1, 1),
        "period_end": date(2025, 12, 31),
        "value": 54.321,
        "lower": 49.876,
        "upper": 58.765,
        "se": 2.27,
        "n": 483,
        "n_eff": 322.1,
        "source": "Survey, wave 1",
        "mode_shares": {"online": 2 / 3, "paper": 1 / 3},
    }
    return Reading(**given | fields)


@pytest.fixture
def offer(monkeypatch, tmp_path, settings):
    """Offer a measure whose readings the test sets; pictures go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    answers = {}

    def make_measure(key="test.share", *readings, kind=Kind.SURVEY, unit="%", error=None):
        def read(parameters):
            if error:
                raise error
            return answers[key]

        answers[key] = list(readings)
        offered = Measure(name="Share", kind=kind, unit=unit, read=read)
        monkeypatch.setitem(measures._offers, key, offered)
        return answers[key]

    return make_measure


def recorded():
    return list(Measurement.objects.order_by("period_end", "revision").values_list("value", "revision", "marker"))


def test_refreshing_records_every_reading_with_all_its_columns(offer):
    offer("test.share", reading())
    indicator = make.indicator(measure="test.share")
    assert actions.refresh(indicator) == 1
    stored = Measurement.objects.get()
    for field in dataclasses.fields(Reading):
        assert getattr(stored, field.name) == getattr(reading(), field.name)
    indicator.refresh_from_db()
    assert indicator.refreshed_at is not None


def test_refreshing_again_adds_nothing(offer):
    offer("test.share", reading())
    indicator = make.indicator(measure="test.share")
    actions.refresh(indicator)
    assert actions.refresh(indicator) == 0
    assert recorded() == [(54.321, 1, "")]


def test_a_changed_value_is_a_new_revision_marked_r_and_the_old_one_stays(offer):
    readings = offer("test.share", reading())
    indicator = make.indicator(measure="test.share")
    actions.refresh(indicator)
    readings[:] = [reading(value=55.0)]
    assert actions.refresh(indicator) == 1
    assert actions.refresh(indicator) == 0
    assert recorded() == [(54.321, 1, ""), (55.0, 2, "r")]
    assert Measurement.objects.current().get().value == 55.0


def test_a_provisional_value_that_becomes_final_is_not_called_revised(offer):
    readings = offer("test.views", reading(marker="p"), kind=Kind.PLAIN, unit="views")
    indicator = make.indicator(measure="test.views", kind="plain")
    actions.refresh(indicator)
    readings[:] = [reading(value=60.0)]
    actions.refresh(indicator)
    assert recorded() == [(54.321, 1, "p"), (60.0, 2, "")]


def test_other_words_for_the_source_are_no_new_revision(offer):
    readings = offer("test.share", reading())
    indicator = make.indicator(measure="test.share")
    actions.refresh(indicator)
    readings[:] = [reading(source="The same survey, renamed")]
    assert actions.refresh(indicator) == 0


@pytest.mark.parametrize("changed", [{"wording_id": "v2"}, {"mode_shares": {"online": 1.0}}, {"is_sample": True}])
def test_what_decides_comparisons_is_a_new_revision(offer, changed):
    readings = offer("test.share", reading())
    indicator = make.indicator(measure="test.share")
    actions.refresh(indicator)
    readings[:] = [reading(**changed)]
    assert actions.refresh(indicator) == 1


def test_one_measure_that_fails_stops_no_other(offer, settings):
    offer("test.broken", error=RuntimeError("The counts cannot be read."))
    offer("test.share", reading())
    make.indicator("A1", measure="test.broken")
    make.indicator("A2", measure="test.nobody")
    make.indicator("A3", measure="test.share")
    added, problems = actions.refresh_all()
    assert added == 1
    assert problems == [
        "A1: The counts cannot be read.",
        "A2: No part of this site measures “test.nobody”. Choose another measure.",
    ]
    assert Indicator.objects.get(code="A1").problem == "The counts cannot be read."
    assert Indicator.objects.get(code="A3").problem == ""


def test_a_problem_goes_when_the_measure_works_again(offer):
    offer("test.share", reading())
    indicator = make.indicator(measure="test.share", problem="It broke.")
    actions.refresh(indicator)
    assert Indicator.objects.get().problem == ""


def test_a_measure_that_fails_half_way_records_nothing(offer):
    offer("test.share", reading(), reading(period_start=date(2027, 1, 1)))
    indicator = make.indicator(measure="test.share")
    with pytest.raises(ValueError, match="B5: The period ends before it starts"):
        actions.refresh(indicator)
    assert recorded() == []


def test_the_command_says_how_many_it_recorded(offer):
    offer("test.share", reading())
    make.indicator(measure="test.share")
    out = StringIO()
    call_command("refresh_indicators", stdout=out)
    assert out.getvalue() == "1 new or changed values recorded.\n"


def test_the_command_fails_with_a_sentence_after_recording_the_others(offer):
    offer("test.broken", error=ValueError("There is no survey with the code 'x'."))
    offer("test.share", reading())
    make.indicator("A1", measure="test.broken")
    make.indicator("A2", measure="test.share")
    with pytest.raises(CommandError, match="A1: There is no survey") as caught:
        call_command("refresh_indicators", stdout=StringIO())
    assert caught.value.returncode == 1
    assert len(recorded()) == 1


def test_a_number_entered_by_hand_gets_its_interval(django_capture_on_commit_callbacks):
    indicator = make.indicator(kind="proportion")
    given = reading(value=0, lower=None, upper=None, se=None, n=None, numerator=81.0, denominator=263.0)
    stored = actions.enter(indicator=indicator, reading=given)
    assert (round(stored.value, 2), round(stored.lower, 2), round(stored.upper, 2), stored.n) == (
        30.80,
        25.53,
        36.62,
        263,
    )


def test_nobody_enters_what_is_computed(offer):
    offer("test.share", reading())
    with pytest.raises(ValueError, match="nobody enters its numbers by hand"):
        actions.enter(indicator=make.indicator(measure="test.share"), reading=reading())


def test_a_number_that_breaks_a_rule_is_refused():
    with pytest.raises(ValidationError):
        actions.record(indicator=make.indicator(), reading=reading(lower=60.0))


def test_asking_twice_makes_one_round(django_capture_on_commit_callbacks):
    assert actions.request_refresh() == actions.request_refresh()
    assert Refresh.objects.count() == 1


def test_the_task_runs_the_round_and_says_how_it_went(offer):
    offer("test.broken", error=ValueError("It broke."))
    make.indicator(measure="test.broken")
    row = actions.waiting_refresh()
    tasks.refresh(row.pk)
    row.refresh_from_db()
    assert (row.state, row.recorded, row.problems) == ("failed", 0, "B5: It broke.")
    assert row.ended_at >= row.started_at


def test_the_nightly_task_makes_its_own_round(offer):
    offer("test.share", reading())
    make.indicator(measure="test.share")
    tasks.refresh()
    assert Refresh.objects.get().state == "done"
    assert Refresh.objects.get().recorded == 1


def test_a_task_that_runs_twice_runs_the_round_once(offer):
    row = actions.waiting_refresh()
    tasks.refresh(row.pk)
    ended = Refresh.objects.get().ended_at
    tasks.refresh(row.pk)
    assert Refresh.objects.get().ended_at == ended


def test_a_task_about_a_row_that_is_gone_does_nothing():
    tasks.refresh(12345)
    tasks.draw_chart(12345)
    assert Refresh.objects.count() == 0


def test_the_sweeper_runs_what_was_forgotten_or_lost_and_leaves_what_runs(offer):
    forgotten = Refresh.objects.create()
    long_ago = timezone.now() - timedelta(hours=1)
    lost = Refresh.objects.create(state="running", started_at=long_ago)
    running = Refresh.objects.create(state="running", started_at=timezone.now())
    tasks.sweep()
    states = [Refresh.objects.get(pk=row.pk).state for row in (forgotten, lost, running)]
    assert states == ["done", "done", "running"]
