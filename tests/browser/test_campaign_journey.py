"""A campaign from its first word, through a colleague's approval, to the numbers that its evaluation rests on."""

import re
from datetime import timedelta
from pathlib import Path

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


def fill(page, **answers):
    """Answer the questions of a form by the names of its fields, and save it."""
    for name, answer in answers.items():
        field = page.locator(f"form [name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(answer)
        else:
            field.fill(answer)
    # By key: the calendar of a date may hang over the button.
    page.get_by_role("button", name="Save", exact=True).press("Enter")


def opened(page, section: str):
    """Open one of the links at the top of a campaign."""
    page.get_by_role("main").get_by_role("link", name=section, exact=True).click()


def waiting(manager, what: str):
    """Open what stands under "Waiting for you" as ``what`` of the campaign."""
    manager.goto("/admin/")
    rows = manager.get_by_role("region", name="Waiting for you").get_by_role("row")
    rows.filter(has_text=what).get_by_role("link", name=TITLE).click()


def approve_page(officer, manager, visitor):
    """Send the page in as an officer and approve it as a manager; nobody sees it before."""
    assert offered(officer) == ["Save draft", "More actions", "Submit to Approval by a colleague"]
    officer.get_by_role("button", name="Submit to Approval").click()
    expect(officer.get_by_text(f"Page '{TITLE}' has been submitted for moderation.")).to_be_visible()
    officer.get_by_role("link", name=TITLE).first.click()
    expect(officer.get_by_text("This page is currently awaiting moderation")).to_be_visible()
    assert offered(officer) == ["Cancel workflow", "More actions", "Page locked"]
    assert visitor.goto(ADDRESS).status == 404

    waiting(manager, "To approve")
    assert "Approve and Publish" in offered(manager)
    manager.get_by_role("button", name="Approve and Publish").click()
    expect(manager.get_by_text(f"Page '{TITLE}' has been updated.")).to_be_visible()


def plan_and_place(officer, today: str):
    """Enter a cost, a placement and a figure from elsewhere, as an officer does."""
    officer.goto("/admin/campaigns/")
    opened(officer, TITLE)
    opened(officer, "Plan")
    officer.get_by_role("link").filter(has_text="Add: What goes into it").click()
    row = {"what": "Posters", "kind": "cost", "amount": "120", "state": "spent", "who": "The council", "day": today}
    fill(officer, **{f"inputs-0-{name}": answer for name, answer in row.items()})
    expect(officer.get_by_text("Together: £120.00 spent.")).to_be_visible()
    opened(officer, "Placements")
    officer.get_by_role("link", name="Add a placement").first.click()
    fill(officer, title="Poster in the library", code="welcome-poster", channel="print", place="Library")
    expect(officer.get_by_text("“Poster in the library” is kept.")).to_be_visible()
    opened(officer, "Reach")
    officer.get_by_role("link", name="Enter a figure from elsewhere").click()
    officer.get_by_role("radio", name="Medium").check()
    figure = {"metric": "distributed", "quantity": "400", "method": "reported", "channel": "print"}
    fill(officer, **figure, starts=today, ends=today, source="Delivery note")
    expect(officer.get_by_role("row").filter(has_text="Delivery note").first).to_contain_text("400")


def close_and_evaluate(officer):
    """Close the campaign, write the lessons and send the evaluation in, as an officer does."""
    opened(officer, "Details")
    officer.get_by_role("link", name="Close the campaign").click()
    officer.get_by_role("button", name="Close the campaign").click()
    opened(officer, "Evaluation")
    officer.get_by_role("button", name="Write the evaluation").click()
    lessons = {}
    for number, kind in enumerate(("worked", "did-not", "next")):
        if number:
            officer.get_by_role("button", name="Add another lesson").click()
        lessons |= {f"lessons-{number}-kind": kind, f"lessons-{number}-text": f"What we learnt: {kind}"}
    fill(officer, **lessons)
    officer.get_by_role("button", name="Send for approval").click()
    expect(officer.get_by_text("The evaluation waits for a colleague")).to_be_visible()


def test_a_campaign_goes_from_its_first_word_to_an_approved_evaluation_and_counts_its_reader_alone(
    staff, visitor, robot, views, stored
):
    # One view elsewhere first, so that the running period stands in the indicator.
    visitor.goto("/campaigns/five-days-one-message/")
    before = views()

    officer, manager = staff("Communications officers"), staff("Communications managers")
    write(officer)
    approve_page(officer, manager, visitor)
    plan_and_place(officer, timezone.localdate().isoformat())

    for nobody_counted in (robot, manager):
        assert nobody_counted.goto(ADDRESS).status == 200
    assert visitor.request.head(ADDRESS).status == 200
    assert visitor.request.get(ADDRESS, headers={"Sec-Purpose": "prefetch", "User-Agent": PERSON}).status == 200
    visitor.goto("/go/welcome-poster/")
    expect(visitor).to_have_url(re.compile(ADDRESS))
    expect(visitor.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(visitor.get_by_text("Knock, smile, say your name.")).to_be_visible()

    assert views() == before + 1
    counted = stored("SELECT metric, quantity FROM reach_count WHERE campaign_code = 'warmer-welcome' ORDER BY metric")
    assert counted == [{"metric": metric, "quantity": 1} for metric in ("arrivals", "daily_visitors", "views")]
    visitor.goto("/indicators/C1/")
    expect(visitor.get_by_role("definition").first).to_contain_text(f"{before + 1:.0f} views")

    close_and_evaluate(officer)
    waiting(manager, "Evaluation to approve")
    manager.get_by_role("checkbox", name="I have looked at the numbers").check()
    manager.get_by_role("button", name="Approve", exact=True).click()
    expect(manager.get_by_text("Approved on").first).to_be_visible()
    said = manager.get_by_role("main").inner_text()
    assert all(words in said for words in ("£120.00", "400", "Delivery note", "What we learnt: worked"))
    for link, begins in (("PDF", b"%PDF-"), ("Spreadsheet", b"PK")):
        with manager.expect_download() as taken:
            manager.get_by_role("link", name=link, exact=True).click()
        assert Path(taken.value.path()).read_bytes().startswith(begins)
