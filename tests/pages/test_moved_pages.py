"""A page that moves or gets another address is found at the old one, whatever happened in between."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import ContentPage
from tests.factories.events import make_event, make_event_page, make_occurrence
from tests.factories.schools import make_file, make_pack, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey_page


@pytest.fixture
def page(home) -> ContentPage:
    """Return a page at /first/ with a page below it."""
    page = home.add_child(instance=ContentPage(title="First", slug="first", summary="One."))
    page.add_child(instance=ContentPage(title="Below", slug="below", summary="Two."))
    return page


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Return a function that publishes a page under another slug."""

    def rename(page: Page, slug: str) -> None:
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


def led_to(client, address: str) -> str | int:
    """Return where ``address`` leads, or the status where it leads nowhere."""
    response = client.get(address)
    return response["Location"] if response.status_code == 301 else response.status_code


def test_a_renamed_page_and_all_below_it_are_found_at_their_old_addresses(page, client, rename):
    rename(page, "second")

    assert led_to(client, "/first/") == "/second/"
    assert led_to(client, "/first/?utm_source=poster") == "/second/"
    assert led_to(client, "/first/below/") == "/second/below/"
    assert led_to(client, "/second/below/") == 200


def test_a_moved_page_and_all_below_it_are_found_at_their_old_addresses(page, home, client):
    home.refresh_from_db()
    other = home.add_child(instance=ContentPage(title="Other", slug="other", summary="Three."))
    Page.objects.get(pk=page.pk).move(other, pos="last-child")

    assert led_to(client, "/first/") == "/other/first/"
    assert led_to(client, "/first/below/") == "/other/first/below/"


def test_a_page_renamed_twice_is_one_step_away_from_each_old_address(page, client, rename):
    rename(page, "second")
    rename(page, "third")

    assert [led_to(client, address) for address in ("/first/", "/second/", "/third/")] == ["/third/", "/third/", 200]


def test_a_page_that_has_its_old_address_back_goes_round_in_no_circle(page, client, rename):
    rename(page, "second")
    assert client.get("/first/")["Cache-Control"] == "no-cache"
    rename(page, "first")
    assert [led_to(client, address) for address in ("/first/", "/second/")] == [200, "/first/"]

    Page.objects.get(pk=page.pk).specific.unpublish()
    rename_back = Redirect.objects.filter(old_path="/first")
    assert rename_back.exists()
    assert led_to(client, "/first/") == 404


def test_another_page_may_take_the_old_address(page, home, client, rename):
    rename(page, "second")
    home.refresh_from_db()
    home.add_child(instance=ContentPage(title="New", slug="first", summary="Four."))

    assert "New" in client.get("/first/").content.decode()


def test_two_pages_that_exchanged_addresses_go_round_in_no_circle_once_both_are_down(page, home, client, rename):
    home.refresh_from_db()
    other = home.add_child(instance=ContentPage(title="Other", slug="second", summary="Three."))
    rename(other, "between")
    rename(page, "second")
    rename(other, "first")
    assert [led_to(client, address) for address in ("/first/", "/second/", "/between/")] == [200, 200, "/first/"]

    for taken_down in (page, other):
        Page.objects.get(pk=taken_down.pk).specific.unpublish()
    assert [led_to(client, address) for address in ("/first/", "/second/", "/between/")] == [404, 404, 404]


def test_a_file_of_a_renamed_pack_is_found_at_its_old_address(home, client, rename):
    page = make_pack_page(make_pack(), slug="upstander")
    file = make_file(page.pack)
    old = reverse("schools:download", args=["upstander", file.uuid])
    rename(page, "being-an-upstander")

    assert led_to(client, old) == reverse("schools:download", args=["being-an-upstander", file.uuid])
    page = Page.objects.get(pk=page.pk)
    page.unpublish()
    assert led_to(client, old.replace("upstander", "being-an-upstander")) == 404


def test_a_date_of_a_renamed_event_is_found_at_its_old_address(home, client, rename):
    page = make_event_page(make_event(), slug="fair")
    occurrence = make_occurrence(page.event)
    old = reverse("events:occurrence", args=["fair", occurrence.uuid])
    rename(page, "summer-fair")
    rename(page, "town-fair")

    for slug in ("fair", "summer-fair"):
        answer = client.get(reverse("events:occurrence", args=[slug, occurrence.uuid]))
        assert (answer.status_code, answer["Location"]) == (
            301,
            reverse("events:occurrence", args=["town-fair", occurrence.uuid]),
        )
        assert answer["Cache-Control"] == "no-cache"
    assert client.post(old).status_code == 405


def test_what_stands_below_a_page_in_another_language_is_found_there(home, client, rename):
    page = make_survey_page(make_open_wave().survey)
    rename(page, "your-voice")

    assert led_to(client, "/surveys/local-voice/cnf01/?from=check") == "/surveys/your-voice/cnf01/?from=check"


def test_nothing_below_a_moved_page_is_made_up(page, client, rename):
    rename(page, "second")

    assert led_to(client, "/first/never-there/") == 404


def test_a_file_that_is_gone_leads_round_in_no_circle_where_its_page_has_its_old_address_back(home, client, rename):
    page = make_pack_page(make_pack(), slug="upstander")
    old = reverse("schools:download", args=["upstander", make_file(page.pack).uuid])
    rename(page, "being-an-upstander")
    rename(page, "upstander")
    page.pack.files.all().delete()

    assert led_to(client, old) == 404


def test_a_redirect_to_itself_leads_nowhere(home, client):
    Redirect.objects.create(old_path="/old", redirect_link="http://testserver/old/")

    assert led_to(client, "/old/?from=poster") == 404
