"""A campaign from its first word, through a colleague's approval, to the number that its readers make."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PERSON

TITLE, ADDRESS = "A warmer welcome", "/campaigns/warmer-welcome/"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture
def views(page, manage):
    """Return a function that gives, after a refresh, the campaign page views of the period that runs."""

    def read() -> float:
        manage("refresh_indicators")
        today = timezone.localdate().isoformat()
        rows = page.request.get("/api/v1/indicators/C1/measurements").json()["items"]
        [running] = [row for row in rows if row["period_start"] <= today <= row["period_end"]]
        return running["value"]

    return read


@pytest.fixture
def robot(browser, browser_context_args):
    """Give a page of a search engine's browser."""
    context = browser.new_context(**browser_context_args, user_agent=ROBOT)
    yield context.new_page()
    context.close()


def write(officer):
    """Make a campaign and the words of its page, as an officer does."""
    today = timezone.localdate()

    def field(name: str):
        return officer.get_by_role("textbox", name=name)

    officer.get_by_role("link", name="Campaigns", exact=True).click()
    officer.get_by_role("link", name="Add campaign").first.click()
    field("Title").fill(TITLE)
    field("Short name").fill("warmer-welcome")
    officer.get_by_role("combobox", name="Objective").select_option(label="Prevention")
    field("Aim").fill("New neighbours feel at home within a month.")
    field("First day").fill(today.isoformat())
    field("Last day").fill((today + timedelta(days=20)).isoformat())
    officer.keyboard.press("Escape")
    officer.get_by_role("button", name="Create").click()
    expect(officer.get_by_text("this is the draft of its page")).to_be_visible()
    field("Summary").fill("Say hello to whoever moved in.")
    body = officer.get_by_role("region", name="Body")
    body.get_by_role("button", name="Insert a block").first.click()
    officer.get_by_role("option", name="Text").click()
    body.get_by_role("textbox").press_sequentially("Knock, smile, say your name.")
    # The editor hands the words to the form a quarter of a second later.
    expect(body.locator("[name^=body][name$=value]")).to_have_value(re.compile("Knock"))


def offered(page) -> list[str]:
    """Return what the menu at the foot of the editor offers."""
    page.get_by_role("button", name="More actions").click()
    return [button.inner_text() for button in page.locator("footer").get_by_role("button").all()]


def test_a_campaign_goes_out_by_a_colleague_and_its_indicator_counts_its_reader_alone(
    staff, visitor, robot, views, stored
):
    # One view elsewhere first, so that the running period stands in the indicator.
    visitor.goto("/campaigns/five-days-one-message/")
    before = views()

    officer = staff("Communications officers")
    write(officer)
    assert offered(officer) == ["Save draft", "More actions", "Submit to Approval by a colleague"]
    officer.get_by_role("button", name="Submit to Approval").click()
    expect(officer.get_by_text(f"Page '{TITLE}' has been submitted for moderation.")).to_be_visible()
    officer.get_by_role("link", name=TITLE).first.click()
    expect(officer.get_by_text("This page is currently awaiting moderation")).to_be_visible()
    assert offered(officer) == ["Cancel workflow", "More actions", "Page locked"]
    assert visitor.goto(ADDRESS).status == 404

    manager = staff("Communications managers")
    waiting = manager.get_by_role("region", name="Waiting for you").get_by_role("row")
    waiting.filter(has_text="To approve").get_by_role("link", name=TITLE).click()
    assert "Approve and Publish" in offered(manager)
    manager.get_by_role("button", name="Approve and Publish").click()
    expect(manager.get_by_text(f"Page '{TITLE}' has been updated.")).to_be_visible()

    for nobody_counted in (robot, officer, manager):
        assert nobody_counted.goto(ADDRESS).status == 200
    assert visitor.request.head(ADDRESS).status == 200
    assert visitor.request.get(ADDRESS, headers={"Sec-Purpose": "prefetch", "User-Agent": PERSON}).status == 200
    assert visitor.goto(ADDRESS).status == 200
    expect(visitor.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(visitor.get_by_text("Knock, smile, say your name.")).to_be_visible()

    assert views() == before + 1
    counted = stored("SELECT metric, quantity FROM reach_count WHERE campaign_code = 'warmer-welcome' ORDER BY metric")
    assert counted == [{"metric": metric, "quantity": 1} for metric in ("daily_visitors", "views")]
    visitor.goto("/indicators/C1/")
    expect(visitor.get_by_role("definition").first).to_contain_text(f"{before + 1:.0f} views")
