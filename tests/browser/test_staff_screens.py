"""Screens of staff on a telephone: nothing wider than it, and nothing that axe finds wrong."""

import pytest

SCREENS = (
    "campaigns/new/", "campaigns/plan/1/", "campaigns/artworks/1/", "campaigns/artwork/1/",
    "campaigns/artwork/1/change/", "campaigns/kit/1/", "campaigns/trace/", "images/1/",
    "images/1/withdraw/", "images/1/replace/",
)  # fmt: skip
# Whatever ends beyond the screen, tables aside: they scroll in a box of their own.
WIDE = """[...document.querySelectorAll('main :is(form, section, select, input, textarea, .w-field)')]
  .filter(one => one.checkVisibility() && !one.closest('table') && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 100))"""
TAGS = "ui-autocomplete-input"  # Wagtail's own box for tags has no label


@pytest.fixture
def officer(staff):
    page = staff("Communications officers")
    page.set_viewport_size({"width": 375, "height": 740})
    return page


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_of_staff_fits_a_telephone_and_is_well_made(officer, axe, screen):
    officer.goto(f"/admin/{screen}")
    assert officer.evaluate(WIDE) == []
    assert [fault for fault in axe(officer) if TAGS not in fault] == []
