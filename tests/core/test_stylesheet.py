"""One stylesheet for every page: its address says the colours, and it asks for nobody and nothing."""

import gzip
import re

import pytest
from django.template import engines

from core.models import CouncilSettings
from core.templatetags.components import site_icon, stylesheet

BRAND = CouncilSettings(main_colour="#1d4f91", second_colour="#ffd500")


def draw(template: str, **context) -> str:
    return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize("council", [None, "", CouncilSettings(), BRAND], ids=["none", "empty", "own", "brand"])
def test_stylesheet_is_kept_for_good_under_the_address_that_pages_give(client, council):
    """No database is allowed in this test."""
    response = client.get(stylesheet(council))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    text = response.content.decode()
    assert ".support-callout" in text
    assert "/*" not in text
    assert ("--brand:#1d4f91;" in text) == (council is BRAND)


def test_stylesheet_of_an_older_page_is_asked_for_again(client):
    assert client.get("/look/style.css?v=older")["Cache-Control"] == "no-cache"


def test_stylesheet_is_sent_compressed_to_those_who_can_read_that(client):
    plain = client.get("/look/style.css")
    small = client.get("/look/style.css", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert small["Vary"] == plain["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("pair", ["ffffff-eeeeee", "red-blue", "1d4f91", "1D4F91-FFD500", "1d4f91-ffd500-000000"])
@pytest.mark.parametrize("name", ["style.css", "mark.svg"])
@pytest.mark.django_db
def test_colours_that_no_council_could_choose_are_not_found(client, pair, name):
    assert client.get(f"/look/{pair}/{name}").status_code == 404


def test_mark_wears_the_colours_of_the_council(client):
    response = client.get(site_icon(BRAND))
    assert response["Content-Type"] == "image/svg+xml"
    assert re.findall('(?:fill|stroke)="(#[^"]+)"', response.content.decode()) == ["#1d4f91", "#ffffff", "#ffd500"]
    assert site_icon() == site_icon(CouncilSettings()) == "/static/images/mark.svg"


def test_a_pages_head_names_both():
    html = draw("{% stylesheet council %} {% site_icon council %}", council=BRAND)
    assert re.fullmatch(r"/look/1d4f91-ffd500/style\.css\?v=\w{12} /look/1d4f91-ffd500/mark\.svg\?v=\w{12}", html)
