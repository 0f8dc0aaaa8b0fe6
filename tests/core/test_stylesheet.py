"""One stylesheet for every page: its address says the colours, and it asks for nobody and nothing."""

import gzip
import re
from urllib.parse import unquote

import pytest
from django.template import engines

from core.models import CouncilSettings
from core.templatetags.components import stylesheet

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


@pytest.mark.parametrize(
    "named", ["ffffff-eeeeee", "red-blue", "1d4f91", "1D4F91-FFD500", "1d4f91-ffd500-000000", "pl", "ur/1d4f91-ffd500"]
)
@pytest.mark.django_db
def test_a_sheet_that_no_page_names_is_not_found(client, named):
    assert client.get(f"/look/{named}/style.css").status_code == 404


@pytest.mark.parametrize("council", [None, BRAND], ids=["own", "brand"])
def test_mark_comes_with_the_page_in_the_colours_of_the_council(council):
    html = draw('<link href="{% site_icon council %}">', council=council)
    [address] = re.findall('<link href="data:image/svg\\+xml,([^"]+)">', html)
    worn = re.findall('(?:fill|stroke)="(#[^"]+)"', unquote(address))
    assert worn == (["#1d4f91", "#ffffff", "#ffd500"] if council else ["#55244f", "#fff", "#ffb27d"])


def test_a_pages_head_names_the_colours_and_the_script():
    html = draw('{% stylesheet council "ur" %} {% stylesheet council "pl" %}', council=BRAND)
    assert re.fullmatch(r"/look/1d4f91-ffd500/ur/style\.css\?v=\w{12} /look/1d4f91-ffd500/style\.css\?v=\w{12}", html)
