"""Answering a survey, as a browser without JavaScript does it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from surveys import actions
from surveys.models import Draft, Response, Wave
from tests.factories.surveys import (
    make_open_wave,
    make_questionnaire,
    make_survey,
    make_survey_page,
    make_wave,
    make_wording,
)

pytestmark = pytest.mark.django_db

ANSWERS = {"cnf01": "agree", "hc08": ["fear", "language"], "cnf06": "2", "opn01": "More lights"}
NUL = chr(0)


def answer(client, start, **answers):
    if "survey" not in client.cookies:
        client.get(f"{start}start/")
    for key, value in answers.items():
        response = client.post(f"{start}{key}/", {"answer": value})
        assert response.status_code == 302, response.content.decode()
    return response


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def make_other_survey():
    questionnaire = make_questionnaire((make_wording("SAF03"), True), code="other")
    return actions.open_wave(wave=make_wave(survey=make_survey("other"), questionnaire=questionnaire))


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
    assert set(row) == {"id", "wave_id", "collector_id", "language", "month", "answers", "rewritten"}
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


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        ("cnf01", {}, "Choose an answer."),
        ("cnf01", {"answer": ""}, "Choose an answer."),
        ("cnf01", {"answer": "-"}, "Choose from the answers on this page."),
        ("cnf01", {"answer": "maybe"}, "Choose from the answers on this page."),
        ("cnf01", {"answer": f"agree{NUL}"}, "Choose from the answers on this page."),
        ("hc08", {"answer": ["fear", "dragons"]}, "Choose from the answers on this page."),
        ("hc08", {"answer": ["fear", "nothing"]}, "Choose either “Nothing would stop me” or other answers, not both."),
        ("cnf06", {"answer": "8"}, "Choose from the answers on this page."),
        ("opn01", {"answer": f"a{NUL}b"}, "Your answer holds a character that cannot be kept. Type it again."),
        ("opn01", {"answer": "x" * 2001}, "Your answer is 2,001 characters long. Shorten it to 2,000 or fewer."),
    ],
)
def test_answer_that_cannot_be_kept_is_refused_in_a_sentence(client, start, key, given, sentence):
    answer(client, start, cnf01="agree")
    response = client.post(f"{start}{key}/", given)

    page = text(response)
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert 'class="error-summary" role="alert"' in page
    target = "id_answer" if key == "opn01" else "id_answer_0"
    assert f'<a href="#{target}">{sentence}</a>' in page
    assert f'id="{target}"' in page
    assert page.count(sentence) == 2
    assert 'id="id_answer_error"' in page
    assert re.search(r'aria-describedby="[^"]*id_answer_error', page)
    assert Draft.objects.get().answers == {"cnf01": "agree"}


def test_words_that_are_too_long_stay_in_the_box(client, start):
    answer(client, start, cnf01="agree")
    typed = "It is dark. " * 200

    assert typed.strip() in client.post(f"{start}opn01/", {"answer": typed}).content.decode()


def test_choices_that_exclude_each_other_stay_ticked(client, start):
    answer(client, start, cnf01="agree")
    page = text(client.post(f"{start}hc08/", {"answer": ["fear", "nothing"]}))

    assert len(re.findall(r"<input[^>]*checked", page)) == 2


def test_choice_sent_many_times_is_kept_once(client, start):
    answer(client, start, cnf01="agree", hc08=["fear"] * 50)

    assert Draft.objects.get().answers["hc08"] == ["fear"]


def test_a_megabyte_of_words_is_refused_and_three_are_too_much(client, start):
    answer(client, start, cnf01="agree")
    assert "Shorten it to 2,000" in text(client.post(f"{start}opn01/", {"answer": "x" * 1_000_000}))
    too_much = client.post(f"{start}opn01/", "answer=" + "x" * 3_000_000, "application/x-www-form-urlencoded")

    assert too_much.status_code in {400, 413}
    assert Draft.objects.get().answers == {"cnf01": "agree"}


def test_line_break_counts_as_one_character(client, start):
    answer(client, start, cnf01="agree", opn01="\r\n".join("x" * 1000))

    assert Draft.objects.get().answers["opn01"] == "\n".join("x" * 1000)


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


def test_sending_with_a_question_left_open_names_it(client, start):
    answer(client, start, cnf01="agree")
    response = client.post(f"{start}check/")

    page = text(response)
    assert "<title>Error: Check your answers" in page
    assert '<a href="#change-cnf06">Question 3: Choose an answer.</a>' in page
    assert 'id="change-cnf06"' in page
    assert not Response.objects.exists()
    assert Draft.objects.get().answers == {"cnf01": "agree"}


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("surveys.actions.answering.draft_of", lambda **_: read_before)
        actions.save_answer(
            wave=wave,
            token_digest=read_before.token_digest,
            key="cnf06",
            answer="2",
            language="en",
            may_start=False,
        )
    assert Draft.objects.get().answers == {"cnf01": "agree", "hc08": ["fear"], "cnf06": "2"}


def test_lost_cookie_leads_to_the_start_with_a_sentence(client, start):
    answer(client, start, cnf01="agree")

    for method, address in (("get", "hc08/"), ("post", "hc08/"), ("get", "check/"), ("post", "check/")):
        client.cookies.clear()
        assert getattr(client, method)(f"{start}{address}").url == f"{start}?ended"
    assert "This form has ended" in text(client.get(f"{start}?ended"))
    assert Draft.objects.get().answers == {"cnf01": "agree"}
    assert not Response.objects.exists()


def test_steps_show_nothing_typed_after_sending(client, start):
    answer(client, start, **ANSWERS)
    token = client.cookies["survey"].value
    client.post(f"{start}check/")

    assert client.get(f"{start}opn01/").url == f"{start}?ended"
    client.cookies["survey"] = token
    assert client.get(f"{start}opn01/").url == f"{start}?ended"


def test_confirmation_is_not_shown_for_a_form_that_is_not_sent(client, start):
    answer(client, start, cnf01="agree")

    assert client.get(f"{start}done/").url == f"{start}check/"


def test_form_whose_answers_are_gone_is_told_that_it_has_ended_not_that_it_was_sent(client, start):
    answer(client, start, **ANSWERS)
    Draft.objects.all().delete()

    assert client.post(f"{start}check/").url == f"{start}?ended"


@pytest.mark.parametrize("token", ["x" * 43, "20261122-" + "x" * 34])
def test_nobody_is_thanked_for_a_form_that_was_never_filled_in(client, start, token):
    client.cookies["survey"] = token
    assert client.post(f"{start}check/").url == f"{start}?ended"

    client.cookies.clear()
    client.get(f"{start}start/")  # A token of our own, and no answer.
    assert client.post(f"{start}check/").url == f"{start}?ended"
    assert not Response.objects.exists()


@pytest.mark.parametrize("proof", ["", "?sent", "?sent=", "?sent=yes", "?sent=%C3%A9", "?sent=" + "9" * 5000])
def test_nobody_is_thanked_who_only_opens_the_confirmation(client, start, proof):
    assert client.get(f"{start}done/{proof}").url == f"{start}?ended"


def test_the_confirmation_can_be_read_again_till_the_next_day_and_for_its_own_survey_alone(client, start, time_machine):
    make_survey_page(make_other_survey().survey, slug="other")
    answer(client, start, **ANSWERS)
    sent = client.post(f"{start}check/").url
    proof = sent.partition("?")[2]

    assert "Your answers have been sent" in text(client.get(sent))
    assert client.get(f"/surveys/other/done/?{proof}").url == "/surveys/other/?ended"
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert client.get(sent).url == f"{start}?ended"


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "2" * 41, "junk" * 500])
def test_junk_in_the_cookie_is_no_form(client, start, token):
    client.cookies["survey"] = token

    for address in ("cnf01/", "hc08/", "check/"):
        assert client.get(f"{start}{address}").url == f"{start}?ended"
        assert client.post(f"{start}{address}", {"answer": "agree"}).url == f"{start}?ended"
    assert client.get(f"{start}start/", follow=True).status_code == 200


def test_question_of_another_survey_is_not_found(client, start):
    make_other_survey()
    answer(client, start, cnf01="agree")

    assert client.post(f"{start}saf03/", {"answer": "agree"}).status_code == 404
    assert client.get(f"{start}nonsense/").status_code == 404
    assert client.get("/surveys/no-such-survey/cnf01/").status_code == 404
    assert Draft.objects.get().answers == {"cnf01": "agree"}


def test_answers_of_one_survey_cannot_be_sent_to_another(client, start):
    make_survey_page(make_other_survey().survey, slug="other")
    answer(client, start, cnf01="agree")
    stolen = client.cookies["survey"].value
    client.cookies.clear()
    client.cookies["survey"] = stolen

    assert client.post("/surveys/other/saf03/", {"answer": "agree"}).url == "/surveys/other/?ended"
    assert Draft.objects.get().answers == {"cnf01": "agree"}


@pytest.mark.parametrize("address", ["cnf01/", "check/", "done/"])
def test_wrong_method_is_answered_with_a_page(client, start, address):
    response = client.delete(f"{start}{address}")

    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "<h1>" in text(response)


def test_closed_survey_refuses_answers_with_a_page(client, start, wave):
    answer(client, start, **ANSWERS)
    actions.close_wave(wave=wave)

    for response in (client.post(f"{start}cnf01/", {"answer": "agree"}), client.post(f"{start}check/")):
        assert response.status_code == 410
        assert "This survey has closed" in text(response)
    assert "It takes no more answers." in text(client.get(start))
    assert not Response.objects.exists()
    assert not Draft.objects.exists()


def test_wave_closed_while_the_answers_are_on_their_way_refuses_them(client, start, wave):
    answer(client, start, **ANSWERS)
    digest = Draft.objects.get().token_digest
    stale = Wave.objects.select_related("instrument").get(pk=wave.pk)
    actions.close_wave(wave=wave)

    with pytest.raises(actions.WaveClosedError):
        actions.submit(wave=stale, token_digest=digest)


def test_survey_past_its_last_day_takes_no_answers_though_nobody_closed_it(client, start, wave):
    today = timezone.localdate()
    Wave.objects.filter(pk=wave.pk).update(opens=today - timedelta(days=9), closes=today - timedelta(days=1))

    assert client.post(f"{start}cnf01/", {"answer": "agree"}).status_code == 410


def test_survey_that_is_not_open_yet_refuses_answers_with_a_page(client):
    wave = make_wave(opens_in=5)
    make_survey_page(wave.survey)

    response = client.post("/surveys/local-voice/cnf01/", {"answer": "agree"})
    assert response.status_code == 403
    assert "This survey is not open yet" in text(response)
    assert "not open yet" in text(client.get("/surveys/local-voice/"))


def test_unpublished_page_takes_no_answers(client, wave):
    make_survey_page(wave.survey, live=False)

    assert client.post("/surveys/local-voice/cnf01/", {"answer": "agree"}).status_code == 404


def test_post_without_its_token_is_refused_with_a_page(start):
    response = Client(enforce_csrf_checks=True).post(f"{start}cnf01/", {"answer": "agree"})

    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_step_is_saved_in_three_queries_and_asked_in_four(client, start, django_assert_num_queries):
    client.get(f"{start}cnf01/")  # The council's settings are made at the first look.
    answer(client, start, cnf01="agree")
    with django_assert_num_queries(3):
        client.post(f"{start}hc08/", {"answer": ["fear"]})
    with django_assert_num_queries(4):
        client.get(f"{start}hc08/")


def test_many_questions_cost_no_more_queries(client, django_assert_num_queries):
    items = [(make_wording(f"CNF{number:02d}"), True) for number in range(10, 30)]
    make_survey_page(make_open_wave(questionnaire=make_questionnaire(*items)).survey)
    start = "/surveys/local-voice/"
    answer(client, start, cnf10="agree")
    with django_assert_num_queries(3):
        client.post(f"{start}cnf11/", {"answer": "agree"})
