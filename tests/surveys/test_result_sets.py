"""Rules that the database holds about results, each with an attempt to break it; and what is left after a purge."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from core.models import User
from surveys import actions
from surveys.enums import ResultState
from surveys.models import Breakdown, Question, ResultSet, Wave
from surveys.models.results import strands_lacking
from tests.surveys.test_models import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(wave):
    return actions.close_wave(wave=wave)


@pytest.fixture
def results(closed):
    return ResultSet.objects.create(wave=closed, number=1)


def approved(wave, number, **fields):
    fields = {"approved_by_name": "A colleague", "approved_on": date(2026, 11, 1)} | fields
    return ResultSet(wave=wave, number=number, state=ResultState.APPROVED, **fields)


def test_open_wave_has_no_results(wave):
    with pytest.raises(ValidationError, match="once the wave is closed"):
        ResultSet.objects.create(wave=wave, number=1)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("result_set_number_unique", {"number": 1}),
        ("result_set_number_from_one", {"number": 0}),
        ("result_set_state_known", {"state": "guessed"}),
        ("result_set_not_done_more_than_all", {"done": 3, "of": 2}),
        ("result_set_failed_for_a_reason", {"state": ResultState.FAILED}),
        ("result_set_approved_by_somebody_on_a_day", {"state": ResultState.APPROVED, "approved_on": date(2026, 1, 1)}),
        ("result_set_approved_by_somebody_on_a_day", {"state": ResultState.APPROVED, "approved_by_name": "A"}),
        ("result_set_withdrawn_on_a_day", {"state": ResultState.WITHDRAWN}),
    ],
)
def test_result_set_cannot_say_what_makes_no_sense(results, constraint, fields):
    assert refuses(constraint, ResultSet(**{"wave": results.wave, "number": 2} | fields).save)


def test_one_result_set_of_a_wave_is_published_at_most(closed):
    approved(closed, 1).save()

    assert refuses("result_set_one_approved_a_wave", approved(closed, 2).save)


@pytest.mark.parametrize("part", ["made_by", "submitted_by", "findings_by"])
def test_nobody_approves_what_they_had_a_part_in(closed, part):
    user = User.objects.create_user("analyst")

    one = approved(closed, 1, approved_by=user, **{part: user})
    assert refuses("result_set_approved_by_a_second_person", one.save)


def test_survey_is_broken_down_by_a_question_once(wave):
    question = Question.objects.get(code="CNF01")
    Breakdown.objects.create(survey=wave.survey, question=question)

    assert refuses("breakdown_unique", Breakdown(survey=wave.survey, question=question).save)


def test_some_strands_without_the_others_are_noticed():
    assert strands_lacking({"DEM04", "DEM11"}) == []
    assert strands_lacking({"DEM01", "DEM03", "DEM05", "DEM06", "DEM08"}) == []
    assert strands_lacking({"DEM01", "DEM07"}) == ["religion", "sexual-orientation", "transgender"]


def test_figures_go_with_the_answers_and_what_was_published_stays(results):
    margins = [{"question": "DEM04", "source": "Census", "rows": [{"code": "female", "before": 0.51}]}]
    ResultSet.objects.update(
        state=ResultState.READY,
        figures={"items": [{"key": "cnf01"}]},
        record={"engine": "1", "margins": margins, "quality": {"responses": 12}},
        public={"items": [{"key": "cnf01"}]},
    )
    kept_until = Wave.objects.get().kept_until

    ResultSet.Privacy.purge(datetime(kept_until.year, kept_until.month, kept_until.day, 12, tzinfo=UTC))
    assert ResultSet.objects.get().figures == {"items": [{"key": "cnf01"}]}
    ResultSet.Privacy.purge(datetime(kept_until.year + 1, 1, 1, tzinfo=UTC))
    row = ResultSet.objects.get()
    assert (row.figures, row.public) == ({}, {"items": [{"key": "cnf01"}]})
    assert row.record == {"engine": "1", "margins": [{**margins[0], "rows": []}], "quality": {}}
