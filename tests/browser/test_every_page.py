"""Every public page, looked at: by axe, on a phone and on a desk, in light and dark, with and without JavaScript."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from surveys.views import thanks

SURVEY = "/surveys/your-voice-on-hate-crime/"
PAGES = {
    "home": "/",
    "list of campaigns": "/campaigns/",
    "campaign": "/campaigns/five-days-one-message/",
    "list of lesson packs": "/schools/",
    "lesson packs narrowed": "/schools/?stage=ks3",
    "lesson pack": "/schools/being-an-upstander/",
    "list of events": "/events/",
    "past events": "/events/?when=past",
    "event": "/events/talk-together-an-open-afternoon/",
    "list of surveys": "/surveys/",
    "survey": SURVEY,
    "survey that ended": f"{SURVEY}?ended",
    "survey sent": thanks("your-voice-on-hate-crime"),
    "survey question": f"{SURVEY}start/",
    "content": "/what-is-hate-crime/",
    "dashboard": "/indicators/",
    "indicator with chart": "/indicators/B2/",
    "indicator without": "/indicators/D1/",
    "support": "/support/",
    "support narrowed": "/support/?help=talk&strand=disability",
    "safety": "/safety/",
    "search": "/search/",
    "search with results": "/search/?q=hate",
    "search without": "/search/?q=zzzz",
    "privacy": "/privacy/",
    "counting": "/privacy/counting/",
    "accessibility": "/accessibility/",
    "nowhere": "/nowhere/",
}
FORM = {"survey question"}
DARK = ("home", "campaign", "dashboard", "indicator with chart", "survey question", "support")
WIDTHS = {"phone": 375, "desk": 1280}


@pytest.fixture(scope="module")
def opened(browser, browser_context_args):
    """Return a function that opens a page, without cookies, in a profile kept for this file: making one is slow."""
    profiles = {}

    def new_page(**shape):
        name = str(sorted(shape.items()))
        if name not in profiles:
            profiles[name] = browser.new_context(**browser_context_args | shape)
        profiles[name].clear_cookies()
        return profiles[name].new_page()

    yield new_page
    for profile in profiles.values():
        profile.close()


@pytest.fixture
def looked_at(opened, axe, site):
    """Return a context that opens a page of a width and, at its end, fails for whatever is wrong with what it shows."""

    @contextmanager
    def look(width: int, scheme: str = "light"):
        shape = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "reduced_motion": "reduce"}
        page, said, asked, failed = opened(**shape), [], [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        yield page
        assert axe(page) == []
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room == 0, f"{room} pixels wider than the screen"
        assert [url for url in failed if url != page.url] == []
        # Chromium says this of a page that is not there, which is right.
        assert [text for text in said if not failed or not text.startswith("Failed to load resource")] == []
        assert [url for url in asked if not url.startswith((f"{site.base_url}/", "data:"))] == []
        page.close()

    return look


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_well_made(looked_at, name, width):
    with looked_at(width) as page:
        answer = page.goto(PAGES[name])
        assert answer.status == (404 if name == "nowhere" else 200)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        allowed = {"csrftoken", "survey"} if name in FORM else set()
        assert {cookie["name"] for cookie in page.context.cookies()} == allowed


@pytest.mark.parametrize("name", DARK)
def test_dark_colours_are_readable(looked_at, name):
    with looked_at(375, "dark") as page:
        page.goto(PAGES[name])


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_survey_with_errors_is_well_made(looked_at, width):
    with looked_at(width) as page:
        page.goto(f"{SURVEY}start/")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_be_visible()
    with looked_at(width) as page:
        page.goto(f"{SURVEY}start/")
        page.get_by_label("Very satisfied", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.goto(f"{SURVEY}hc08/")
        page.get_by_label("I would not be believed").check()
        page.get_by_label("Nothing would stop me").check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text("not both")
    with looked_at(width) as page:
        page.goto(f"{SURVEY}start/")
        page.get_by_label("Very satisfied", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.goto(f"{SURVEY}check/")
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_role("alert")).to_contain_text("Question 2: Choose an answer.")


def test_a_survey_check_page_is_well_made(looked_at):
    with looked_at(375) as page:
        page.goto(f"{SURVEY}start/")
        page.get_by_label("Very satisfied", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.goto(f"{SURVEY}check/")
        expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_the_same_without_javascript(opened, name):
    page, page_without_scripts = opened(), opened(java_script_enabled=False)
    with_scripts, without = page.goto(PAGES[name]), page_without_scripts.goto(PAGES[name])
    assert without.status == with_scripts.status
    assert page_without_scripts.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()
    page.close()
    page_without_scripts.close()


def test_asking_not_to_be_counted_sets_one_cookie_without_identifier(page_without_scripts):
    page = page_without_scripts
    page.goto("/privacy/")
    page.get_by_role("button", name="Do not count my visits").click()
    expect(page.get_by_text("Your visits are not counted on this device.")).to_be_visible()
    assert [(cookie["name"], cookie["value"]) for cookie in page.context.cookies()] == [("do_not_count", "1")]
    page.get_by_role("button", name="Count my visits", exact=True).click()
    expect(page.get_by_text("Your visits are counted.")).to_be_visible()
    assert page.context.cookies() == []


def test_a_teacher_finds_and_downloads_a_lesson_file_and_is_counted_once(visitor, stored):
    def downloads() -> int:
        return sum(row["quantity"] for row in stored("SELECT quantity FROM reach_count WHERE metric = 'downloads'"))

    before = downloads()
    visitor.goto("/")
    visitor.get_by_role("navigation", name="Main").get_by_role("link", name="Schools").click()
    visitor.get_by_text("Narrow down the list").click()
    visitor.get_by_label(re.compile("^Key stage 3")).check()
    visitor.get_by_role("button", name="Show lesson packs").click()
    visitor.get_by_role("link", name="Being an upstander").click()
    with visitor.expect_download() as coming:
        visitor.get_by_role("link", name="Lesson plan").click()
    assert coming.value.suggested_filename.endswith(".pdf")
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    assert downloads() == before + 1
    head = visitor.request.head(coming.value.url)
    assert (head.status, head.headers["content-type"]) == (200, "application/pdf")
    assert head.headers["x-content-type-options"] == "nosniff"
    assert downloads() == before + 1


def test_a_resident_puts_an_event_in_the_calendar(visitor):
    visitor.goto("/events/")
    visitor.get_by_role("link", name="Walk and picnic in the park").first.click()
    address = visitor.get_by_role("link", name="Add to your calendar").first.get_attribute("href")
    calendar = visitor.request.get(address)
    assert (calendar.status, calendar.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    lines = calendar.text().split("\r\n")
    assert [lines[0], lines[-2]] == ["BEGIN:VCALENDAR", "END:VCALENDAR"]
    assert lines.count("BEGIN:VEVENT") == 1
    assert any(line.startswith("DTSTART;TZID=Europe/London:") for line in lines)
