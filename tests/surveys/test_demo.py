"""The demonstration survey."""

import pytest
from django.utils import timezone
from wagtail.models import Site

from core.demonstration import chapters
from indicators.registry import measures
from surveys.models import (
    Instrument,
    Question,
    Questionnaire,
    Response,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Wave,
    Wording,
)
from surveys.queries import drafted_items, open_survey_pages
from tests.factories.surveys import make_questionnaire, make_survey, make_wave, make_wording

pytestmark = pytest.mark.django_db

SHARE = {"survey": "demo-local-voice", "question": "CNF03", "answers": ["strongly-agree", "tend-to-agree"]}


@pytest.fixture
def demonstration():
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=SurveyIndexPage(title="Surveys", slug="surveys", summary="Have your say."))
    told = []
    chapters["surveys"].load(told.append)
    return told


def test_load_makes_two_closed_waves_of_sample_data_and_an_open_one(demonstration):
    assert len(demonstration) == chapters["surveys"].steps
    waves = {wave.number: wave for wave in Wave.objects.all()}
    assert [waves[number].state for number in (1, 2, 3)] == ["closed", "closed", "open"]
    assert all(wave.is_sample for wave in waves.values())
    assert [Response.objects.readable().filter(wave=waves[number]).count() for number in (1, 2, 3)] == [412, 448, 0]
    assert waves[3].takes_answers(timezone.localdate())
    assert Instrument.objects.count() == 1


def test_load_asks_confirmed_questions_first_and_says_which_are_drafts(demonstration):
    questionnaire = Questionnaire.objects.get()
    drafted = [item.wording.question.code for item in drafted_items(questionnaire)]

    assert drafted == ["HC07", "HC08", "DEMO01", "DEM11"]


def test_loading_twice_changes_nothing(demonstration):
    before = {str(pk) for pk in Response.objects.values_list("pk", flat=True)}
    chapters["surveys"].load(lambda _: None)

    assert {str(pk) for pk in Response.objects.values_list("pk", flat=True)} == before
    assert Survey.objects.count() == SurveyPage.objects.count() == 1


def test_demonstration_is_measured_as_sample_data(demonstration):
    readings = measures["surveys.share"].read(SHARE | {"excluded": ["dont-know"]})

    assert [reading.is_sample for reading in readings] == [True, True]
    assert readings[0].value < readings[1].value


def test_demonstration_survey_is_open_and_says_sample_data(client, demonstration):
    page = open_survey_pages().get()

    assert "Sample data" in client.get(page.url).content.decode()
    assert client.get(f"{page.url}start/").url == f"{page.url}coh07/"


def test_remove_takes_the_demonstration_and_nothing_else(demonstration):
    own = make_wave(survey=make_survey(), questionnaire=make_questionnaire((make_wording("OWN01"), True)))
    bank = Wording.objects.exclude(question__code="DEMO01").count()
    chapters["surveys"].remove()

    assert list(Wave.objects.all()) == [own]
    assert list(Survey.objects.values_list("code", flat=True)) == ["local-voice"]
    assert not Response.objects.exists()
    assert not Instrument.objects.exists()
    assert not SurveyPage.objects.exists()
    assert not Question.objects.filter(code="DEMO01").exists()
    assert Wording.objects.count() == bank


def test_remove_without_a_demonstration_does_nothing():
    own = make_wave(survey=make_survey())
    chapters["surveys"].remove()

    assert list(Wave.objects.all()) == [own]


def test_demonstration_asks_about_people_last_and_with_its_reason(client, demonstration):
    wave = Wave.objects.get(number=3)
    main, equality = wave.body["sections"][-2:]

    assert [item["question"] for item in main["items"]] == ["DEM11", "DEM04", "DEM01"]
    assert all(item["reason"] and not item["required"] for item in main["items"])
    assert (equality["part"], main["items"][0]["ends_on"]) == ("equality", ["under-16"])
    answers = [response.answers for response in Response.objects.readable().filter(wave__number=1)]
    asked_why = [given for given in answers if "dem08" in given]
    assert asked_why
    assert {given["dem07"] for given in asked_why} == {"yes"}
    assert 0 < sum("dem03" in given for given in answers) < len(answers)
