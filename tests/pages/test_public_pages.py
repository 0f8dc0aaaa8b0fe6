"""What holds for every public page: cookies, headers, no other hosts, one heading."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_tree")]

PUBLIC = [
    "/", "/campaigns/", "/schools/", "/events/", "/surveys/", "/support/", "/search/?q=hate", "/privacy/",
    "/accessibility/", "/nowhere/",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_reading_sets_no_cookie(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("address", PUBLIC)
def test_page_allows_only_its_own_site(client, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    html = response.content.decode()
    assert not re.search(r"<style|<script(?![^>]* src=|[^>]* type=.application/ld.json.)|\son\w+=|\sstyle=", html)
    assert not re.search(r'<(?:link|script|img|iframe)[^>]+(?:src|href)="(?:https?:)?//(?!testserver)', html)


@pytest.mark.parametrize("address", PUBLIC)
def test_page_has_one_heading_a_language_and_a_way_past_the_menu(client, address):
    html = client.get(address).content.decode()
    assert html.count("<h1>") == 1
    assert '<html lang="en" dir="ltr">' in html
    assert '<a class="skip-link" href="#main">' in html
    assert '<main id="main" tabindex="-1">' in html
    assert re.search(r"<title>\S.* - Groundswell</title>", html)


def test_navigation_marks_where_one_is(client):
    assert '<a href="/support/" aria-current="page">Get help</a>' in client.get("/support/").content.decode()


def test_page_names_its_one_address(client):
    html = client.get("/support/?utm_source=x").content.decode()
    assert '<link rel="canonical" href="http://testserver/support/">' in html
