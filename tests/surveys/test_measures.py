"""The share giving an answer, from published waves alone."""

import json
from html import unescape

import pytest
from django.urls import reverse

from analysis.design import sample_design
from analysis.estimates import proportion
from config.roles import lay_roles
from indicators.models import Indicator
from indicators.registry import Kind, measures
from surveys import actions
from surveys.models import Wording
from tests.factories.campaigns import make_objective
from tests.factories.results import publish
from tests.factories.surveys import (
    make_open_wave,
    make_questionnaire,
    make_response,
    make_survey,
    make_wave,
    make_wording,
)

pytestmark = pytest.mark.django_db

SHARE = {"survey": "local-voice", "question": "CNF01", "answers": ["agree"], "excluded": ["dont-know"]}


def read(**changed):
    return measures["surveys.share"].read(SHARE | changed)


def answered(wave, *, agree=0, disagree=0, dont_know=0, silent=0):
    for code, times in (("agree", agree), ("disagree", disagree), ("dont-know", dont_know)):
        for _ in range(times):
            make_response(wave, cnf01=code)
    for _ in range(silent):
        make_response(wave, opn01="Words alone")


def test_share_is_of_those_who_answered_without_the_excluded(wave):
    answered(wave, agree=30, disagree=20, dont_know=10, silent=5)
    wave = publish(wave)

    reading = read()[0]
    expected = proportion(sample_design([1.0] * 65), [1.0] * 30 + [0.0] * 20 + [float("nan")] * 15)
    assert (reading.value, reading.n) == (60.0, 50)
    assert (reading.lower, reading.upper) == pytest.approx((expected.lower * 100, expected.upper * 100), abs=1e-9)
    assert reading.se == pytest.approx(expected.se * 100, abs=1e-9)
    assert (reading.period_start, reading.period_end) == (wave.opens, wave.closes)
    assert (reading.wording_id, reading.population) == ("CNF01.1", "residents aged 16 and over")
    assert (reading.sample_type, reading.mode_shares, reading.collector_shares) == (
        "open",
        {"online": 1.0},
        {"open-link": 1.0},
    )
    assert (reading.source, reading.is_sample) == ("Your voice, wave 1", False)


def test_everybody_agreeing_has_an_interval_all_the_same(wave):
    answered(wave, agree=40)
    publish(wave)

    reading = read()[0]
    assert (reading.value, reading.upper) == (100.0, 100.0)
    assert 90 < reading.lower < 92


def test_multiple_choice_counts_who_gave_any_of_the_answers(wave):
    for chosen in (["fear"], ["fear", "language"], ["nothing"]):
        make_response(wave, hc08=chosen)
    publish(wave)

    language = read(question="HC08", answers="language", excluded="")[0]
    either = read(question="HC08", answers="fear, language", excluded=[])[0]
    assert (round(language.value, 6), round(either.value, 6)) == (33.333333, 66.666667)


def test_open_wave_beside_a_closed_one_is_not_read(wave):
    answered(wave, agree=30, disagree=30)
    publish(wave)
    second = actions.open_wave(wave=make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2))
    answered(second, agree=60)

    assert [reading.value for reading in read()] == [50.0]


def test_sample_data_is_marked():
    wave = make_open_wave(is_sample=True)
    answered(wave, agree=3, disagree=3)
    publish(wave)

    assert [reading.is_sample for reading in read()] == [True]


@pytest.mark.parametrize("answers", [{}, {"silent": 4}, {"dont_know": 4}, {"agree": 1}])
def test_wave_that_gives_no_share_gives_no_reading(wave, answers):
    answered(wave, **answers)
    publish(wave)

    assert read() == []


def test_wave_that_did_not_ask_the_question_gives_no_reading():
    other = make_questionnaire((make_wording("SAF03"), True))
    wave = make_open_wave(questionnaire=other)
    make_wording("CNF01")
    make_response(wave, saf03="agree")
    publish(wave)

    assert read() == []


def test_new_version_with_other_options_is_read_beside_the_old_one(wave):
    answered(wave, agree=2, disagree=2)
    publish(wave)
    new = make_wording("CNF01", version=2, options=(("yes", "Yes"), ("no", "No")))
    questionnaire = make_questionnaire((new, True), code="second")
    second = actions.open_wave(wave=make_wave(survey=wave.survey, questionnaire=questionnaire, number=2))
    for code in ("yes", "yes", "yes", "no"):
        make_response(second, cnf01=code)
    publish(second)

    found = [(reading.wording_id, reading.value) for reading in read(answers=["agree", "yes"])]
    assert found == [("CNF01.1", 50.0), ("CNF01.2", 75.0)]


def test_drafted_wording_is_read_only_where_a_draft_is_accepted(wave):
    answered(wave, agree=3, disagree=3)
    publish(wave)
    Wording.objects.filter(question__code="CNF01").update(status="drafted", confirmed=False)

    with pytest.raises(ValueError, match="A drafted wording feeds no headline indicator"):
        read()
    assert [reading.value for reading in read(accept_draft=True)] == [50.0]


def test_headline_indicator_cannot_accept_a_draft(wave, client, make_user):
    lay_roles()
    client.force_login(make_user("coordinator", "Coordinators"))
    given = {
        "objective": make_objective().pk,
        "code": "A1",
        "title": "Trust",
        "definition": "Those who agree.",
        "measure": "surveys.share",
        "parameters": json.dumps(SHARE | {"accept_draft": True}),
        "kind": "survey",
        "unit": "%",
        "per": "1",
        "polarity": "higher",
        "headline": "on",
        "source": "This site",
        "frequency": "wave",
        "order": "0",
    }

    refused = client.post(reverse("indicator:add"), given)

    sentence = "A drafted wording feeds no headline indicator. Untick headline, or take accept_draft out and pilot it."
    assert refused.context["form"].errors == {"headline": [sentence]}
    assert sentence in unescape(refused.text)
    assert not Indicator.objects.exists()
    for mended in ({"headline": ""}, {"code": "A2", "parameters": json.dumps(SHARE | {"accept_draft": False})}):
        assert client.post(reverse("indicator:add"), given | mended).status_code == 302
    assert list(Indicator.objects.order_by("code").values_list("code", "headline")) == [("A1", False), ("A2", True)]


def test_wording_that_leaves_strands_out_feeds_no_indicator():
    wording = make_wording("CNF01", strands=["race", "religion", "disability"])
    wave = make_open_wave(questionnaire=make_questionnaire((wording, True)))
    answered(wave, agree=3, disagree=3)
    publish(wave)

    with pytest.raises(ValueError, match="leaves out sexual-orientation, transgender: it feeds no indicator"):
        read(accept_draft=True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"survey": "nowhere"}, "There is no survey with the code 'nowhere'."),
        ({"survey": None}, "There is no survey with the code None."),
        ({"question": "XXX99"}, "There is no question with the code 'XXX99'."),
        ({"answers": []}, "Give the codes of the answers that count"),
        ({"answers": 5}, "Give answers as a list of option codes."),
        ({"answers": [1]}, "Give answers as a list of option codes."),
        ({"answers": ["maybe"]}, "CNF01.1 has no option with the code maybe."),
        ({"excluded": ["dragons"]}, "CNF01.1 has no option with the code dragons."),
    ],
)
def test_parameter_that_is_wrong_is_refused_in_a_sentence(wave, changed, sentence):
    answered(wave, agree=3, disagree=3)
    publish(wave)

    with pytest.raises(ValueError, match=sentence):
        read(**changed)


def test_measure_says_what_it_needs():
    measure = measures["surveys.share"]

    assert (measure.kind, measure.unit) == (Kind.SURVEY, "%")
    assert set(measure.parameters) == {"survey", "question", "answers", "excluded", "area", "accept_draft"}


def test_number_of_queries_does_not_grow_with_the_answers(wave, django_assert_num_queries):
    answered(wave, agree=1, disagree=1)
    wave = publish(wave)
    with django_assert_num_queries(11):
        read()
    for _ in range(50):
        make_response(wave, cnf01="agree", rewritten=True)
    with django_assert_num_queries(11):
        assert read()[0].n == 52


def test_surveys_are_read_apart(wave):
    answered(wave, agree=3, disagree=1)
    publish(wave)
    other = actions.open_wave(wave=make_wave(survey=make_survey("other"), questionnaire=wave.questionnaire))
    answered(other, disagree=4)
    publish(other)

    assert [reading.value for reading in read(survey="other")] == [0.0]
    assert [reading.value for reading in read()] == [75.0]
