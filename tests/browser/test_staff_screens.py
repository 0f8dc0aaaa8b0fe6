"""Screens of staff on a telephone: nothing wider than it, and nothing that axe finds wrong."""

import pytest

OF_OFFICERS = (
    "campaigns/new/", "campaigns/plan/1/", "campaigns/artworks/1/", "campaigns/artwork/1/",
    "campaigns/artwork/1/change/", "campaigns/kit/1/", "campaigns/trace/", "images/1/",
    "images/1/withdraw/", "images/1/replace/",
    "campaigns/mailings/1/", "campaigns/mailing/1/", "campaigns/mailing/1/tracking/", "campaigns/mailing/1/preview/",
)  # fmt: skip
OF_MANAGERS = ("mailchimp/", "campaigns/updates/", "campaigns/updates/wording/", "campaigns/updates/evidence/")
SCREENS = [
    *(("Communications officers", screen) for screen in OF_OFFICERS),
    *(("Communications managers", screen) for screen in OF_MANAGERS),
]
# Whatever ends beyond the screen, tables aside: they scroll in a box of their own.
WIDE = """[...document.querySelectorAll('main :is(form, section, select, input, textarea, .w-field)')]
  .filter(one => one.checkVisibility() && !one.closest('table') && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 100))"""
TAGS = "ui-autocomplete-input"  # Wagtail's own box for tags has no label


@pytest.mark.parametrize(("role", "screen"), SCREENS)
def test_a_screen_of_staff_fits_a_telephone_and_is_well_made(staff, axe, role, screen):
    page = staff(role)
    page.set_viewport_size({"width": 375, "height": 740})
    assert page.goto(f"/admin/{screen}").status == 200
    assert page.evaluate(WIDE) == []
    assert [fault for fault in axe(page) if TAGS not in fault] == []
