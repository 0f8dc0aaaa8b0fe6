"""The hours after something happened: a notice in two languages on every page, and everything held and let go."""

import time

import pytest
from playwright.sync_api import Page, expect

MANAGERS = "Communications managers"
ENGLISH = ("Attack near the market", "Keep away until the police say it is safe. If you saw something, call 101.")
URDU = ("مارکیٹ کے قریب حملہ", "جب تک پولیس نہ کہے دور رہیں۔")  # noqa: RUF001  (Urdu's own full stop)
REASON = "Nothing goes out until we know more."


def put_up(manager: Page) -> None:
    """Fill the form in, in English and Urdu, and send it."""
    manager.get_by_role("link", name="Urgent notice").click()
    manager.get_by_role("textbox", name="Heading").first.fill(ENGLISH[0])
    manager.get_by_role("textbox", name="What people should know").first.fill(ENGLISH[1])
    manager.get_by_role("group", name="Support services to show").get_by_role("checkbox").first.check()
    manager.get_by_role("textbox", name="Heading in Urdu").fill(URDU[0])
    manager.get_by_role("textbox", name="What people should know in Urdu").fill(URDU[1])
    manager.get_by_role("button", name="Put it on every page").click()
    expect(manager.get_by_text("The notice is on every public page until")).to_be_visible()


@pytest.fixture
def put_away():
    """End the notice and the hold whatever happened: the tests that follow share the installation."""
    pages = []
    yield pages.append
    for page in pages:
        for address, button in (("/admin/urgent-notice/", "End the notice"), ("/admin/hold/", "Release everything")):
            page.goto(address)
            if (found := page.get_by_role("button", name=button)).count():
                found.click()


def test_from_signing_in_to_a_notice_in_two_languages_on_pages_already_kept(staff, visitor, phone, axe, put_away):
    for address in ("/campaigns/", "/ur/campaigns/"):
        visitor.goto(address)  # kept from now on
    began = time.monotonic()
    manager = staff(MANAGERS)
    put_away(manager)
    put_up(manager)
    assert time.monotonic() - began < 300
    manager.reload()  # without Wagtail's own message
    assert axe(manager) == []

    for page in (visitor, phone):
        for prefix, (heading, text) in (("", ENGLISH), ("/ur", URDU), ("/pl", ENGLISH)):
            for address in ("/campaigns/", "/support/", "/nowhere/"):
                page.goto(prefix + address)
                region = page.get_by_role("region", name=heading)
                expect(region.get_by_text(text)).to_be_visible()
                assert region.bounding_box()["y"] < page.get_by_role("heading", level=1).bounding_box()["y"]
                assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
                assert axe(page) == []

    manager.get_by_role("button", name="End the notice now").click()
    expect(manager.get_by_text("The notice is gone from every page.")).to_be_visible()
    visitor.goto("/campaigns/")
    expect(visitor.get_by_role("heading", name=ENGLISH[0])).to_have_count(0)


def test_everything_is_held_and_let_go_and_colleagues_read_why(staff, axe, put_away):
    manager, officer = staff(MANAGERS), staff("Communications officers")
    put_away(manager)
    manager.get_by_role("link", name="Hold everything").click()
    manager.get_by_role("textbox", name="Reason").fill(REASON)
    manager.get_by_role("button", name="Hold everything").click()
    expect(manager.get_by_role("heading", name="Everything scheduled is held")).to_be_visible()
    manager.reload()  # without Wagtail's own message
    assert axe(manager) == []

    officer.goto("/admin/campaigns/")
    expect(officer.get_by_role("region", name="Hold")).to_contain_text(REASON)
    manager.get_by_role("button", name="Release everything and end the hold").click()
    expect(manager.get_by_role("heading", name="Nothing is held")).to_be_visible()
    officer.reload()
    expect(officer.get_by_role("region", name="Hold")).to_have_count(0)
