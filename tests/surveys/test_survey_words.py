"""What a survey tells people before they begin, in other languages: written, checked, and shown only then."""

import re

import pytest

from core.languages.actions import record_check as record_catalogue_check
from core.languages.queries import catalogue_digest
from core.languages.trees import lay_trees
from core.models import Organisation
from core.waiting import for_user
from surveys import actions
from surveys.content import notice_version
from surveys.enums import CollectorKind, Mode
from surveys.models import Collector, Survey, SurveyPage, SurveyTranslation
from surveys.paper.printing import paper_html
from surveys.queries import faults_of, signed_digest
from tests.factories.surveys import (
    check_in,
    check_notice_in,
    make_collector,
    make_questionnaire,
    make_survey,
    make_survey_page,
    make_wave,
    make_wording,
    write_in,
)
from tests.surveys.browsing import answer, text
from tests.surveys.test_language_screens import digest_on, fields

pytestmark = pytest.mark.django_db

START = "/ur/surveys/local-voice/"
WORDS = {
    "title": "آپ کی آواز",
    "purpose": "تاکہ ہم جانیں کہ لوگ کیا سوچتے ہیں",
    "audience": "تجزیہ کار",
    "sample-statement": "نتائج صرف جواب دینے والوں کے بارے میں ہیں",
}


@pytest.fixture
def speakers():
    return Organisation.objects.create(code="speakers", name="Speakers of Urdu")


@pytest.fixture
def urdu_frame(speakers, make_user):
    """Let the site's own Urdu words be checked, so that pages at /ur/ are in Urdu."""
    by = make_user("frame", "Language checkers")
    record_catalogue_check(language="ur", digest=catalogue_digest("ur"), organisation=speakers, by=by)


def make_urdu_page(survey):
    """Make the survey's page, with an Urdu page of its own beside it."""
    page = make_survey_page(survey)
    lay_trees()
    SurveyPage.objects.filter(alias_of=page).update(alias_of=None)
    return page


def write(survey, **more):
    actions.write_words(version=notice_version(survey, "ur"), words=WORDS | more)


def address_of(survey, code="ur"):
    return f"/admin/surveys/languages/{code}/surveys/{survey.pk}/"


def test_an_urdu_start_page_says_in_urdu_what_a_speaker_has_checked_and_all_else_in_english(client, urdu_frame, wave):
    make_urdu_page(wave.survey)
    english = '<div lang="en" dir="ltr"><p>To learn what people think.</p></div>'
    write(wave.survey)
    page = text(client.get(START))
    assert english in page
    assert '<div lang="en" dir="ltr"><p>Analysts.</p></div>' in page
    assert not any(words in page for words in WORDS.values())

    check_notice_in("ur", wave.survey)
    page = text(client.get(START))
    assert f"<div><p>{WORDS['purpose']}</p></div>" in page
    assert f"<div><p>{WORDS['audience']}</p></div>" in page
    assert "To learn what people think." not in page

    Survey.objects.update(purpose="To learn more.")
    page = text(client.get(START))
    assert '<div lang="en" dir="ltr"><p>To learn more.</p></div>' in page
    assert WORDS["audience"] not in page


def test_whoever_looks_for_a_survey_in_urdu_finds_its_urdu_words(wave):
    page = make_urdu_page(wave.survey)
    write(wave.survey)
    check_notice_in("ur", wave.survey)

    urdu = SurveyPage.objects.exclude(pk=page.pk).get(locale__language_code="ur")
    assert urdu.search_words() == f"{WORDS['title']} {WORDS['purpose']}"
    assert page.search_words() == "Your voice To learn what people think."


def test_thanks_closing_and_paper_say_in_urdu_whom_the_results_speak_for_and_why_we_ask(client, urdu_frame):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    wave = make_wave(questionnaire=questionnaire)
    paper = make_collector(wave, "paper", kind=CollectorKind.PAPER, mode=Mode.PAPER)
    wave = actions.open_wave(wave=wave)
    make_urdu_page(wave.survey)
    write(wave.survey)
    check_notice_in("ur", wave.survey)

    answer(client, START, cnf01="agree")
    thanks = text(client.post(f"{START}check/", follow=True))
    assert f"<div><p>{WORDS['sample-statement']}</p></div>" in thanks
    assert f"“{WORDS['title']}”" in thanks
    printed = paper_html(collector=Collector.objects.get(pk=paper.pk), language="ur")
    assert f'<div lang="ur" dir="rtl"><p>{WORDS["purpose"]}</p></div>' in printed
    assert f'<div lang="ur" dir="rtl"><p>{WORDS["audience"]}</p></div>' in printed

    actions.close_wave(wave=wave)
    assert WORDS["sample-statement"] in text(client.get(START))
    assert f"<strong>{WORDS['title']}</strong>" in text(client.get(f"{START}start/"))


def test_the_first_page_says_what_the_questionnaire_asks_about_in_the_language_of_its_questions(client, urdu_frame):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    wave = actions.open_wave(wave=make_wave(questionnaire=questionnaire))
    make_urdu_page(wave.survey)

    assert "<h2>What we ask</h2> <div><p>A few questions.</p></div>" in text(client.get(START.removeprefix("/ur")))
    assert '<div lang="en" dir="ltr"><p>A few questions.</p></div>' in text(client.get(START))


def test_an_introduction_that_is_checked_in_urdu_stands_on_the_urdu_page(client, urdu_frame, make_urdu_wave):
    make_urdu_page(make_urdu_wave().survey)

    assert "<div><p>A few questions. (ur)</p></div>" in text(client.get(START))


def test_a_wave_opens_only_once_what_people_are_told_is_checked_in_each_language_that_it_offers(make_urdu_wave):
    wave = make_urdu_wave(opened=False)
    SurveyTranslation.objects.all().delete()
    today = wave.opens
    name = "What the survey itself says"
    assert f"{name} is not written in Urdu, which is offered. Write it, and let a speaker check it." in faults_of(
        wave, on=today
    )
    write(wave.survey)
    sentence = f"{name} has not been checked in Urdu, which is offered. A language checker records that it is right."
    assert sentence in faults_of(wave, on=today)
    write(wave.survey, purpose="")
    sentence = f"{name} is not whole in Urdu, which is offered. Write what is missing, and let a speaker check it."
    assert sentence in faults_of(wave, on=today)

    write(wave.survey)
    before = signed_digest(wave)
    check_notice_in("ur", wave.survey)
    assert [fault for fault in faults_of(wave, on=today) if name in fault] == []
    assert signed_digest(wave) != before


def test_whoever_signs_off_reads_what_people_are_told_in_each_language(client, make_user, make_urdu_wave):
    wave = make_urdu_wave(opened=False)
    client.force_login(make_user("manager", "Communications managers"))

    page = text(client.get(f"/admin/surveys/waves/{wave.pk}/sign-off/"))
    assert '<div lang="ur" dir="rtl"><p>To learn what people think. (ur)</p></div>' in page


def test_an_analyst_types_what_a_survey_says_and_a_checker_records_it(client, make_user, speakers):
    survey = make_survey()
    client.force_login(make_user("analyst", "Survey analysts"))
    page = client.get(address_of(survey))
    assert list(fields(page)) == ["Your voice", "To learn what people think.", "Analysts.", survey.sample_statement]
    typed = {name: f"{english} (ur)" for english, name in fields(page).items()}
    assert "4 pieces of text saved." in text(client.post(address_of(survey), {**typed, "save": ""}, follow=True))
    assert "Not checked by a speaker" in text(client.get("/admin/surveys/languages/?language=ur"))

    checker = make_user("checker", "Language checkers")
    client.force_login(checker)
    assert [found.title for found in for_user(checker) if "Words of surveys" in found.title] == [
        "Words of surveys in Urdu: 1 not yet checked"
    ]
    listed = text(client.get("/admin/surveys/languages/?language=ur"))
    assert re.search(rf'<a href="{address_of(survey)}">Your voice</a></td><td>Not checked by a speaker', listed)
    page = client.get(address_of(survey))
    data = {"check": "", "digest": digest_on(page), "organisation": speakers.pk, "confirm": "on"}
    page = client.post(address_of(survey), data, follow=True)
    assert "The words are recorded as checked." in text(page)
    assert SurveyTranslation.objects.get().is_checked
    assert not [found for found in for_user(checker) if "Words of surveys" in found.title]


@pytest.fixture
def make_urdu_wave():
    """Return a function that makes a wave whose questions, and what is said before them, are checked in Urdu."""

    def make(*, opened=True):
        questionnaire = make_questionnaire((make_wording("CNF01"), True))
        questionnaire.offered = ["ur"]
        questionnaire.save()
        write_in("ur", questionnaire)
        check_in("ur", questionnaire)
        wave = make_wave(questionnaire=questionnaire)
        return actions.open_wave(wave=wave) if opened else wave

    return make
