"""A page that moves or gets another address is found at the old one, whatever happened in between."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import ContentPage


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
