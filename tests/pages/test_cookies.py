"""Reading sets no cookie, whatever the page; a form's cookies end with the browser's session."""

import pytest
from wagtail.models import Page, get_page_models

from home.models import ContentPage
from home.setup import lay_tree
from surveys.views import thanks
from tests.factories import indicators
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event_page
from tests.factories.schools import make_file, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey_page

OTHERS = [
    "/indicators/", "/indicators/B5/", "/api/v1/indicators", "/api/v1/docs", "/api/v1/openapi.json", "/support/",
    "/search/", "/search/?q=hate", "/privacy/", "/accessibility/", "/events/calendar.ics", thanks("local-voice"),
    "/robots.txt", "/sitemap.xml", "/healthz", "/admin/login/", "/nowhere/",
]  # fmt: skip


@pytest.fixture
def site(db) -> None:
    """Lay a site with a page of every kind, each with something to show."""
    home = lay_tree()
    home.add_child(instance=ContentPage(title="What it is", slug="what-it-is", summary="In plain words."))
    make_live_page()
    make_event_page()
    make_file(make_pack_page().pack)
    make_survey_page(make_open_wave().survey)
    indicators.measurement(indicators.indicator())


def test_reading_any_page_sets_no_cookie(site, client):
    pages = Page.objects.live().filter(depth__gt=1).specific()
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}

    set_by = {}
    for address in [*(page.url for page in pages), *OTHERS]:
        response = client.get(address)
        if response.cookies or "Set-Cookie" in response.headers:
            set_by[address] = sorted(response.cookies)

    assert set_by == {"/admin/login/": ["csrftoken"]}


def test_cookies_of_a_form_end_with_the_browsers_session(site, client):
    client.get("/surveys/local-voice/cnf01/")

    assert {name: (cookie["max-age"], cookie["expires"]) for name, cookie in client.cookies.items()} == {
        "survey": ("", ""),
        "csrftoken": ("", ""),
    }
