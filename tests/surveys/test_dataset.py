"""A closed wave as arrays: who answered, who was not asked, who left out, and whose answers no longer count."""

import json

import numpy as np
import pytest
from django.core.exceptions import ValidationError

from surveys import actions
from surveys.dataset import Missing, dataset_of
from surveys.enums import Comparability
from surveys.models import Condition, Instrument, Item, Question, Section, Wave
from tests.factories.results import answer, close, make_people_questionnaire, make_people_wave
from tests.factories.surveys import make_collector, make_open_wave, make_response, make_wording, open_link

pytestmark = pytest.mark.django_db


def said(data, question):
    return [Missing(value).name for value in data.of_question(question).missing]


def test_open_wave_is_not_read():
    wave = make_people_wave()
    answer(wave, 30, cnf03="strongly-agree")

    with pytest.raises(ValidationError, match="once the wave is closed"):
        dataset_of(wave)


def test_answers_that_an_analyst_left_out_are_not_read():
    wave = make_people_wave()
    answer(wave, 3, cnf03="strongly-agree")
    marked = make_response(wave, cnf03="tend-to-agree")
    marked.marks = ["speed"]
    marked.save()
    wave = close(wave)
    assert (dataset_of(wave).rows, int(dataset_of(wave).marked.sum())) == (4, 1)

    actions.decide_mark(wave=wave, mark="speed", excludes=True, reason="Nobody reads that fast.")
    assert dataset_of(wave).rows == 3


def test_answers_to_what_the_wave_never_asked_are_refused():
    wave = make_people_wave()
    answer(wave, 3, cnf03="strongly-agree")
    stranger = make_response(wave, cnf03="strongly-agree")
    stranger.instrument = Instrument.objects.create(digest="f" * 64, body=wave.body | {"title": "Another"})
    stranger.save()

    with pytest.raises(ValidationError, match="questionnaire ffffffff, which this wave never asked"):
        dataset_of(close(wave))


def test_answer_that_is_none_stands_beside_the_base():
    wave = make_people_wave()
    answer(wave, 2, cnf03="strongly-agree", hc08=["fear", "time"], dem04="female")
    answer(wave, 1, cnf03="dont-know", dem04="prefer-not-to-say")
    data = dataset_of(close(wave))

    fairly, sex, barriers = (data.of_question(code) for code in ("CNF03", "DEM04", "HC08"))
    assert (int(fairly.answered.sum()), int(fairly.in_base.sum())) == (3, 2)
    assert [option.code for option in sex.asked.beside] == ["prefer-not-to-say"]
    assert sorted(said(data, "HC08")) == ["ANSWERED", "ANSWERED", "LEFT_OUT"]
    assert int(barriers.chose("fear").sum()) == int(barriers.chose("time").sum()) == 2


def test_who_was_led_past_a_question_did_not_leave_it_out():
    questionnaire = make_people_questionnaire()
    barriers = Item.objects.get(wording__question__code="HC08")
    Condition.objects.create(
        item=barriers, question=Question.objects.get(code="CNF03"), operator="is", value="dont-know"
    )
    wave = make_open_wave(questionnaire=questionnaire)
    answer(wave, 1, cnf03="dont-know")
    answer(wave, 1, cnf03="strongly-agree", hc08=["fear"])

    assert sorted(said(dataset_of(close(wave)), "HC08")) == ["LEFT_OUT", "NOT_ASKED"]


def test_who_passed_over_the_equality_questions_was_not_asked_them():
    questionnaire = make_people_questionnaire()
    section = Section.objects.create(questionnaire=questionnaire, title="Equality", equality=True, order=1)
    Item.objects.create(section=section, wording=make_wording("DEM06"), required=False)
    Item.objects.create(section=section, wording=make_wording("DEM07"), required=False, order=1)
    wave = make_open_wave(questionnaire=questionnaire)
    answer(wave, 1, cnf03="strongly-agree", dem06="agree")
    answer(wave, 1, cnf03="strongly-agree")

    data = dataset_of(close(wave))
    assert sorted(said(data, "DEM06")) == ["ANSWERED", "NOT_ASKED"]
    assert sorted(said(data, "DEM07")) == ["LEFT_OUT", "NOT_ASKED"]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(Comparability.EXCLUDED, ["ANSWERED", "CORRECTED"]), (Comparability.COMPARABLE, ["ANSWERED", "ANSWERED"])],
)
def test_answers_before_a_correction_count_as_its_verdict_says(verdict, expected, make_user):
    wave = make_people_wave()
    answer(wave, 1, cnf03="strongly-agree", dem04="male")
    item = Item.objects.get(wording__question__code="CNF03")
    item.wording = make_wording("CNF03", version=2, text="Are you treated fairly here?", options=(
        ("strongly-agree", "Strongly agree"), ("tend-to-disagree", "Tend to disagree")))  # fmt: skip
    item.save()
    actions.correct_wave(
        wave=wave,
        reason="A slip.",
        verdict=verdict,
        looked_at=digest_now(wave),
        by=make_user("analyst", "Survey analysts"),
    )
    wave = Wave.objects.get()
    answer(wave, 1, cnf03="tend-to-disagree", dem04="male")

    data = dataset_of(close(wave))
    assert sorted(said(data, "CNF03")) == expected
    assert said(data, "DEM04") == ["ANSWERED", "ANSWERED"]


def digest_now(wave):
    from surveys import runner
    from surveys.content import instrument_body

    return runner.digest(instrument_body(wave.questionnaire))


def test_rows_stand_in_the_order_of_their_content_wherever_the_database_keeps_them():
    wave = make_people_wave()
    poster = make_collector(wave, "poster")
    answer(wave, 2, cnf03="tend-to-agree", dem04="male")
    answer(wave, 2, cnf03="strongly-agree", dem04="female", collector=poster)
    answer(wave, 1, cnf03="strongly-agree", dem04="female", collector=open_link(wave))
    wave = close(wave)
    before = dataset_of(wave)

    actions.rewrite_shuffled(wave=wave)
    after = dataset_of(wave)
    assert np.array_equal(before.way, after.way)
    for key, answers in before.answers.items():
        assert json.dumps(answers.codes.tolist()) == json.dumps(after.answers[key].codes.tolist())


def test_answer_on_which_people_are_turned_away_is_no_answer_of_the_sample():
    questionnaire = make_people_questionnaire()
    Item.objects.filter(wording__question__code="DEM04").update(ends_on="male")
    wave = make_open_wave(questionnaire=questionnaire)
    answer(wave, 1, cnf03="strongly-agree", dem04="female")

    sex = dataset_of(close(wave)).of_question("DEM04")
    assert [option.code for option in sex.asked.options] == ["female", "prefer-not-to-say"]
