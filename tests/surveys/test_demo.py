"""The demonstration survey."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Site

from campaigns.queries import evidence_of
from core.demonstration import chapters
from core.languages.actions import record_check
from core.languages.queries import catalogue_digest
from core.languages.trees import lay_trees
from core.models import Organisation
from indicators.registry import measures
from surveys import actions, demo_words
from surveys.content import items_of, notice_version, versions_in
from surveys.demo import SLUG
from surveys.models import (
    Instrument,
    Question,
    Questionnaire,
    QuestionnaireTranslation,
    Response,
    ResultSet,
    Survey,
    SurveyIndexPage,
    SurveyPage,
    Wave,
    Wording,
    WordingTranslation,
)
from surveys.queries import asked_by, drafted_items, open_survey_pages
from tests.factories.campaigns import unsaved_campaign
from tests.factories.surveys import make_open_wave, make_questionnaire, make_survey, make_wave, make_wording

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

    assert drafted == ["HC07", "HC08", "CMP01", "DEMO01", "DEM11"]


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


def test_the_demonstration_is_written_in_urdu_and_shown_in_it_only_once_a_speaker_has_checked_every_word(
    demonstration, client, make_user
):
    questionnaire, wave = Questionnaire.objects.get(), Wave.objects.get(number=3)
    versions = versions_in("ur", questionnaire, items_of(questionnaire))
    assert {version.standing for version in versions} == {"not checked by a speaker"}
    assert "translations" not in wave.body
    notices = [notice_version(wave.survey, code) for code in ("ur", "gu", "pl")]
    assert {notice.standing for notice in notices} == {"not checked by a speaker"}

    speakers = Organisation.objects.create(code="speakers", name="Speakers")
    checker = make_user("checker", "Language checkers")
    record_check(language="ur", digest=catalogue_digest("ur"), organisation=speakers, by=checker)
    digest = actions.digest_of(versions)
    assert actions.record_words_check(versions=versions, digest=digest, organisation=speakers, by=checker) == []
    questionnaire.offered = ["ur"]
    questionnaire.save()
    actions.close_wave(wave=wave)
    make_open_wave(survey=wave.survey, questionnaire=questionnaire, number=4)
    lay_trees()

    page = client.get(f"/ur/surveys/{SLUG}/start/", follow=True)
    instrument = asked_by(Wave.objects.get(number=4), "ur")
    answers = {}
    while "check/" not in page.request["PATH_INFO"]:
        here = instrument.page_of[page.request["PATH_INFO"].rstrip("/").rpartition("/")[2]]
        item = here.items[0]
        said = page.content.decode()
        assert escape(item.body["text"]) in said
        assert all(escape(label) in said for label in item.labels.values())
        given = {"multiple": ["nothing-would-stop-me"], "text": "روشنی"}.get(item.kind, list(item.labels)[1:2])
        answers[item.key] = given if item.kind in {"multiple", "text"} else given[0]
        page = client.post(page.request["PATH_INFO"], {"answer": given}, follow=True)
    client.post(page.request["PATH_INFO"])
    client.post(f"/ur/surveys/{SLUG}/equality/", {"wanted": "no"})

    response = Response.objects.get(wave__number=4)
    assert (response.language, response.answers) == ("ur", answers)


def test_what_the_demonstration_wrote_in_urdu_goes_with_it_and_what_somebody_changed_stays(demonstration):
    version = WordingTranslation.objects.get(wording__question__code="CNF03", language="ur")
    actions.write_words(version=version, words={"text": "Changed by a person"})
    chapters["surveys"].remove()

    assert list(WordingTranslation.objects.values_list("wording__question__code", flat=True)) == ["CNF03"]
    assert not QuestionnaireTranslation.objects.exists()


def test_a_damaged_question_bank_is_named_with_its_mend(monkeypatch, tmp_path):
    damaged = tmp_path / "question_bank.csv"
    damaged.write_text("code,kind,construct,text,options,source,status\nSAF03,single,safety\n")
    monkeypatch.setattr(actions, "import_question_bank", partial(actions.import_question_bank, path=damaged))
    with pytest.raises(CommandError, match=r"^The question bank is damaged: .+\. Fetch surveys/data again\.$"):
        chapters["surveys"].load(print)


@pytest.mark.parametrize("content", [b"\xff\xfe", b'{"ur": {', None], ids=["bytes", "cut", "gone"])
def test_damaged_words_in_other_languages_are_named_with_their_mend(request, monkeypatch, tmp_path, content):
    damaged = tmp_path / "demo_words.json"
    if content:
        damaged.write_bytes(content)
    monkeypatch.setattr(demo_words, "FILE", damaged)
    with pytest.raises(CommandError, match=r"^The demonstration file demo_words\.json is damaged\. Fetch surveys/data"):
        request.getfixturevalue("demonstration")


@pytest.fixture
def week_of_action(campaign_index):
    campaign = unsaved_campaign("no-place-for-hate", starts=date(2026, 10, 10), ends=date(2026, 10, 17))
    campaign.save()
    return campaign


@pytest.mark.parametrize("day", [date(2026, 11, 12), date(2027, 4, 1)])
def test_a_wave_before_the_week_and_one_after_it_tell_a_campaign_what_they_know(time_machine, week_of_action, day):
    time_machine.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    chapters["surveys"].load(lambda _: None)

    before, after, running = Wave.objects.order_by("number")
    assert before.closes < week_of_action.starts
    assert week_of_action.ends < after.opens < after.closes < running.opens
    recall, *outcomes = evidence_of(week_of_action)
    assert recall.value is not None
    assert recall.is_sample
    asked = [one for one in outcomes if one.label.endswith("a report of a hate crime would be taken seriously?")]
    change, contrast = asked
    assert "Wave 1, before the campaign" in change.sentence
    assert (contrast.unit, contrast.lower > 0) == ("points", True)


def test_soon_after_the_week_no_wave_could_have_closed_and_the_demonstration_loads_all_the_same(
    time_machine, week_of_action
):
    time_machine.move_to(datetime(2026, 10, 20, 12, tzinfo=UTC))
    chapters["surveys"].load(lambda _: None)

    assert evidence_of(week_of_action) == []
    assert ResultSet.objects.approved().count() == 2
