"""A survey in several languages: one instrument, other words, the same codes; each whole and checked, or not at all."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.languages.actions import record_check as record_catalogue_check
from core.languages.queries import catalogue_digest
from core.languages.trees import lay_trees
from core.models import Organisation
from surveys import actions, runner
from surveys.content import instrument_body, items_of, questionnaire_document, versions_in
from surveys.models import Questionnaire, Response, WordingTranslation
from surveys.queries import faults_of_questionnaire
from surveys.schema import DocumentError
from tests.factories.surveys import make_questionnaire, make_survey_page, make_wave, make_wording, write_in
from tests.surveys.browsing import text
from tests.surveys.instruments import GALLERY, body, question

pytestmark = pytest.mark.django_db

TWO = GALLERY["two-languages"]["instrument"]
START = "/surveys/local-voice/"


@pytest.fixture
def speakers():
    return Organisation.objects.create(code="speakers", name="Speakers of Urdu")


@pytest.fixture
def checker(make_user):
    return make_user("checker", "Language checkers")


@pytest.fixture
def analyst(make_user):
    return make_user("analyst", "Survey analysts")


@pytest.fixture
def urdu_frame(speakers, checker):
    """Let the site's own Urdu words be checked, so that pages at /ur/ are in Urdu."""
    record_catalogue_check(language="ur", digest=catalogue_digest("ur"), organisation=speakers, by=checker)


def bring_in(instrument=TWO, **more):
    return actions.import_questionnaire(text=json.dumps({"code": "two", "instrument": instrument, **more}))


def opened(questionnaire):
    wave = actions.open_wave(wave=make_wave(questionnaire=questionnaire))
    make_survey_page(wave.survey)
    lay_trees()
    return wave


def check(questionnaire, speakers, checker, language="ur"):
    versions = versions_in(language, questionnaire, items_of(questionnaire))
    return actions.record_words_check(
        versions=versions, digest=actions.digest_of(versions), organisation=speakers, by=checker
    )


def test_staff_read_that_a_language_waits_for_the_words_of_the_site_around_the_questions(
    client, analyst, checker, speakers
):
    wave = opened(bring_in())
    client.force_login(analyst)
    screens = (f"/admin/surveys/questionnaires/{wave.questionnaire_id}/", f"/admin/surveys/waves/{wave.pk}/")
    sentence = "Urdu is offered, but nobody who answers on a screen is asked in it yet"
    assert [sentence in text(client.get(screen)) for screen in screens] == [True, True]

    record_catalogue_check(language="ur", digest=catalogue_digest("ur"), organisation=speakers, by=checker)
    assert [sentence in text(client.get(screen)) for screen in screens] == [False, False]


def test_an_urdu_address_asks_in_urdu_and_sends_the_same_codes(client, urdu_frame):
    opened(bring_in())
    page = client.get("/ur/surveys/local-voice/start/", follow=True)
    assert "شروع کرنے سے پہلے" in text(page)
    assert '<html lang="ur" dir="rtl">' in text(page)
    page = client.post("/ur/surveys/local-voice/info-1/", follow=True)
    for said in (
        "کیا یہ محفوظ ہے؟",
        "دن میں اور رات میں",
        "ہاں",
        "نہیں",
        "تاکہ جو ٹھیک نہیں اسے درست کیا جائے",
        "پارک",
    ):
        assert said in text(page)
    assert "Is it safe?" not in text(page)
    client.post("/ur/surveys/local-voice/tny01/", {"answer": "no"})
    client.post("/ur/surveys/local-voice/tny02/", {"answer": "other", "answer_other": "A bench"})
    assert "کچھ اور" in text(client.get("/ur/surveys/local-voice/check/"))
    client.post("/ur/surveys/local-voice/check/")

    response = Response.objects.get()
    assert response.answers == {"tny01": "no", "tny02": ["other"], "tny02_other": "A bench"}
    assert response.language == "ur"


def test_a_survey_that_does_not_offer_urdu_is_in_english_at_an_urdu_address(client, urdu_frame):
    opened(bring_in({name: said for name, said in TWO.items() if name != "translations"}))
    page = client.get("/ur/surveys/local-voice/start/", follow=True)
    page = client.post("/ur/surveys/local-voice/info-1/", follow=True)
    assert re.search(
        r'<div lang="en" dir="ltr">\s*<fieldset(?:(?!</div>).)*Is it safe\?', page.content.decode(), re.DOTALL
    )
    client.post("/ur/surveys/local-voice/tny01/", {"answer": "yes"})
    assert '<dt lang="en" dir="ltr">Is it safe?</dt>' in text(client.get("/ur/surveys/local-voice/check/"))
    client.post("/ur/surveys/local-voice/check/")
    assert Response.objects.get().language == "en"


def test_while_nobody_has_checked_the_words_around_them_the_questions_are_in_english_too(client):
    opened(bring_in())
    page = client.get("/ur/surveys/local-voice/start/", follow=True)
    assert "Before you begin" in text(page)
    assert "شروع کرنے سے پہلے" not in text(page)


def test_a_language_stands_in_the_instrument_once_every_word_of_it_is_written_and_checked(speakers, checker, make_user):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    english = runner.digest(instrument_body(questionnaire))
    questionnaire.offered = ["ur"]
    questionnaire.save()
    sentence = "CNF01.1 is not written in Urdu, which is offered. Write it, and let a speaker check it."
    assert sentence in faults_of_questionnaire(questionnaire)

    write_in("ur", questionnaire, by=make_user("typist", "Survey analysts"))
    assert faults_of_questionnaire(questionnaire) == [
        f"{name} has not been checked in Urdu, which is offered. A language checker records that it is right."
        for name in ("What the questionnaire itself says", "CNF01.1")
    ]
    assert runner.digest(instrument_body(questionnaire)) == english

    check(questionnaire, speakers, checker)
    assert faults_of_questionnaire(questionnaire) == []
    assert instrument_body(questionnaire)["translations"]["ur"]["items"]["cnf01"]["text"] == "Do you agree? (ur)"


def test_a_check_no_longer_speaks_for_words_that_changed_in_either_language(speakers, checker):
    wording = make_wording("CNF01")
    questionnaire = make_questionnaire((wording, True))
    questionnaire.offered = ["ur"]
    questionnaire.save()
    write_in("ur", questionnaire)
    check(questionnaire, speakers, checker)
    version = WordingTranslation.objects.get()
    actions.write_words(version=version, words={"text": "Something else"})
    assert not WordingTranslation.objects.get().is_checked

    check(questionnaire, speakers, checker)
    assert WordingTranslation.objects.get().is_checked
    wording.text = "Do you agree now?"
    wording.save()
    assert WordingTranslation.objects.get().holes == ["text"]
    assert faults_of_questionnaire(questionnaire) == [
        "CNF01.1 is not whole in Urdu, which is offered. Write what is missing, and let a speaker check it."
    ]


def test_nobody_checks_words_that_they_typed_themselves(speakers, checker, make_user):
    questionnaire = make_questionnaire((make_wording("CNF01"), True), (make_wording("CNF02"), True))
    write_in("ur", questionnaire, by=checker)
    with pytest.raises(ValidationError, match="You typed these words yourself"):
        check(questionnaire, speakers, checker)

    other = make_user("other", "Language checkers")
    actions.write_words(version=WordingTranslation.objects.first(), words={"text": "By another"}, by=other)
    left = check(questionnaire, speakers, other)
    assert [version.name for version in left] == ["CNF01.1"]


def test_a_check_of_words_that_changed_since_they_were_shown_is_refused(speakers, checker):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    write_in("ur", questionnaire)
    shown = actions.digest_of(versions_in("ur", questionnaire, items_of(questionnaire)))
    actions.write_words(version=WordingTranslation.objects.get(), words={"text": "Something else"})
    versions = versions_in("ur", questionnaire, items_of(questionnaire))
    with pytest.raises(ValidationError, match="The words changed after this page was shown"):
        actions.record_words_check(versions=versions, digest=shown, organisation=speakers, by=checker)


def test_words_that_somebody_writes_while_a_check_is_on_its_way_are_not_recorded_as_read(speakers, checker):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    write_in("ur", questionnaire)
    on_screen = versions_in("ur", questionnaire, items_of(questionnaire))
    shown = actions.digest_of(on_screen)
    actions.write_words(version=WordingTranslation.objects.get(), words={"text": "Else"})

    with pytest.raises(ValidationError, match="The words changed"):
        actions.record_words_check(versions=on_screen, digest=shown, organisation=speakers, by=checker)
    assert not WordingTranslation.objects.get().is_checked


def test_taking_a_check_back_keeps_what_was_written_meanwhile(speakers, checker):
    questionnaire = make_questionnaire((make_wording("CNF01"), True))
    write_in("ur", questionnaire)
    check(questionnaire, speakers, checker)
    on_screen = versions_in("ur", questionnaire, items_of(questionnaire))[1]
    actions.write_words(version=WordingTranslation.objects.get(), words={"text": "Else"})

    actions.withdraw_check(version=on_screen, by=checker)

    assert WordingTranslation.objects.get().words["text"] == "Else"


def test_words_that_an_opened_wave_asks_cannot_change_in_any_language(checker, speakers):
    opened(bring_in())
    version = WordingTranslation.objects.get(wording__question__code="TNY01")
    version.words = version.words | {"text": "Something else"}
    for change in (
        version.save,
        version.full_clean,
        lambda: actions.write_words(version=version, words={"text": "Something else"}, by=checker),
        version.delete,
    ):
        with pytest.raises(ValidationError, match="A wave with these words has opened"):
            change()
    assert WordingTranslation.objects.get(pk=version.pk).words["text"] == "کیا یہ محفوظ ہے؟"

    changed = json.loads(json.dumps(TWO))
    changed["translations"]["ur"]["items"]["tny01"]["text"] = "Something else"
    with pytest.raises(DocumentError, match="A wave with these words has opened"):
        actions.import_questionnaire(text=json.dumps({"code": "three", "instrument": changed}))
    assert not Questionnaire.objects.filter(code="three").exists()


def test_words_that_people_were_asked_in_a_language_change_by_no_bulk_update_and_go_by_no_bulk_delete():
    opened(bring_in())
    asked = WordingTranslation.objects.filter(wording__question__code="TNY01", language="ur")
    for attempt in (
        lambda: WordingTranslation.objects.update(words={}),
        lambda: asked.update(language="pl"),
        asked.delete,
    ):
        with pytest.raises(ValidationError, match="Make a new version of the wording"):
            attempt()
    assert asked.update(checked_on=timezone.localdate()) == 1

    actions.write_words(version=WordingTranslation(wording=asked.get().wording, language="pl"), words={"text": "Czy?"})
    assert WordingTranslation.objects.filter(language="pl").update(words={}) == 1
    WordingTranslation.objects.filter(language="pl").delete()


def test_a_language_that_no_wave_has_asked_can_still_be_written_for_a_frozen_wording():
    opened(bring_in())
    version = WordingTranslation(wording=WordingTranslation.objects.first().wording, language="pl")
    assert actions.write_words(version=version, words={"text": "Czy jest bezpiecznie?"}) == 1


def test_minutes_are_those_of_the_english_words():
    assert runner.minutes(runner.read(TWO)) == runner.minutes(
        runner.read({name: said for name, said in TWO.items() if name != "translations"})
    )


def test_what_goes_out_in_two_languages_comes_in_with_the_same_hash(speakers, checker):
    first = make_questionnaire((make_wording("CNF01"), True))
    first.offered = ["ur"]
    first.save()
    write_in("ur", first, translated_by=speakers)
    write_in("pl", first)
    check(first, speakers, checker)
    out = questionnaire_document(first)
    second = actions.import_questionnaire(text=json.dumps(out), code="again")
    assert questionnaire_document(second) == out | {"code": "again"}
    assert runner.digest(instrument_body(second)) == runner.digest(out["instrument"])


def test_the_same_checked_words_count_as_checked_whoever_brings_the_file_in(analyst):
    first = bring_in()
    out = questionnaire_document(first)
    second = actions.import_questionnaire(text=json.dumps(out), code="again", by=analyst)
    assert instrument_body(second) == TWO


def test_other_words_in_a_file_wait_for_a_checker_unless_who_brings_it_in_may_check(analyst):
    made = actions.import_questionnaire(text=json.dumps({"code": "two", "instrument": TWO}), by=analyst)
    assert "translations" not in instrument_body(made)
    assert made.languages == ["en", "ur"]
    assert any("has not been checked in Urdu" in fault for fault in faults_of_questionnaire(made))


def test_a_day_of_a_check_comes_in_as_the_file_says(speakers):
    first = bring_in()
    out = questionnaire_document(first)
    out["languages"]["ur"]["own"] |= {"checked_by": speakers.name, "checked_on": "2026-01-31"}
    out["instrument"]["title"] = "Tiny again"
    out["instrument"]["translations"]["ur"]["title"] = "پھر"
    out["languages"]["ur"]["own"]["words"] |= {"Tiny again": "پھر"}
    del out["languages"]["ur"]["own"]["words"]["Tiny"]
    second = actions.import_questionnaire(text=json.dumps(out), code="again")
    version = second.translations.get()
    assert (version.checked_by, version.checked_on.isoformat()) == (speakers, "2026-01-31")
    assert first.translations.get().checked_on == timezone.localdate()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda said: said["items"].pop("tny02"), "In ur tny02 is missing. Translate it."),
        (
            lambda said: said["items"]["tny01"]["options"].pop("no"),
            "In ur tny01 lacks the option no. Translate it.",
        ),
        (
            lambda said: said["items"]["tny01"]["options"].update(maybe="شاید"),
            "In ur tny01 has the option maybe, which is not offered. Take it out.",
        ),
        (
            lambda said: said["sections"].append("اور"),
            "In ur there are 2 titles for 1 sections. Give each one.",
        ),
        (
            lambda said: said["items"]["tny01"].pop("hint"),
            "In ur tny01 has its hint in one language alone. Write it in both, or in neither.",
        ),
        (
            lambda said: said["items"].update(tny09={"text": "?"}),
            "In ur there is tny09, which is not asked. Take it out.",
        ),
        (
            lambda said: said["items"]["tny01"].update(text=""),
            "Instrument, translations, ur, items, tny01, text is empty.",
        ),
        (
            lambda said: said["items"]["tny01"].update(text="turned \u202e around"),
            (
                "Instrument, translations, ur, items, tny01, text holds a character that it may not hold: "
                '"turned \\u202e around".'
            ),
        ),
    ],
)
def test_a_language_that_is_not_whole_is_refused_with_its_place(change, sentence):
    broken = json.loads(json.dumps(TWO))
    change(broken["translations"]["ur"])
    with pytest.raises(DocumentError) as refused:
        bring_in(broken)
    assert refused.value.faults == [sentence]
    assert not Questionnaire.objects.exists()


def test_a_language_that_the_site_does_not_speak_and_an_unknown_organisation_are_named():
    with pytest.raises(DocumentError, match="The file has words in “fr”, which this site does not speak"):
        bring_in(TWO | {"translations": {"fr": TWO["translations"]["ur"]}})
    version = {"words": {}, "checked_by": "Nobody we know", "checked_on": "2026-02-30"}
    languages = {"pl": {"offered": False, "own": version, "wordings": {}}}
    with pytest.raises(DocumentError) as refused:
        bring_in(body(question(1)), languages=languages)
    assert refused.value.faults == [
        "The organisation “Nobody we know” is not known here. Ask a coordinator to add it, or take it out of the file.",
        "“2026-02-30” is no day. Give one such as 2026-05-31.",
    ]
