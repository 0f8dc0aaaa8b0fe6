"""Leaving quickly, in a real browser: by keyboard, by mouse, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

SURVEY = "/surveys/your-voice-on-hate-crime/"
NEUTRAL = "https://www.metoffice.gov.uk/"
WORDS = "Somebody I know"


def play(route, led_to: list[str]) -> None:
    """Play the neutral site where the answer would lead to it, since no test leaves the machine; keep what was said."""
    answer = route.fetch(max_redirects=0)
    assert (answer.status, answer.headers["referrer-policy"]) == (302, "no-referrer")
    assert "no-store" in answer.headers["cache-control"]
    led_to.append(answer.headers["location"])
    route.fulfill(body="<title>Weather</title><h1>Sunny</h1>", content_type="text/html")


@pytest.fixture
def leaver(browser, browser_context_args):
    """Return a function that gives a page, with or without JavaScript, whose neutral site is played."""
    contexts = []

    def make(*, scripts: bool):
        context = browser.new_context(
            **browser_context_args | {"viewport": {"width": 375, "height": 700}, "reduced_motion": "reduce"},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.led_to = []
        page.route("**/exit/", lambda route: play(route, page.led_to))
        return page

    yield make
    for context in contexts:
        context.close()


def type_something(page) -> None:
    """Answer two questions, go back one by the browser's own Back, and on again: steps are ordinary pages."""
    page.goto(SURVEY)
    page.get_by_role("link", name="Start now").click()
    first = page.url
    page.get_by_label("Very satisfied", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile("/saf03/"))
    page.go_back()
    assert page.url == first
    expect(page.get_by_label("Very satisfied", exact=True)).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{SURVEY}demo01/")
    page.get_by_role("textbox", name="What one thing").fill(WORDS)
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{SURVEY}demo01/")
    expect(page.get_by_role("textbox", name="What one thing")).to_have_value(WORDS)


def shift_three_times(page) -> None:
    """Leave by keyboard; the first two presses are told to a screen reader."""
    said = page.locator("[data-leave-status]")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 2 more times to leave.")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 1 more time to leave.")
    page.keyboard.press("Shift")


def click(page) -> None:
    page.get_by_role("link", name="Leave this site quickly").click()


@pytest.mark.parametrize(
    ("way", "scripts"), [(shift_three_times, True), (click, True), (click, False)], ids=["shift", "mouse", "plain-link"]
)
def test_leaving_a_survey_ends_it_whatever_back_reaches(leaver, stored, way, scripts):
    page = leaver(scripts=scripts)
    type_something(page)
    way(page)
    expect(page).to_have_title("Weather")
    assert page.led_to == [NEUTRAL]
    assert stored("SELECT * FROM surveys_draft WHERE answers LIKE ?", f"%{WORDS}%") == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]

    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="This form has ended")).to_be_visible()
        assert WORDS not in page.content()
    for step in ("coh07/", "demo01/", "check/"):
        page.goto(f"{SURVEY}{step}")
        expect(page.get_by_role("heading", name="This form has ended")).to_be_visible()
        assert WORDS not in page.content()


def test_shift_in_typing_is_no_sign_of_leaving(leaver):
    page = leaver(scripts=True)
    type_something(page)
    box = page.get_by_role("textbox", name="What one thing")
    box.fill("")
    for _ in range(3):
        box.press_sequentially("Ab")
        page.keyboard.press("Shift+KeyC")
    page.keyboard.press("Shift+Tab")
    expect(box).to_have_value("AbCAbCAbC")
    assert page.url.endswith("/demo01/")


@pytest.mark.parametrize("address", ["/support/", SURVEY, "/how-to-report/"])
def test_the_control_hides_no_focus_on_a_phone(leaver, address):
    page = leaver(scripts=True)
    page.goto(address)
    hidden = page.evaluate(
        """() => {
            const bar = document.querySelector(".leave");
            const found = [];
            const controls = "a[href], button, select, input:not([type=hidden]), summary";
            for (const control of document.querySelectorAll(controls)) {
                if (bar.contains(control) || !control.checkVisibility()) continue;
                control.focus();
                const box = control.getBoundingClientRect();
                if (box.bottom > bar.getBoundingClientRect().top + 1) found.push(control.outerHTML.slice(0, 80));
            }
            return found;
        }"""
    )
    assert hidden == []
