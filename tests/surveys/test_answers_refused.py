"""What is sent to an open survey and cannot be kept: each is answered in a sentence, and nothing typed is lost."""

import re

import pytest
from django.test import Client

from surveys.models import Draft, Response
from tests.factories.surveys import make_survey_page
from tests.surveys.browsing import answer, make_other_survey, text

NUL = chr(0)

pytestmark = pytest.mark.django_db


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


def test_sending_with_a_question_left_open_names_it(client, start):
    answer(client, start, cnf01="agree")
    response = client.post(f"{start}check/")

    page = text(response)
    assert "<title>Error: Check your answers" in page
    assert '<a href="#change-cnf06">Question 3: Choose an answer.</a>' in page
    assert 'id="change-cnf06"' in page
    assert not Response.objects.exists()
    assert Draft.objects.get().answers == {"cnf01": "agree"}


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


def test_post_without_its_token_is_refused_with_a_page(start):
    response = Client(enforce_csrf_checks=True).post(f"{start}cnf01/", {"answer": "agree"})

    assert response.status_code == 403
    assert not Draft.objects.exists()
