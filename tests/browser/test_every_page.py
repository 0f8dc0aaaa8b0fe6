"""Every kind of public page, looked at: by axe, on a phone and a desk, left and right, light and dark, without scripts.

`make test` looks at each kind of page once in English, Urdu and Polish; `make test-long` at every language (Gujarati
too), width and colour with every other, with JavaScript and without.
"""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.places import LANGUAGES, PLACES, WRONG, visit
from tests.installations import wait_until

PHONE, DESK, ZOOMED = 375, 1280, 320  # 320 pixels are what a screen of 1280 shows at 400 per cent
FOR_A_FORM = {"csrftoken"}
COOKIES = {*FOR_A_FORM, "survey"}
COME_BACK = "survey to come back to"
LEAVE = "/js/leave."
# Beside the one that leaves.
SCRIPTS_OF = {"school of a lesson pack": "/js/which-school.", "pupil's questions": "/js/next-pupil."}
IN_MENU = (
    "home", "list of campaigns", "list of lesson packs", "list of events", "list of surveys", "dashboard", "support",
)  # fmt: skip
WITH_STRIP = (
    "list of surveys", "survey", "survey sent", "survey question", "survey check", "sensitive content", "support",
    "safety",
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(browser, browser_context_args):
    """Return a function that gives a page, without cookies, of a profile kept for this file: making one is slow."""
    profiles = {}

    def new_page(**shape):
        name = str(sorted(shape.items()))
        if name not in profiles:
            profiles[name] = browser.new_context(**browser_context_args, **shape, reduced_motion="reduce")
        profiles[name].clear_cookies()
        return profiles[name].new_page()

    yield new_page
    for profile in profiles.values():
        profile.close()


@pytest.fixture
def looked_at(opened, site):
    """Return a context that gives a page and, at its end, fails for whatever it asked of others or complained of."""

    @contextmanager
    def look():
        page, said, asked, failed = opened(), [], [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        yield page
        assert [url for url in failed if url != page.url] == []
        # Chromium says this of a page that is not there, which is right.
        assert [text for text in said if not failed or not text.startswith("Failed to load resource")] == []
        assert [url for url in asked if not url.startswith((f"{site.base_url}/", "data:"))] == []
        page.close()

    return look


def widen(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize("name", PLACES)
def test_every_page_in_english_is_well_made(looked_at, axe, name):
    """At a phone's width, in light and in dark; its words fit a desk and a fourfold zoom as well."""
    with looked_at() as page:
        widen(page, PHONE)
        visit(page, name)
        assert axe(page) == []
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_count(1 if name in WRONG else 0)
        in_progress = name.startswith("survey") and name not in {"survey", "survey sent", "survey that ended"}
        cookies = FOR_A_FORM if name == COME_BACK else COOKIES if in_progress else set()
        assert {cookie["name"] for cookie in page.context.cookies()} == cookies
        own = SCRIPTS_OF.get(name, LEAVE)
        assert [source for source in page.evaluate(eyes.SCRIPTS) if LEAVE not in source and own not in source] == []
        for width in (PHONE, DESK, ZOOMED):
            widen(page, width)
            assert eyes.cut_off(page) == []
        page.emulate_media(color_scheme="dark")
        assert axe(page, rules=["color-contrast"]) == []


@pytest.mark.parametrize("name", PLACES)
def test_every_page_in_urdu_is_well_made_and_a_keyboard_reaches_all_of_it(looked_at, axe, name):
    """From right to left, at a desk; on a phone, where the strip for leaving is in the way, by keyboard."""
    with looked_at() as page:
        widen(page, DESK)
        visit(page, name, "ur")
        assert axe(page) == []
        assert eyes.cut_off(page) == []
        widen(page, ZOOMED)
        assert eyes.cut_off(page) == []
        widen(page, PHONE)
        assert eyes.cut_off(page) == []
        assert eyes.lost_focus(page) == []


@pytest.mark.parametrize("name", PLACES)
def test_every_page_in_polish_is_well_made(looked_at, axe, name):
    """Polish has the longest words."""
    with looked_at() as page:
        widen(page, PHONE)
        visit(page, name, "pl")
        assert axe(page) == []
        for width in (PHONE, DESK, ZOOMED):
            widen(page, width)
            assert eyes.cut_off(page) == []


@pytest.mark.parametrize("language", ["ur", "gu"])
def test_a_page_fits_a_phone_in_the_letters_of_the_phone_too(opened, language):
    """Letters of ours that come late are not used; others are wider, and the part of the menu one is in is bold."""
    wrong = []
    for name in IN_MENU:
        page = opened()
        page.route("**/*.woff2", lambda route: route.abort())
        for width in (PHONE, ZOOMED):
            widen(page, width)
            visit(page, name, language)
            wrong += [f"{name}, {width}: {fault}" for fault in eyes.cut_off(page)]
        page.close()
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("name", WITH_STRIP)
def test_pages_with_a_script_are_the_same_without_javascript(opened, name, language):
    """What the only other script does is in tests/browser/test_which_school.py, with it and without."""
    page, without = opened(), opened(java_script_enabled=False)
    for looking in (page, without):
        visit(looking, name, language)
    assert without.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()
    hint = without.locator("[data-leave-hint]")
    assert (hint.count(), hint.is_visible()) == (1, False)
    page.close()
    without.close()


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_every_way(opened, axe, language, width, scripts):
    """The whole product of kinds of page, languages, widths, scripts and colours.

    Axe is a script itself, so JavaScript stays on for it, and the one script that pages have is kept from them.
    """
    wrong = []
    for name in PLACES:
        page = opened()
        if not scripts:
            page.route(f"**{LEAVE}*", lambda route: route.abort())
        widen(page, width)
        visit(page, name, language)
        found = [*axe(page), *eyes.cut_off(page), *eyes.lost_focus(page, columns=width == DESK)]
        page.emulate_media(color_scheme="dark")
        wrong += [f"{name}: {fault}" for fault in [*found, *axe(page, rules=["color-contrast"])]]
        page.close()
    assert wrong == []


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
    def counted(metric: str) -> int:
        return sum(row["quantity"] for row in stored("SELECT quantity FROM reach_count WHERE metric = ?", metric))

    before = counted("downloads")
    visitor.goto("/")
    visitor.get_by_role("navigation", name="Main").get_by_role("link", name="Schools").click()
    visitor.get_by_text("Narrow down the list").click()
    visitor.get_by_label(re.compile("^Key stage 3")).check()
    visitor.get_by_role("button", name="Show lesson packs").click()
    visitor.get_by_role("link", name="Being an upstander").click()
    with visitor.expect_download() as coming:
        visitor.get_by_role("link", name="Lesson plan", exact=True).click()
    assert coming.value.suggested_filename.endswith(".pdf")
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    wait_until(lambda: counted("downloads") == before + 1)  # counts are written twice a second
    head = visitor.request.head(coming.value.url)
    assert (head.status, head.headers["content-type"]) == (200, "application/pdf")
    assert head.headers["x-content-type-options"] == "nosniff"
    views = counted("views")
    visitor.goto("/schools/")
    wait_until(lambda: counted("views") > views)
    assert counted("downloads") == before + 1


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
