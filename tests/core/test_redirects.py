"""Redirects typed in by hand: none leads to itself or round in a circle."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import ContentPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, make_user, campaign_index):
    """Return a function that fills in the form of a redirect, new or standing, and gives what it says is wrong."""
    client.force_login(make_user("ada", "Administrators"))

    def fill_in(address: str = "", **fields) -> dict[str, list[str]]:
        response = client.post(address or reverse("wagtailredirects:add"), {"is_permanent": "on"} | fields)
        return {} if response.status_code == 302 else dict(response.context["form"].errors)

    return fill_in


@pytest.fixture
def help_page(home) -> ContentPage:
    return home.add_child(instance=ContentPage(title="Help", slug="help", summary="One."))


ITSELF = "This leads to the very address that it starts from. Choose another place."


@pytest.mark.parametrize(
    "link",
    ["http://localhost/old", "https://localhost:8000/old/?", "http://LOCALHOST/%6Fld", "https://www.our.org/old"],
)
def test_a_redirect_to_itself_is_refused_at_its_field(send, settings, link):
    settings.ALLOWED_HOSTS = [".our.org", "testserver"]
    assert send(old_path="/old/", redirect_link=link) == {"redirect_link": [ITSELF]}
    assert not Redirect.objects.exists()


def test_a_page_does_not_lead_to_itself(send, help_page):
    assert send(old_path="/help", redirect_page=help_page.pk) == {"redirect_page": [ITSELF]}


def test_a_way_round_in_a_circle_is_refused_and_named(send):
    Redirect.objects.create(old_path="/b", redirect_link="http://localhost/c/")
    Redirect.objects.create(old_path="/c", redirect_link="http://localhost/a/")
    said = "This leads round in a circle: /a to /b to /c to /a. Choose another place."

    assert send(old_path="a/", redirect_link="http://localhost/b/") == {"redirect_link": [said]}


def test_a_redirect_is_not_bent_into_a_circle(send):
    first = Redirect.objects.create(old_path="/a", redirect_link="http://localhost/b/")
    second = Redirect.objects.create(old_path="/b", redirect_link="https://example.org/")
    address = reverse("wagtailredirects:edit", args=[second.pk])
    assert "redirect_link" in send(address, old_path="/b", redirect_link="http://localhost/a/")

    away = reverse("wagtailredirects:edit", args=[first.pk])
    assert send(away, old_path="/a", redirect_link="https://example.org/") == {}
    assert send(address, old_path="/b", redirect_link="http://localhost/a/") == {}


def test_a_redirect_that_ends_somewhere_is_kept(send, help_page):
    Redirect.objects.create(old_path="/loop", redirect_link="http://localhost/loop/")
    for number, link in enumerate(("http://localhost/help/", "https://example.org/1/", "http://localhost/loop/")):
        assert send(old_path=f"/{number}", redirect_link=link) == {}
    assert send(old_path="/older", redirect_page=help_page.pk) == {}
    assert Redirect.objects.count() == 5


@pytest.mark.parametrize("fields", [{}, {"old_path": ""}, {"old_path": "/old", "redirect_link": "http://[::1"}])
def test_a_redirect_that_is_not_filled_in_is_told_what_is_missing(send, fields):
    assert send(**fields) != {}


def test_rows_of_a_file_that_lead_round_in_a_circle_are_left_out_and_named(send, client):
    rows = "from,to\n/a,http://localhost/b/\n/b,http://localhost/a/\n/c,http://localhost/c\n/d,https://example.org/\n"
    file = SimpleUploadedFile("redirects.csv", rows.encode(), content_type="text/csv")
    seen = client.post(reverse("wagtailredirects:start_import"), {"import_file": file})
    form = seen.context["form"]
    answers = {name: form[name].value() for name in ("import_file_name", "input_format")}
    said = client.post(
        reverse("wagtailredirects:process_import"), answers | {"from_index": 0, "to_index": 1, "permanent": "on"}
    ).text
    assert "This leads round in a circle: /b to /a to /b. Choose another place." in said
    assert ITSELF in said
    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == ["/a", "/d"]
