"""Reading sets no cookie, whatever the page; a form's cookies end with the browser's session."""

from wagtail.models import Page, get_page_models

from surveys.views import thanks

OTHERS = [
    "/indicators/", "/indicators/B5/", "/api/v1/indicators", "/api/v1/docs", "/api/v1/openapi.json", "/support/",
    "/search/", "/search/?q=hate", "/safety/", "/privacy/", "/updates/", "/updates/preferences/",
    "/accessibility/", "/events/calendar.ics", thanks("local-voice"),
    "/robots.txt", "/sitemap.xml", "/healthz", "/admin/login/", "/nowhere/",
]  # fmt: skip


def test_reading_any_page_sets_no_cookie(laid_pages, db, client):
    pages = Page.objects.live().filter(depth__gt=1).specific()
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}

    set_by = {}
    for address in [*(page.url for page in pages), *OTHERS]:
        response = client.get(address)
        if response.cookies or "Set-Cookie" in response.headers:
            set_by[address] = sorted(response.cookies)

    assert set_by == {"/admin/login/": ["csrftoken"]}


def test_cookies_of_a_form_end_with_the_browsers_session(laid_pages, db, client):
    client.get("/surveys/local-voice/start/", follow=True)

    assert {name: (cookie["max-age"], cookie["expires"]) for name, cookie in client.cookies.items()} == {
        "survey": ("", ""),
        "csrftoken": ("", ""),
    }
