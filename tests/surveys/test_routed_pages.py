"""Pages that are asked of some, changed answers, equality questions, the copy, and a wave closed on the way."""

import re

import pytest
from django.test import Client

from surveys import actions, runner
from surveys.models import Draft, Response, Wave
from tests.factories.surveys import make_wave
from tests.surveys.browsing import answer, text
from tests.surveys.test_gallery import START, opened

pytestmark = pytest.mark.django_db


def begin(client, name, **answers):
    opened(name)
    client.get(f"{START}start/")
    return answer(client, START, **answers) if answers else None


def test_a_question_off_the_route_is_neither_shown_nor_kept_and_leads_on(client):
    begin(client, "when-is", tny01="pear")

    for response in (client.get(f"{START}tny02/"), client.post(f"{START}tny02/", {"answer": "yes"})):
        assert response.status_code == 409
        assert "This question is not asked" in text(response)
        assert f'href="{START}tny03/">Continue' in text(response)
    assert Draft.objects.get().answers == {"tny01": "pear"}


def test_a_changed_answer_leads_to_what_it_brings_and_then_back_to_the_check(client):
    begin(client, "when-is", tny01="pear", tny03="no")
    changed = client.post(f"{START}tny01/?from=check", {"answer": "apple"})
    assert changed.url == f"{START}tny02/?from=check"
    assert client.post(changed.url, {"answer": "yes"}).url == f"{START}check/"

    assert client.post(f"{START}tny01/?from=check", {"answer": "plum"}).url == f"{START}check/"
    page = text(client.get(f"{START}check/"))
    assert "Why?" not in page
    client.post(f"{START}check/")
    assert Response.objects.get().answers == {"tny01": "plum", "tny03": "no"}


def test_a_routed_survey_promises_no_number_of_questions(client):
    begin(client, "when-is", tny01="apple")

    assert "Question 2: All of it" in text(client.get(f"{START}tny02/"))


def test_a_page_of_several_questions_has_its_section_as_heading_and_an_error_beside_each(client):
    begin(client, "section-on-one-page", tny01="yes")
    page = text(client.get(f"{START}tny02/"))
    assert '<h1 dir="auto">The park</h1>' in page
    assert page.count("<h1") == 1
    assert "<legend>Is it safe?</legend>" in page

    wrong = text(client.post(f"{START}tny02/", {"tny03": "no", "tny04": "dragons"}))
    assert '<a href="#id_tny02_0">Is it safe? Choose an answer.</a>' in wrong
    assert '<a href="#id_tny04_0">Is it near your home? Choose from the answers on this page.</a>' in wrong
    assert re.search(r'name="tny03" value="no"[^>]*checked', wrong)
    assert Draft.objects.get().answers == {"tny01": "yes"}


def test_each_question_of_a_page_is_reached_by_its_own_key(client):
    begin(client, "section-on-one-page", tny01="yes")

    assert "The park" in text(client.get(f"{START}tny03/"))


def test_words_beside_an_option_that_are_too_long_are_refused_at_their_box(client):
    begin(client, "other-please-say")
    page = text(client.post(f"{START}tny01/", {"answer": "other", "answer_other": "x" * 201}))

    assert '<a href="#id_answer_other">Your answer is 201 characters long. Shorten it to 200 or fewer.</a>' in page
    assert "x" * 201 in page
    assert "If you choose “Somewhere else, please say”, you can say more" in page


def test_what_was_written_beside_an_option_is_shown_at_the_check(client):
    begin(client, "other-please-say")
    client.post(f"{START}tny01/", {"answer": ["bus", "other"], "answer_other": "At school"})

    assert "Bus<br>Somewhere else, please say<br>At school" in text(client.get(f"{START}check/"))


@pytest.mark.parametrize("override", ["\u202e", "\u202d"])
def test_characters_that_turn_the_writing_around_are_refused_in_a_sentence(client, override):
    begin(client, "words")
    page = text(client.post(f"{START}tny01/", {"answer": f"abc{override}def"}))

    assert "Your answer holds a hidden character that turns the writing around. Type it again." in page
    assert f"abc{override}def" in page
    assert not Draft.objects.exists()


def test_the_reason_of_a_question_stands_with_it(client):
    begin(client, "prefer-not-to-say")

    page = text(client.get(f"{START}tny01/"))
    assert "Why we ask: So that the results can be weighted to everyone who lives here." in page


def test_nothing_of_somebody_for_whom_the_survey_is_not_meant_is_kept(client):
    begin(client, "ends-kindly", tny01="yes")
    gone = client.post(f"{START}tny02/", {"answer": "under-16"})

    assert gone.url == f"{START}not-for-you/"
    assert client.cookies["survey"].value == ""
    assert not Draft.objects.exists()
    page = text(client.get(gone.url))
    assert "This survey is meant for other people" in page
    assert "This is not a place to report" in page
    assert client.get("/surveys/nonsense/not-for-you/").status_code == 404


def test_equality_questions_come_after_the_check_and_behind_a_choice(client):
    answered = begin(client, "equality-questions", tny01="yes")
    assert answered.url == f"{START}check/"
    check = text(client.get(answered.url))
    assert "Send my answers" not in check
    assert "religion" not in check
    choice = client.post(f"{START}check/").url
    assert choice == f"{START}equality/"
    assert "You do not have to answer them." in text(client.get(choice))

    wrong = text(client.post(choice))
    assert "<title>Error: Do you want to answer" in wrong
    assert '<a href="#wanted-yes">Choose whether you want to answer them.</a>' in wrong
    first = client.post(choice, {"wanted": "yes"}).url
    assert f'class="back-link" href="{choice}"' in text(client.get(first))
    assert client.post(first, {"answer": "none"}).url == f"{START}equality/check/"
    assert "These are your answers to the equality questions." in text(client.get(f"{START}equality/check/"))
    changed = f"{first}?from=check"
    assert client.post(changed, {"answer": "prefer-not-to-say"}).url == f"{START}equality/check/"
    client.post(f"{START}equality/check/")
    assert Response.objects.get().answers == {"tny01": "yes", "tny02": "prefer-not-to-say"}


def test_an_unfinished_main_part_is_named_before_the_equality_questions(client):
    opened("equality-questions")
    client.get(f"{START}start/")
    answer(client, START, tny01="yes")
    Draft.objects.update(answers={})

    for address in ("check/", "equality/check/"):
        assert "Question 1: Choose an answer." in text(client.post(f"{START}{address}"))
    assert "Question 1: Choose an answer." in text(client.post(f"{START}equality/", {"wanted": "no"}))
    assert not Response.objects.exists()


def test_a_survey_without_equality_questions_has_no_such_pages(client):
    begin(client, "single-choice", tny01="yes")

    assert client.get(f"{START}equality/").status_code == 404
    assert client.post(f"{START}equality/check/").status_code == 404
    assert not Response.objects.exists()


def test_the_copy_is_shown_once_and_leaves_nothing_behind(client):
    begin(client, "other-please-say", tny01="bus", tny02="none")
    sent = client.post(f"{START}check/", {"copy": "on"})

    page = text(sent)
    assert sent.status_code == 200
    assert "no-store" in sent["Cache-Control"]
    assert "Your answers have been sent" in page
    for shown in ("Your copy", "Where did you see it?", "Bus", "Which faith?", "None"):
        assert shown in page
    assert client.cookies["survey"].value == ""
    assert Response.objects.count() == 1
    assert "Your copy" not in text(client.get(f"{START}done/", follow=True))


def test_sending_again_with_a_copy_is_thanked_without_one(client):
    begin(client, "single-choice", tny01="yes")
    token = client.cookies["survey"].value
    client.post(f"{START}check/", {"copy": "on"})
    client.cookies["survey"] = token
    again = text(client.post(f"{START}check/", {"copy": "on"}, follow=True))

    assert "Your answers have been sent" in again
    assert "Your copy" not in again
    assert Response.objects.count() == 1


def test_words_typed_while_the_wave_was_closed_can_be_taken_along(client):
    begin(client, "words")
    actions.close_wave(wave=Wave.objects.get())
    refused = client.post(f"{START}tny01/", {"answer": "More <b>lights</b>.\nSoon."})

    page = text(refused)
    assert refused.status_code == 410
    assert "This survey has closed" in page
    assert "What you have just written" in page
    assert "More &lt;b&gt;lights&lt;/b&gt;.<br>Soon." in page
    assert "What you have just written" not in text(client.get(f"{START}tny01/"))
    assert not Draft.objects.exists()


def test_who_answers_while_the_wave_closes_is_not_told_of_the_next_one_that_is_planned(client):
    begin(client, "words")
    wave = Wave.objects.get()
    actions.close_wave(wave=wave)
    make_wave(survey=wave.survey, number=2, opens_in=30)
    refused = client.post(f"{START}tny01/", {"answer": "More lights."})

    assert refused.status_code == 410
    assert "This survey has closed" in text(refused)
    assert "More lights." in text(refused)
    assert "This survey has closed" in text(client.get(f"{START}tny01/"))
    # Whoever comes anew is told when they can answer.
    assert "It is planned for" in text(Client().get(f"{START}tny01/"))


def test_who_answers_while_the_wave_closes_keeps_the_words_even_where_the_next_one_is_open(client):
    begin(client, "other-please-say", tny01="bus")
    wave = Wave.objects.get()
    actions.close_wave(wave=wave)
    actions.open_wave(wave=make_wave(survey=wave.survey, questionnaire=wave.questionnaire, number=2))
    refused = client.post(f"{START}tny02/", {"answer": "other", runner.other_key("answer"): "By the canal."})

    assert refused.status_code == 410
    assert "This survey has closed" in text(refused)
    assert "By the canal." in text(refused)
    # What is asked for, and not sent, still says nothing of what was typed.
    assert client.get(f"{START}tny02/").url.endswith("?ended")
