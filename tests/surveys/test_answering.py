"""Answering a survey from start to confirmation, as a browser without JavaScript does it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from surveys import actions
from surveys.models import Draft, Response
from tests.factories.surveys import make_open_wave, make_questionnaire, make_survey_page, make_wording
from tests.surveys.browsing import ANSWERS, answer, text

pytestmark = pytest.mark.django_db


def test_start_page_says_why_who_how_long_and_that_it_is_no_place_to_report(client, start):
    page = text(client.get(start))

    for sentence in (
        "To learn what people think.",
        "Analysts.",
        "About 4 minutes.",
        "This is not a place to report",
        "we treat all of them as personal information",
        'href="/surveys/local-voice/start/" rel="nofollow">Start now',
    ):
        assert sentence in page


def test_survey_answered_from_start_to_confirmation(client, start, wave):
    first = text(client.get(f"{start}cnf01/"))
    assert "Question 1 of 4" in first
    assert "<legend><h1>Are the police fair?</h1></legend>" in first

    last = answer(client, start, **ANSWERS)
    assert last.url == f"{start}check/"
    check = text(client.get(last.url))
    for shown in ("Agree", "Fear of what comes after<br>Language", "2 - Well", "More lights"):
        assert shown in check

    sent = client.post(f"{start}check/")
    assert sent.url.startswith(f"{start}done/?sent=")
    assert "Your answers have been sent" in text(client.get(sent.url))
    response = Response.objects.get()
    assert response.answers == ANSWERS
    assert (response.wave, response.collector.code) == (wave, "open-link")
    assert not Draft.objects.exists()


def test_response_row_holds_no_trace_of_who_sent_it(client, start):
    sender = {"HTTP_USER_AGENT": "A very special browser", "REMOTE_ADDR": "203.0.113.9"}
    client.get(f"{start}cnf01/", **sender)
    answer(client, start, **ANSWERS)
    token = client.cookies["survey"].value
    client.post(f"{start}check/", **sender)

    row = Response.objects.values().get()
    came_by = {"wave_id", "collector_id", "instrument_id", "language", "month"}
    assert set(row) == came_by | {"id", "answers", "marks", "rewritten", "excluded"}
    assert row["month"] == timezone.localdate().replace(day=1)
    assert row["id"].version == 4
    for trace in (token, "special browser", "203.0.113.9"):
        assert trace not in str(row)


def test_order_of_answering_leaves_no_trace(start):
    # SQLite keeps the keys as they were written, PostgreSQL sorts them: neither may tell one order from another.
    for keys in (["cnf01", "opn01", "cnf06", "hc08"], ["cnf01", "cnf06", "hc08", "opn01"]):
        client = Client()
        answer(client, start, **{key: ANSWERS[key] for key in keys})
        client.post(f"{start}check/")

    one, other = (list(response.answers.items()) for response in Response.objects.all())
    assert one == other
    assert dict(one) == ANSWERS
    if connection.vendor == "sqlite":
        assert list(dict(one)) == ["cnf01", "hc08", "cnf06", "opn01"]


def test_cookie_is_one_for_the_form_alone_and_goes_when_the_answers_are_sent(client, start):
    client.cookies.clear()
    client.get(start)
    assert not client.cookies
    assert client.get(f"{start}start/").url == f"{start}cnf01/"

    cookie = client.cookies["survey"]
    token = cookie.value
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (start, True, "Lax", "")
    assert not cookie["secure"]
    answer(client, start, **ANSWERS)
    assert client.cookies["survey"].value == token
    assert Draft.objects.get().token_digest != token
    client.post(f"{start}check/")
    assert client.cookies["survey"].value == ""
    assert set(client.cookies) == {"survey"}


def test_cookie_is_secure_over_https(client, start):
    client.get(f"{start}start/", secure=True)

    assert client.cookies["survey"]["secure"] is True


def test_no_step_is_kept_by_a_cache_and_none_is_counted(client, start):
    answer(client, start, **ANSWERS)
    for address in ("cnf01/", "hc08/", "check/", "done/"):
        response = client.get(f"{start}{address}")
        assert "no-store" in response["Cache-Control"]
        assert getattr(response.wsgi_request, "counted_page", None) is None
    assert client.get(start).wsgi_request.counted_page is None


def test_back_link_leads_to_the_question_before_with_its_answer(client, start):
    assert f'class="back-link" href="{start}"' in text(client.get(f"{start}cnf01/"))
    answer(client, start, cnf01="agree")
    page = text(client.get(f"{start}hc08/"))
    assert f'class="back-link" href="{start}cnf01/"' in page
    assert re.search(r'value="agree"[^>]*checked', text(client.get(f"{start}cnf01/")))


def test_change_leads_back_to_check(client, start):
    answer(client, start, **ANSWERS)
    change = f"{start}cnf01/?from=check"
    assert f'href="{change}"' in text(client.get(f"{start}check/"))
    assert f'class="back-link" href="{start}check/"' in text(client.get(change))

    assert client.post(change, {"answer": "disagree"}).url == f"{start}check/"
    assert Draft.objects.get().answers["cnf01"] == "disagree"


def test_optional_question_can_be_left_out_and_an_answer_taken_back(client, start):
    answer(client, start, cnf01="agree", hc08=["fear"], cnf06="1", opn01="")
    answer(client, start, hc08=[])
    assert text(client.get(f"{start}check/")).count("Not answered") == 2
    client.post(f"{start}check/")

    assert Response.objects.get().answers == {"cnf01": "agree", "cnf06": "1"}


def test_optional_single_choice_offers_a_way_to_take_the_answer_back(client):
    wave = make_open_wave(questionnaire=make_questionnaire((make_wording("CNF01"), False)))
    make_survey_page(wave.survey)
    start = "/surveys/local-voice/"
    page = text(client.get(f"{start}start/", follow=True))
    assert "I do not want to answer" in page
    assert "You can leave this one out." in page
    assert "checked" not in page

    answer(client, start, cnf01="agree")
    answer(client, start, cnf01="-")
    assert re.search(r'value="-"[^>]*checked', text(client.get(f"{start}cnf01/")))
    client.post(f"{start}check/")
    assert Response.objects.get().answers == {}


def test_sending_twice_makes_one_response_and_both_see_the_confirmation(client, start):
    answer(client, start, **ANSWERS)
    token = client.cookies["survey"].value
    second_tab = Client()
    second_tab.cookies["survey"] = token

    for tab in (client, second_tab):
        assert "Your answers have been sent" in text(tab.post(f"{start}check/", follow=True))
    assert Response.objects.count() == 1


def test_two_tabs_saving_at_once_lose_neither_answer(client, start, wave):
    answer(client, start, cnf01="agree")
    read_before = Draft.objects.get()
    answer(client, start, hc08=["fear"])

    # What the second tab does when it read the draft before the first one wrote.
    actions.save_answers(
        wave=wave,
        token_digest=read_before.token_digest,
        answers={"cnf06": "2"},
        language="en",
        may_start=False,
        draft=read_before,
    )
    assert Draft.objects.get().answers == {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2"}


def test_step_is_saved_in_two_queries_and_asked_in_four(client, start, django_assert_num_queries):
    client.get(f"{start}cnf01/")  # The council's settings are made at the first look.
    answer(client, start, cnf01="agree")
    with django_assert_num_queries(2):
        client.post(f"{start}hc08/", {"answer": ["fear"]})
    with django_assert_num_queries(4):  # one of them for the notice above every page
        client.get(f"{start}hc08/")


def test_many_questions_cost_no_more_queries(client, django_assert_num_queries):
    items = [(make_wording(f"CNF{number:02d}"), True) for number in range(10, 30)]
    make_survey_page(make_open_wave(questionnaire=make_questionnaire(*items)).survey)
    start = "/surveys/local-voice/"
    answer(client, start, cnf10="agree")
    with django_assert_num_queries(2):
        client.post(f"{start}cnf11/", {"answer": "agree"})
