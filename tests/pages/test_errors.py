"""Whatever goes wrong, the answer is a page that a person can use."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied, server_error

from core.health.checks import Ill, open_to_visitors
from core.middleware import ExplainWrongMethod

on_a_site = pytest.mark.usefixtures("laid_tree", "db")


def heading(html: str) -> str:
    return html.partition("<h1>")[2].partition("</h1>")[0]


@on_a_site
def test_unknown_address_is_a_page_that_leads_on(client):
    response = client.get("/nowhere/to/be/seen/")
    assert response.status_code == 404
    assert heading(response.content.decode()) == "Page not found"
    assert '<a href="/search/">search this site</a>' in response.content.decode()


@on_a_site
def test_forbidden_is_a_page():
    response = permission_denied(RequestFactory().get("/"), PermissionDenied())
    assert response.status_code == 403
    assert heading(response.content.decode()) == "You cannot open this page"


@on_a_site
def test_a_form_without_its_token_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/support/", {"a": "b"})
    assert response.status_code == 403
    assert heading(response.content.decode()) == "This form has expired"


@on_a_site
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/support/", "/search/", "/privacy/", "/accessibility/", "/robots.txt"])
def test_wrong_method_is_explained_and_says_which_work(client, method, address):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert heading(response.content.decode()) == "This page does not work that way"


def test_an_answer_with_words_of_its_own_keeps_them(rf):
    given = HttpResponseNotAllowed(["GET"], b"words")
    assert ExplainWrongMethod(lambda _: given)(rf.post("/api/v1/indicators")).content == b"words"


@on_a_site
def test_too_large_a_post_is_refused_with_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(reverse("reach:choice"), {"answer": "a" * 2000})
    assert response.status_code == 413
    assert heading(response.content.decode()) == "That was too much to send"


@on_a_site
def test_too_many_fields_are_refused_with_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    body = "&".join(f"a{number}=1" for number in range(20))
    sent = client.post(reverse("reach:choice"), body, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 400
    assert heading(sent.content.decode()) == "We could not understand that"


@on_a_site
def test_a_host_that_is_not_ours_is_refused_with_a_page(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert heading(response.content.decode()) == "We could not understand that"


@pytest.mark.parametrize("address", ["/a%00b/", "/?a=%00", "/support/?q=%00"])
@on_a_site
def test_nul_in_an_address_is_refused_with_a_page_and_its_headers(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert heading(response.content.decode()) == "We could not understand that"
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_a_fault_of_ours_needs_no_database_and_no_context():
    """No database is allowed in this test."""
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert heading(response.content.decode()) == "Sorry, something went wrong"


@pytest.mark.parametrize("error", [RequestDataTooBig()])
def test_the_pages_for_refusals_need_no_database(error):
    from core.views import bad_request

    assert bad_request(RequestFactory().get("/"), error).status_code == 413
    assert "Groundswell" in render_to_string("400.html")


@pytest.fixture
def closed(settings, tmp_path):
    """Close the site."""
    settings.VAR_DIR = tmp_path
    (tmp_path / "maintenance").touch()


def test_a_closed_site_says_so_everywhere_and_needs_no_database(closed, client):
    """No database is allowed in this test."""
    for address in ("/", "/surveys/local-voice/", "/admin/", "/nowhere/"):
        for response in (client.get(address), client.post(address, {"a": "b"})):
            assert response.status_code == 503
            assert heading(response.content.decode()) == "Sorry, this site is closed for maintenance"
            assert (response["Retry-After"], response["Cache-Control"]) == ("300", "no-store")
            assert not response.cookies
    assert "default-src 'self'" in client.get("/")["Content-Security-Policy"]
    assert client.get("/api/v1/indicators").json()["status"] == 503


def test_a_closed_site_still_lives_and_has_its_look(closed, client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/look/style.css").status_code == 200


def test_doctor_says_that_the_site_is_closed(closed, settings):
    with pytest.raises(Ill, match=f"closed for maintenance. Delete {settings.VAR_DIR}/maintenance"):
        open_to_visitors()
    (settings.VAR_DIR / "maintenance").unlink()
    assert open_to_visitors() == "to visitors"
