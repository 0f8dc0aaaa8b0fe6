"""A teacher with a phone and no JavaScript comes from the home page to a downloaded lesson in four taps at most."""

import re
import zipfile

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.eyes import cut_off

MOST_TAPS = 4


@pytest.fixture
def teacher(browser, browser_context_args):
    """Give a page of a phone that runs no JavaScript."""
    shape = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "java_script_enabled": False}
    context = browser.new_context(**browser_context_args | shape)
    yield context.new_page()
    context.close()


@pytest.fixture
def taps(teacher):
    """Return a list of the pages that taps led to, and a function that taps and looks at what comes."""
    came_to = []

    def tap(target: Locator) -> None:
        with teacher.expect_navigation():
            target.tap()
        came_to.append(teacher.url)
        assert cut_off(teacher) == []

    teacher.goto("/")
    return came_to, tap


def to_the_pack(teacher, tap):
    tap(teacher.get_by_role("navigation", name="Main").get_by_role("link", name="Schools"))
    tap(teacher.get_by_role("link", name="Being an upstander"))


def test_the_whole_pack_is_taken(teacher, taps):
    came_to, tap = taps
    to_the_pack(teacher, tap)
    words = teacher.locator("main").inner_text()
    before_the_files = words[: words.index("Download the whole pack")]
    for said in ("Key stage 3", "45 minutes", "What pupils will learn", "Before you use it", "Supervision:"):
        assert said in before_the_files

    with teacher.expect_download() as coming:
        teacher.get_by_role("link", name="Download the whole pack").tap()
    with zipfile.ZipFile(coming.value.path()) as pack:
        assert pack.testzip() is None
        assert pack.namelist()[0] == "READ-ME.html"
        assert "Supervision: A teacher who has read everything first leads it." in pack.read("READ-ME.html").decode()
    assert len(came_to) + 1 <= MOST_TAPS


def test_one_file_is_looked_into_and_taken(teacher, taps):
    came_to, tap = taps
    to_the_pack(teacher, tap)
    tap(teacher.get_by_role("link", name="Look inside Worksheet"))
    expect(teacher.get_by_role("heading", name="Before you use it")).to_be_visible()
    with teacher.expect_download() as coming:
        teacher.get_by_role("link", name=re.compile("^Worksheet")).tap()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    assert len(came_to) + 1 <= MOST_TAPS
