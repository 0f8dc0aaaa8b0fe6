"""A first visit is light: what a page of every kind makes a browser fetch, compressed as it is sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from wagtail.models import Page, Site

from core.models import CouncilSettings

OTHERS = [
    "/indicators/", "/indicators/B5/", "/support/", "/search/?q=hate", "/privacy/", "/privacy/counting/",
    "/accessibility/", "/updates/", "/surveys/local-voice/start/", "/nowhere/",
]  # fmt: skip
LARGEST_VISIT = 30_000  # bytes
MOST_REQUESTS = 6
FETCHED = re.compile(
    r'<link[^>]* rel="(?:stylesheet|icon|preload|modulepreload)"[^>]* href="([^"]+)"'
    r'|<(?:script|img)[^>]* src="([^"]+)"'
)


@pytest.fixture
def weigh(client):
    """Return a function that gives what a first visit to an address weighs (bytes) and asks for (requests)."""

    def fetch(address: str) -> bytes:
        if address.startswith(settings.STATIC_URL):
            return Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_bytes()
        return client.get(address).content

    def first_visit(address: str) -> tuple[int, int]:
        html = client.get(address, follow=True).content
        named = {one or other for one, other in FETCHED.findall(html.decode())}
        files = {name for name in named if not name.startswith("data:")}
        words = [fetch(name) for name in files if not name.startswith(settings.MEDIA_URL)]
        return sum(len(gzip.compress(data, 6)) for data in (html, *words)), 1 + len(files)

    return first_visit


def test_first_visit_to_a_page_of_every_kind_is_light(laid_pages, db, weigh):
    addresses = [*(page.url for page in Page.objects.live().filter(depth__gt=1).specific()), *OTHERS]
    visits = {address: weigh(address) for address in addresses}
    assert {address for address, (bytes_, requests) in visits.items() if requests < 2} == set()
    assert {address: visit for address, visit in visits.items() if visit[0] > LARGEST_VISIT} == {}
    assert {address: visit for address, visit in visits.items() if visit[1] > MOST_REQUESTS} == {}


def test_a_brand_asks_for_one_picture_more(laid_pages, db, weigh):
    _, own = weigh("/")
    brand = {"main_colour": "#1d4f91", "second_colour": "#ffd500", "logo": "images/brand/a.svg", "logo_width": 48}
    CouncilSettings.objects.update_or_create(site=Site.objects.get(), defaults=brand)
    weight, requests = weigh("/")
    assert requests == own + 1 <= MOST_REQUESTS
    assert weight <= LARGEST_VISIT


def test_no_page_in_a_latin_script_fetches_a_font(laid_pages, db, client):
    for address in ("/", "/look/style.css"):
        assert "font-face" not in client.get(address).content.decode()
        assert ".woff" not in client.get(address).content.decode()
