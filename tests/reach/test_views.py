"""The choice not to be counted."""

import pytest
from django.test import Client

ADDRESS = "/privacy/counting/"


@pytest.fixture
def visitor(db) -> Client:
    return Client(enforce_csrf_checks=True)


def test_the_page_offers_the_choice_and_sets_no_cookie(visitor):
    response = visitor.get(ADDRESS)

    assert response.status_code == 200
    assert 'name="count" value="no"' in response.text
    assert not response.cookies


def test_asking_not_to_be_counted_is_kept_for_a_year_without_an_identifier(visitor):
    response = visitor.post(ADDRESS, {"count": "no"})

    assert (response.status_code, response.headers["Location"]) == (302, "../#counting")
    assert list(response.cookies) == ["do_not_count"]
    cookie = response.cookies["do_not_count"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("1", 31536000, True, "Lax")
    assert "Your visits are not counted on this device" in visitor.get(ADDRESS).text


def test_the_choice_can_be_taken_back(visitor):
    visitor.post(ADDRESS, {"count": "no"})
    response = visitor.post(ADDRESS, {"count": "yes"})

    assert response.cookies["do_not_count"]["max-age"] == 0
    assert "Your visits are counted" in visitor.get(ADDRESS).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose whether your visits are counted"),
        ({"count": "maybe"}, "That is not one of the choices"),
        ({"count": "no\0"}, "That is not one of the choices"),
        ({"count": "x" * 1_000_000}, "That is not one of the choices"),
    ],
    ids=["nothing", "unknown", "nul", "long"],
)
def test_a_choice_that_is_none_is_answered_with_the_page(visitor, typed, sentence):
    response = visitor.post(ADDRESS, typed)

    assert response.status_code == 422
    assert sentence in response.text
    assert not response.cookies


def test_a_form_on_another_site_is_turned_away(visitor):
    response = visitor.post(ADDRESS, {"count": "no"}, headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert not response.cookies


def test_other_methods_are_refused(visitor):
    assert visitor.put(ADDRESS).status_code == 405
