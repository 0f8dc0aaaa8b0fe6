"""Screens of staff on a telephone: nothing wider than it, and nothing that axe finds wrong."""

import pytest

OF_OFFICERS = (
    "campaigns/new/", "campaigns/plan/1/", "campaigns/artworks/1/", "campaigns/artwork/1/",
    "campaigns/artwork/1/change/", "campaigns/kit/1/", "campaigns/trace/", "images/1/",
    "images/1/withdraw/", "images/1/replace/",
    "campaigns/mailings/1/", "campaigns/mailing/1/", "campaigns/mailing/1/write/", "campaigns/mailing/1/tracking/",
    "campaigns/mailing/1/preview/",
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
SENT_IN = """
from campaigns.models import Campaign
from core.models import User
from tests.factories.mailings import make_submitted_mailing

officer = User.objects.filter(groups__name="Communications officers").first()
print(make_submitted_mailing(Campaign.objects.get(code="no-place-for-hate"), by=officer).pk)
"""
TAGS = "ui-autocomplete-input"  # Wagtail's own box for tags has no label


@pytest.mark.parametrize(("role", "screen"), SCREENS)
def test_a_screen_of_staff_fits_a_telephone_and_is_well_made(staff, axe, role, screen):
    look(staff(role), screen, axe)


def test_the_screen_where_a_mailing_is_approved_fits_a_telephone_and_is_well_made(staff, axe, manage):
    key = manage("shell", "-v", "0", "-c", SENT_IN).split()[-1]
    look(staff("Communications managers"), f"campaigns/mailing/{key}/approve/", axe)


def look(page, screen, axe):
    page.set_viewport_size({"width": 375, "height": 740})
    assert page.goto(f"/admin/{screen}").status == 200
    assert page.evaluate(WIDE) == []
    assert [fault for fault in axe(page) if TAGS not in fault] == []
