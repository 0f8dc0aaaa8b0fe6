"""Leaving a survey quickly: the form ends on this device, and no step shows what was typed."""

import pytest
from django.test import Client
from wagtail.models import Site

from core.languages.addresses import address_in, codes
from core.leaving import NEUTRAL_SITE
from core.models import CouncilSettings
from surveys import actions
from surveys.models import Draft
from tests.factories.surveys import make_survey_page

pytestmark = pytest.mark.django_db

STEPS = ("cnf01/", "hc08/", "cnf06/", "opn01/", "check/")
WORDS = "Lanterns in the park"


def in_every_language(path: str) -> list[str]:
    return [address_in(code, path) for code in codes()]


@pytest.fixture
def typed(client, start):
    """Type two answers into a form, one of them in words, and return its address."""
    for key, value in (("cnf01", "agree"), ("opn01", WORDS)):
        assert client.post(f"{start}{key}/", {"answer": value}).status_code == 302
    return start


def test_leaving_ends_the_form_and_leads_to_the_neutral_site(client, typed):
    response = client.get(f"{typed}exit/")

    assert (response.status_code, response.url) == (302, NEUTRAL_SITE)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Draft.objects.exists()
    cookie = response.cookies["survey"]
    assert (cookie.value, cookie["path"], cookie["max-age"]) == ("", typed, 0)


@pytest.mark.parametrize("way", ["exit/", "/exit/"])
def test_after_leaving_every_step_says_that_the_form_has_ended(client, typed, way):
    away = client.get(way if way.startswith("/") else f"{typed}{way}")
    # The test's client forgets no cookie of a path, so what the browser is told is carried out by hand.
    assert {(cookie.key, cookie["path"], int(cookie["max-age"])) for cookie in away.cookies.values()} == {
        ("survey", path, 0) for path in (in_every_language(typed) if way == "/exit/" else [typed])
    }
    client.cookies.clear()

    for step in STEPS:
        for response in (client.get(f"{typed}{step}"), client.post(f"{typed}{step}", {"answer": "agree"})):
            assert response.url == f"{typed}?ended"
            assert "no-store" in response["Cache-Control"]
    ended = client.get(f"{typed}?ended")
    assert "no-store" in ended["Cache-Control"]
    assert "This form has ended" in ended.content.decode()
    assert WORDS not in ended.content.decode()


def test_a_form_that_ended_is_not_found_by_its_old_cookie(client, typed):
    token = client.cookies["survey"].value
    client.get(f"{typed}exit/")
    other = Client()
    other.cookies["survey"] = token
    assert other.get(f"{typed}opn01/").url == f"{typed}?ended"


def test_whoever_starts_again_starts_anew(client, typed):
    client.get(f"{typed}exit/")
    client.cookies.clear()
    assert WORDS not in client.get(f"{typed}start/", follow=True).content.decode()
    client.post(f"{typed}cnf01/", {"answer": "agree"})
    assert WORDS not in client.get(f"{typed}opn01/").content.decode()


def test_starting_with_a_form_in_progress_goes_on_with_it(client, typed):
    client.get(f"{typed}start/")
    assert WORDS in client.get(f"{typed}opn01/").content.decode()


def test_leaving_a_survey_that_is_not_there_leaves_all_the_same(client):
    assert client.get("/surveys/nowhere/exit/").url == NEUTRAL_SITE


def test_leaving_goes_where_the_council_says_and_never_to_an_unfit_place(client, wave):
    council = CouncilSettings.for_site(Site.objects.get())
    for address, reached in (
        ("https://www.bbc.co.uk/weather", "https://www.bbc.co.uk/weather"),
        ("http://x.example/", NEUTRAL_SITE),
    ):
        CouncilSettings.objects.filter(pk=council.pk).update(exit_url=address)
        assert client.get("/exit/").url == reached


def test_survey_pages_are_in_no_cache_and_carry_the_control(client, start):
    for address in ("/surveys/", start, f"{start}cnf01/"):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        html = response.content.decode()
        assert "data-leave " in html
        assert 'href="/safety/"' in html


def test_a_survey_that_is_over_lets_people_leave_too(client, start, wave):
    actions.close_wave(wave=wave)
    response = client.get(f"{start}cnf01/")
    assert response.status_code == 410
    assert f'href="{start}exit/"' in response.content.decode()


def test_leaving_is_asked_for_and_never_sent(client, start):
    assert client.post(f"{start}exit/").status_code == 405
    assert client.head("/exit/").url == NEUTRAL_SITE


def test_pages_of_two_surveys_are_both_forgotten(client, start, wave):
    make_survey_page(wave.survey, slug="local-voice-again")
    away = client.get("/exit/")
    assert {cookie["path"] for cookie in away.cookies.values()} == {
        *in_every_language(start),
        *in_every_language("/surveys/local-voice-again/"),
    }
