"""A teacher who took a pack says for which school: on a phone, while typing, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

PACK = "/schools/being-an-upstander/"
TOLD = (
    "SELECT urn FROM schools_schoolreached JOIN schools_school ON school_id = schools_school.id WHERE day = date('now')"
)


@pytest.fixture(params=["scripts", "no-scripts"])
def teacher(request, browser, browser_context_args):
    """Give a page of a phone, with JavaScript and without."""
    shape = {"viewport": {"width": 375, "height": 740}, "java_script_enabled": request.param == "scripts"}
    context = browser.new_context(**browser_context_args | shape)
    yield context.new_page(), request.param == "scripts"
    context.close()


def test_a_school_is_found_and_told(teacher, stored):
    page, types = teacher
    page.goto(PACK)
    page.get_by_role("link", name="Tell us your school").click()
    field = page.get_by_role("searchbox", name="Find your school")
    if types:
        field.press_sequentially("ash")
        expect(page.get_by_role("status")).to_have_text("1 school fits.")
    else:
        field.fill("ashbrow")
        page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Sample Church Primary School, Ashbrow, Huddersfield, ZZ1 1AB").check()
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page).to_have_url(re.compile("/school/thanks/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert [row["urn"] for row in stored(TOLD)] == ["900002"]
    assert page.context.cookies() == []
    page.get_by_role("link", name=re.compile("^Back to")).click()
    expect(page).to_have_url(re.compile(f"{PACK}$"))
