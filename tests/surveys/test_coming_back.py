"""Saving for later and coming back with a code, on any device."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.codes import in_threes, new_code
from core.limits import Limit
from core.privacy import purge_all
from surveys import actions
from surveys.models import ComeBackCode, Draft, Response, Wave
from surveys.views import guessing
from tests.factories.surveys import make_draft, make_survey_page
from tests.surveys.browsing import ANSWERS, answer, make_other_survey, text
from tests.surveys.test_gallery import START, opened

pytestmark = pytest.mark.django_db

UNKNOWN = "No answers wait under this code: they were sent or deleted, or the code is for another survey."


def code_on(response):
    assert response.status_code == 200
    return re.search(r'<p class="code"><bdi dir="ltr">([\d ]{15})</bdi>', text(response))[1]


def save(client, address, **typed):
    return code_on(client.post(address, {"later": "", **typed}))


def come_back(client, start, code, **more):
    return client.post(f"{start}come-back/", {"code": code, **more})


def test_what_stands_on_the_page_is_saved_and_the_form_goes_on_elsewhere_at_the_next_one(client, start):
    answer(client, start, cnf01="agree")
    code = save(client, f"{start}hc08/", answer=["fear"])
    assert Draft.objects.get().answers == {"cnf01": "agree", "hc08": ["fear"]}

    other = Client()
    assert come_back(other, start, code).url == f"{start}cnf06/"
    answer(other, start, cnf06="2", opn01="")
    other.post(f"{start}check/")
    assert Response.objects.get().answers == {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2"}
    assert not ComeBackCode.objects.exists()


def test_a_device_whose_form_goes_on_elsewhere_is_told_so_on_each_page_and_another_device_is_not(client, start):
    answer(client, start, cnf01="agree")
    come_back(Client(), start, save(client, f"{start}hc08/", answer=["fear"]))

    for left_open in ("hc08/", "check/", "later/"):
        assert client.get(f"{start}{left_open}").url == f"{start}?ended=elsewhere"
    page = text(client.get(f"{start}?ended=elsewhere"))
    assert "called up on another device or in another browser" in page
    assert "the browser did not keep the cookie" not in page
    other = Client()
    other.cookies["survey"] = "x" * 43
    assert other.get(f"{start}hc08/").url == f"{start}?ended"


def test_a_page_that_was_not_answered_is_asked_again_even_the_first(client, start):
    code = save(client, f"{start}cnf01/")

    assert come_back(Client(), start, code).url == f"{start}cnf01/"
    assert Draft.objects.get().answers == {}


def test_words_that_are_taken_out_before_going_stay_out(client, start):
    answer(client, start, **ANSWERS)
    save(client, f"{start}opn01/", answer="")

    assert Draft.objects.get().answers["opn01"] == ""


def test_what_is_wrong_on_the_page_is_said_and_nothing_typed_is_lost(client, start):
    answer(client, start, cnf01="agree")
    page = text(client.post(f"{start}opn01/", {"later": "", "answer": "x" * 2001}))

    assert "Shorten it to 2,000 or fewer." in page
    assert "x" * 2001 in page
    assert not ComeBackCode.objects.exists()


def test_from_the_check_one_comes_back_to_the_check(client, start):
    answer(client, start, **ANSWERS)
    assert f'action="{start}later/"' in text(client.get(f"{start}check/"))
    code = save(client, f"{start}later/")

    other = Client()
    assert come_back(other, start, code).url == f"{start}check/"
    assert "More lights" in text(other.get(f"{start}check/"))


def test_equality_questions_are_come_back_to(client):
    opened("equality-questions")
    client.get(f"{START}start/")
    last = answer(client, START, tny01="yes")
    while "check" not in last.url:
        last = client.post(last.url, {"answer": "yes"})
    client.post(f"{START}check/")
    first = client.post(f"{START}equality/", {"wanted": "yes"}).url
    code = save(client, f"{START}later/")
    assert come_back(Client(), START, code).url == f"{START}check/"

    other = Client()
    come_back(other, START, code)
    second = other.post(first, {"answer": ""})
    assert second.status_code == 302
    third = Client()
    assert come_back(third, START, code).url == second.url


def test_a_code_is_shown_once_stored_as_a_digest_and_each_goes_on_holding(client, start):
    answer(client, start, cnf01="agree")
    first = save(client, f"{start}later/")
    second = save(client, f"{start}later/")
    assert first != second
    assert client.get(f"{start}later/").url == f"{start}hc08/"
    for code in (first, second):
        assert code.replace(" ", "") not in str([*Draft.objects.values(), *ComeBackCode.objects.values()])
        assert come_back(Client(), start, code).url == f"{start}hc08/"


def test_closing_the_form_on_this_device_leaves_it_under_its_code(client, start):
    answer(client, start, cnf01="agree")
    code = save(client, f"{start}later/")
    closed = client.post(f"{start}close/")

    assert closed.url == f"{start}?waits"
    assert "The form is closed on this device" in text(client.get(closed.url))
    assert client.cookies["survey"].value == ""
    assert Draft.objects.get().token_digest is None
    assert come_back(Client(), start, code).url == f"{start}hc08/"


@pytest.mark.parametrize("way", ["exit/", "close/"])
def test_leaving_without_a_code_leaves_nothing_and_with_one_leaves_it_under_the_code(client, start, way):
    answer(client, start, cnf01="agree")
    client.generic("GET" if way == "exit/" else "POST", f"{start}{way}")
    assert not Draft.objects.exists()

    client.cookies.clear()
    answer(client, start, cnf01="agree")
    token = client.cookies["survey"].value
    code = save(client, f"{start}later/")
    client.generic("GET" if way == "exit/" else "POST", f"{start}{way}")
    client.cookies["survey"] = token
    assert client.get(f"{start}hc08/").url == f"{start}?ended"
    assert come_back(Client(), start, code).url == f"{start}hc08/"


def test_somebody_for_whom_the_survey_is_not_meant_leaves_nothing_even_under_a_code(client):
    opened("ends-kindly")
    client.get(f"{START}start/")
    answer(client, START, tny01="yes")
    save(client, f"{START}later/")

    assert client.post(f"{START}tny02/", {"answer": "under-16", "later": ""}).url == f"{START}not-for-you/"
    assert not Draft.objects.exists()
    assert not ComeBackCode.objects.exists()


def test_two_tabs_and_a_double_press_lose_and_double_nothing(client, start):
    answer(client, start, cnf01="agree")
    tab = Client()
    tab.cookies["survey"] = client.cookies["survey"].value
    save(client, f"{start}hc08/", answer=["fear"])
    code = save(tab, f"{start}cnf06/", answer="2")

    assert Draft.objects.get().answers == {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2"}
    answer(tab, start, opn01="")
    for press in (client, tab):
        assert press.post(f"{start}check/").url.startswith(f"{start}done/")
    assert Response.objects.count() == 1
    assert UNKNOWN in text(come_back(Client(), start, code))


def test_the_language_is_that_of_the_page_last_saved(client, start):
    answer(client, start, cnf01="agree")
    Draft.objects.update(language="ur")
    answer(client, start, hc08=["fear"])

    assert Draft.objects.get().language == "en"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your code."),
        ("12 34", "A code has 12 digits; this has 4. Look at it again."),
        ("x", "A code has 12 digits; this has 0. Look at it again."),
        ("1" * 101, "A code has 12 digits; this has 101. Look at it again."),
        ("123 456 789 013", "A digit in this code is wrong, or two stand the wrong way round. Look at it again."),
    ],
)
def test_a_code_that_cannot_be_one_is_told_beside_its_box_with_what_was_typed(client, start, typed, said):
    page = text(come_back(client, start, typed))

    assert said in page
    assert f'value="{typed}"' in page or not typed


def test_unknown_expired_and_other_surveys_codes_are_told_by_one_sentence(client, start, wave):
    other = make_other_survey()
    make_survey_page(other.survey, slug="other")
    make_draft(other)
    elsewhere = actions.give_code(token_digest=Draft.objects.get().token_digest)
    make_draft(wave, number=2, day=timezone.localdate() - timedelta(days=31))
    expired = actions.give_code(token_digest=Draft.objects.get(wave=wave).token_digest)
    purge_all(timezone.now())

    for code in (in_threes(new_code()), expired, elsewhere):
        assert UNKNOWN in text(come_back(client, start, code))
    assert come_back(client, "/surveys/other/", elsewhere).status_code == 302


def test_a_draft_is_kept_thirty_days_under_a_code_and_till_the_second_night_without(wave):
    today = timezone.localdate()
    for number, (days, has_code) in enumerate([(1, False), (2, False), (2, True), (30, True), (31, True)]):
        draft = make_draft(wave, number=number, day=today - timedelta(days=days))
        if has_code:
            actions.give_code(token_digest=draft.token_digest)

    night = timezone.localtime().replace(hour=3)  # when beat runs it; after eight in the evening a day more is over
    assert purge_all(night)[Draft] == 2
    assert sorted((today - day).days for day in Draft.objects.values_list("day", flat=True)) == [1, 2, 30]


def test_coming_back_to_a_survey_that_has_closed_says_so(client, start, wave):
    answer(client, start, cnf01="agree")
    code = save(client, f"{start}later/")
    Wave.objects.update(opens=timezone.localdate() - timedelta(days=9), closes=timezone.localdate() - timedelta(days=1))

    for answered in (come_back(Client(), start, code), client.get(f"{start}come-back/")):
        assert answered.status_code == 410
        assert "This survey has closed" in text(answered)
    typed = client.post(f"{start}opn01/", {"answer": "Lanterns", "later": ""})
    assert typed.status_code == 410
    assert "Lanterns" in text(typed)


def test_codes_guessed_are_slowed_and_then_refused_with_what_was_typed(client, start, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for _ in range(5):
        assert UNKNOWN in text(come_back(client, start, new_code()))

    typed = in_threes(new_code())
    slowed = come_back(client, start, typed)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "30")
    page = text(slowed)
    assert "Wait half a minute, then press the button again." in page
    assert f'value="{typed}"' in page
    turn = re.search(r'name="turn" value="([^"]+)"', page)[1]
    assert come_back(client, start, typed, turn=turn).status_code == 429
    time_machine.shift(timedelta(seconds=30))
    assert UNKNOWN in text(come_back(client, start, typed, turn=turn))

    for _ in range(14):
        come_back(client, start, new_code(), turn=turn)
    refused = come_back(client, start, typed, turn=turn)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Try again in an hour." in text(refused)
    assert f'value="{typed}"' in text(refused)
    answer(client, start, cnf01="agree")
    right = save(client, f"{start}later/")
    assert come_back(client, start, right).status_code == 429
    assert come_back(Client(REMOTE_ADDR="203.0.113.9"), start, right).status_code == 302


def test_guessing_from_many_addresses_slows_everybody_and_refuses_nobody(client, start, time_machine, monkeypatch):
    monkeypatch.setattr(guessing, "ALL_SLOWED_AFTER", Limit("wrong-codes-of-all", most=3, minutes=10))
    time_machine.move_to(timezone.now(), tick=False)
    for number in range(3):
        assert come_back(Client(REMOTE_ADDR=f"10.0.0.{number}"), start, new_code()).status_code == 200
    answer(client, start, cnf01="agree")
    code = save(client, f"{start}later/")

    slowed = come_back(client, start, code)
    assert slowed.status_code == 429
    turn = re.search(r'name="turn" value="([^"]+)"', text(slowed))[1]
    time_machine.shift(timedelta(seconds=31))
    assert come_back(client, start, code, turn=turn).status_code == 302


@pytest.mark.parametrize("turn", ["", "junk", "a b c:d", "\u06f1"])
def test_a_turn_that_was_made_by_hand_is_none(client, start, turn):
    for _ in range(5):
        come_back(client, start, new_code())
    assert come_back(client, start, new_code(), turn=turn).status_code == 429


def test_a_slip_is_no_guess(client, start):
    for _ in range(9):
        come_back(client, start, "123 456 789 013")

    assert UNKNOWN in text(come_back(client, start, new_code()))


def test_without_a_form_there_is_nothing_to_save_and_only_a_press_saves(client, start):
    client.cookies.clear()
    for address in ("later/", "cnf01/"):
        assert client.post(f"{start}{address}", {"later": ""}).url == f"{start}?ended"
    assert client.get(f"{start}close/").url == start


def test_the_start_page_leads_to_coming_back_and_that_page_tells_of_a_form_on_this_device(client, start):
    assert f'href="{start}come-back/"' in text(client.get(start))
    assert "A form is in progress on this device." not in text(client.get(f"{start}come-back/"))
    answer(client, start, cnf01="agree")
    assert "A form is in progress on this device." in text(client.get(f"{start}come-back/"))
