"""The words of a survey in another language are typed beside the English, checked by somebody else, and walked."""

import html
import re

import pytest

from core.models import Organisation
from core.waiting import for_user
from surveys import actions
from surveys.content import instrument_body
from surveys.models import (
    Draft,
    Questionnaire,
    QuestionnaireTranslation,
    Response,
    Section,
    Wording,
    WordingTranslation,
)
from tests.factories.surveys import (
    make_questionnaire,
    make_survey,
    make_usual_questionnaire,
    make_wave,
    make_wording,
    write_in,
    write_notice_in,
)
from tests.surveys.browsing import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def speakers():
    return Organisation.objects.create(code="speakers", name="Speakers of Urdu")


@pytest.fixture
def questionnaire():
    return make_questionnaire((make_wording("CNF01"), True))


@pytest.fixture
def analyst(client, make_user):
    client.force_login(make_user("analyst", "Survey analysts"))
    return client


@pytest.fixture
def checker(client, make_user):
    user = make_user("checker", "Language checkers")
    client.force_login(user)
    client.user = user
    return client


def words_of(questionnaire, code="ur"):
    return f"/admin/surveys/languages/{code}/questionnaires/{questionnaire.pk}/"


def fields(page):
    """Return the name of each piece's field by the English above it."""
    found = re.findall(r'lang="en" dir="ltr">([^<]+)</div>.*?name="(piece-\w+)"', page.content.decode(), re.DOTALL)
    return {html.unescape(english): name for english, name in found}


def digest_on(page):
    return re.search(r'name="digest" value="(\w+)"', page.content.decode()).group(1)


def type_all(client, questionnaire, code="ur"):
    page = client.get(words_of(questionnaire, code))
    typed = {name: f"{english} ({code})" for english, name in fields(page).items()}
    return client.post(words_of(questionnaire, code), {**typed, "save": ""}, follow=True)


def record(client, questionnaire, speakers, **more):
    page = client.get(words_of(questionnaire))
    data = {"check": "", "digest": digest_on(page), "organisation": speakers.pk, "confirm": "on"} | more
    return client.post(words_of(questionnaire), data, follow=True)


def test_an_analyst_types_every_word_on_one_page_and_a_checker_records_it(client, make_user, questionnaire, speakers):
    client.force_login(make_user("analyst", "Survey analysts"))
    page = client.get(words_of(questionnaire))
    assert list(fields(page)) == [
        "Your area",
        "A few questions.",
        "Where you live",
        "Do you agree?",
        "Agree",
        "Disagree",
        "Don't know",
    ]
    assert 'lang="ur" dir="rtl"' in page.content.decode()
    page = type_all(client, questionnaire)
    assert "7 pieces of text saved." in text(page)
    assert "Record the check" not in text(page)

    client.force_login(make_user("checker", "Language checkers"))
    assert "The words are recorded as checked." in text(record(client, questionnaire, speakers))
    questionnaire.offered = ["ur"]
    questionnaire.save()
    assert instrument_body(questionnaire)["translations"]["ur"]["items"]["cnf01"] == {
        "text": "Do you agree? (ur)",
        "options": {"agree": "Agree (ur)", "disagree": "Disagree (ur)", "dont-know": "Don't know (ur)"},
    }


def test_a_checker_who_typed_the_words_is_refused_and_told_who_may(checker, questionnaire, speakers):
    type_all(checker, questionnaire)
    page = record(checker, questionnaire, speakers)
    assert page.status_code == 422
    assert "You typed these words yourself, so somebody else records that they are right" in text(page)
    assert not WordingTranslation.objects.get().is_checked


def test_an_analyst_cannot_record_a_check(analyst, questionnaire, speakers):
    write_in("ur", questionnaire)
    data = {"check": "", "digest": "0" * 64, "organisation": speakers.pk, "confirm": "on"}
    assert analyst.post(words_of(questionnaire), data).status_code == 302
    assert not WordingTranslation.objects.get().is_checked


def test_words_that_changed_since_the_page_was_shown_are_not_recorded(checker, questionnaire, speakers):
    write_in("ur", questionnaire)
    page = record(checker, questionnaire, speakers, digest="0" * 64)
    assert "The words changed after this page was shown to you" in text(page)
    assert not WordingTranslation.objects.get().is_checked


def test_what_was_typed_for_english_that_changed_meanwhile_is_shown_and_not_lost(analyst, questionnaire):
    page = analyst.get(words_of(questionnaire))
    name = fields(page)["Your area"]
    Questionnaire.objects.update(title="Your town")
    page = analyst.post(words_of(questionnaire), {name: "آپ کا علاقہ", "save": ""})
    assert page.status_code == 422
    assert "The English changed while you wrote" in text(page)
    assert "آپ کا علاقہ" in text(page)


def test_english_that_changed_is_shown_beside_what_it_was(analyst, questionnaire):
    write_in("ur", questionnaire)
    wording = WordingTranslation.objects.get().wording
    wording.text = "Do you agree now?"
    wording.save()
    page = text(analyst.get(words_of(questionnaire)))
    assert "The English has changed since this was written. It was: <span" in page
    assert "“Do you agree?”" in page


def test_english_of_a_questionnaire_that_is_reworded_keeps_its_words_until_they_are_read_again(analyst, questionnaire):
    write_in("ur", questionnaire)
    questionnaire.title = "Your town"
    questionnaire.save()
    section = Section.objects.get()
    section.title = "Your street"
    section.save()

    page = text(analyst.get(words_of(questionnaire)))
    for was, said in (("Your area", "Your area (ur)"), ("Where you live", "Where you live (ur)")):
        assert f'It was: <span lang="en" dir="ltr">“{was}”</span>' in page
        assert f"{said}</textarea>" in page
    assert "2 of 7 pieces of text are not written yet." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x" * 151, "Ensure this value has at most 150 characters"),
        ("turned \u202e around", "It holds a hidden character that turns the writing around. Type it again."),
        ("a \x07 bell", "It holds a character that cannot be kept. Type it again."),
        ("a \x00 NUL", "Null characters are not allowed."),
    ],
)
def test_words_that_cannot_be_kept_are_refused_beside_their_field(analyst, questionnaire, typed, sentence):
    name = fields(analyst.get(words_of(questionnaire)))["Your area"]
    page = analyst.post(words_of(questionnaire), {name: typed, "save": ""})
    assert page.status_code == 422
    assert sentence in text(page)
    assert not QuestionnaireTranslation.objects.exists()


def test_frozen_words_are_shown_and_not_asked_for_and_a_made_up_form_is_refused(analyst, make_user, speakers):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    questionnaire.offered = ["ur"]
    questionnaire.save()
    name = fields(analyst.get(words_of(questionnaire)))["Do you agree?"]
    write_in("ur", questionnaire)
    analyst.force_login(make_user("checker", "Language checkers"))
    record(analyst, questionnaire, speakers)
    actions.open_wave(wave=make_wave(questionnaire=questionnaire))

    page = analyst.get(words_of(questionnaire))
    assert "A wave with these words has opened, so they stay as they are." in text(page)
    assert "Do you agree?" not in fields(page)
    page = analyst.post(words_of(questionnaire), {name: "Something else", "save": ""})
    assert page.status_code == 422
    assert "A wave with these words has opened" in text(page)
    assert WordingTranslation.objects.get().words["text"] == "Do you agree? (ur)"


def test_a_check_is_withdrawn_where_the_wording_stands_alone(checker, questionnaire, speakers):
    write_in("ur", questionnaire)
    record(checker, questionnaire, speakers)
    version = WordingTranslation.objects.get()
    assert version.is_checked
    checker.post(f"/admin/surveys/languages/ur/wordings/{version.wording_id}/", {"withdraw": ""})
    assert not WordingTranslation.objects.get().is_checked


def test_what_waits_for_a_checker_stands_on_the_first_screen_and_in_the_list(checker, questionnaire, speakers):
    write_in("ur", questionnaire)
    titles = {found.title: found.url for found in for_user(checker.user)}
    title = "Words of surveys in Urdu: 2 not yet checked"
    page = checker.get(titles[title])
    assert "Not checked by a speaker" in text(page)
    assert words_of(questionnaire) in text(page)
    record(checker, questionnaire, speakers)
    assert title not in {found.title for found in for_user(checker.user)}


def test_the_list_takes_as_many_queries_for_three_wordings_and_surveys_as_for_one(analyst, django_assert_num_queries):
    address = "/admin/surveys/languages/?language=ur"
    analyst.get(address)
    for codes in (("CNF01",), ("CNF02", "CNF03")):
        for code in codes:
            make_questionnaire((make_wording(code), True), code=code.lower())
            version = WordingTranslation(wording=Wording.objects.latest_of(code), language="ur")
            actions.write_words(version=version, words={"text": code})
            write_notice_in("ur", make_survey(code.lower()))
        with django_assert_num_queries(17):
            analyst.get(address)


@pytest.mark.parametrize("address", ["languages/?language=xx", "languages/en/questionnaires/1/"])
def test_a_language_that_is_not_there_is_not_found(analyst, address):
    assert analyst.get(f"/admin/surveys/{address}").status_code == 404


def test_whoever_has_nothing_to_do_with_surveys_reads_none_of_it(client, make_user, questionnaire):
    client.force_login(make_user("officer", "Communications officers"))
    for address in (words_of(questionnaire), "/admin/surveys/languages/"):
        assert client.get(address).url.startswith("/admin/")


# Walking


def walk_of(questionnaire, language="en"):
    return f"/admin/surveys/questionnaires/{questionnaire.pk}/walk/?language={language}"


def hidden(page):
    """Return what the form of the page carries along."""
    form = page.content.decode().rpartition('<form method="post" novalidate>')[2]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_draft_is_walked_in_any_language_and_nothing_is_kept(analyst):
    questionnaire = make_usual_questionnaire()
    write_in("ur", questionnaire)
    page = analyst.get(walk_of(questionnaire, "ur"))
    assert '<html lang="ur" dir="rtl">' in text(page)
    assert "Preview in Urdu" in text(page)
    assert "Are the police fair? (ur)" in text(page)

    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "agree", "on": ""})
    assert "What might stop you? (ur)" in text(page)
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "fear", "language": "en", "speak": ""})
    assert '<html lang="en" dir="ltr">' in text(page)
    assert "What might stop you?" in text(page)
    assert re.search(r'value="fear"[^>]* checked', text(page))

    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "fear", "on": ""})
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "2", "on": ""})
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "More lights", "on": ""})
    for kept in ("<code", "agree", "fear", "More lights", "This is where people send their answers."):
        assert kept in text(page)
    assert not Draft.objects.exists()
    assert not Response.objects.exists()


def test_an_answer_that_is_missing_is_named_in_the_preview_and_back_leads_back(analyst):
    questionnaire = make_usual_questionnaire()
    page = analyst.get(walk_of(questionnaire))
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "on": ""})
    assert "There is a problem" in text(page)
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "answer": "agree", "on": ""})
    page = analyst.post(walk_of(questionnaire), {**hidden(page), "back": ""})
    assert "Are the police fair?" in text(page)


def test_a_questionnaire_that_cannot_be_walked_says_why(analyst):
    questionnaire = Questionnaire.objects.create(code="empty", title="Empty")
    page = analyst.get(walk_of(questionnaire), follow=True)
    assert "It cannot be walked yet. It asks nothing." in text(page)


def test_a_checker_is_led_back_to_the_words_from_the_preview_and_from_what_cannot_be_walked(checker, questionnaire):
    page = checker.get(walk_of(questionnaire, "ur"))
    assert f'<a href="{words_of(questionnaire)}">Leave the preview</a>' in text(page)
    assert '<a href="/admin/surveys/languages/">Leave the preview</a>' in text(checker.get(walk_of(questionnaire)))

    empty = Questionnaire.objects.create(code="empty", title="Empty")
    for language, there in (("ur", words_of(empty)), ("en", "/admin/surveys/languages/")):
        page = checker.get(walk_of(empty, language), follow=True)
        assert (page.status_code, page.request["PATH_INFO"]) == (200, there)
        assert "It cannot be walked yet. It asks nothing." in text(page)


def test_a_checker_finds_the_preview_beside_the_words(checker, questionnaire):
    assert f'href="{walk_of(questionnaire, "ur")}"' in text(checker.get(words_of(questionnaire)))


@pytest.mark.parametrize("made_up", ["[1, 2]", "{", "[" * 5000, '{"cnf01": {"a": 1}}', '{"cnf01": [[]]}'])
def test_answers_made_by_hand_break_nothing_in_the_preview(analyst, questionnaire, made_up):
    for sent in ({"on": ""}, {"page": "nothing"}, {"page": "cnf01", "back": ""}):
        assert analyst.post(walk_of(questionnaire), {"so_far": made_up, **sent}).status_code == 200


def test_the_check_page_shows_what_is_asked_in_a_language(analyst, questionnaire):
    write_in("ur", questionnaire)
    page = text(analyst.get(f"/admin/surveys/questionnaires/{questionnaire.pk}/?language=ur"))
    assert '<span lang="ur" dir="rtl">Where you live (ur)</span>' in page
    assert "Agree (ur) / Disagree (ur)" in page
