"""Codes typed by people: a letter's code, coming back on a second device, and the page that asks to wait."""

import re

import pytest
from playwright.sync_api import expect

START = "/surveys/letters/"
OWN = """
from datetime import timedelta
from django.utils import timezone
from surveys import actions
from surveys.models import Collector, Item, Questionnaire, Section, SignOff, Survey, Wave, Wording
from surveys.queries import signed_digest

survey = Survey.objects.create(code="letters", title="A letter from us", purpose="To learn.", audience="Us.")
asked = Questionnaire.objects.create(code="letters", title="A letter from us")
section = Section.objects.create(questionnaire=asked, title="After dark", order=0)
for order, code in enumerate(["SAF03", "CNF01"]):
    Item.objects.create(section=section, wording=Wording.objects.latest_of(code), required=True, order=order)
page = actions.make_draft_page(survey=survey)
page.get_latest_revision().publish()
today = timezone.localdate()
wave = Wave.objects.create(
    survey=survey, questionnaire=asked, number=1, population="people with a letter", opens=today,
    closes=today + timedelta(days=7), is_sample=True,
)
way = Collector.objects.create(wave=wave, code="north", title="North", kind="codes", sample_type="random")
SignOff.objects.create(wave=wave, name="A colleague", day=today, digest=signed_digest(wave))
actions.open_wave(wave=wave)
print("code", actions.issue_codes(collector=way, count=1)[0].code)
"""
CROWD = """
from django.test import RequestFactory
from core.limits import who
from surveys.models import Collector
from django.utils import timezone
from surveys.views.flooding import limit_of

limit = limit_of(Collector.objects.get(wave__survey__code="letters"), timezone.localdate())
for _ in range(limit.most):
    limit.add(who(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")))
"""


@pytest.fixture(scope="module")
def code(manage):
    """Open a wave that only letters open, and return the code of one."""
    return re.search(r"code (\d{12})", manage("shell", "-c", OWN))[1]


def test_a_letter_begins_the_form_it_goes_on_elsewhere_and_asks_to_wait_in_a_crowd(
    code, page_without_scripts, phone, manage, axe
):
    page = page_without_scripts
    page.goto(START)
    page.get_by_role("link", name="Start with the code from your letter").click()
    page.get_by_label("Your code").fill(f"{code[:-1]}{(int(code[-1]) + 1) % 10}")
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("alert").get_by_role("link", name="A digit in this code is wrong").click()
    page.get_by_label("Your code").fill(" ".join(re.findall("...", code)))
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("heading", name="Before you start", level=1)).to_be_visible()
    page.get_by_role("link", name="Start now").click()
    page.get_by_label("Safe", exact=True).check()
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_role("heading", name="Your answers are saved", level=1)).to_be_visible()
    back = page.locator("p.code").inner_text()
    page.get_by_role("button", name="Close the form on this device").click()
    expect(page.get_by_role("heading", name="The form is closed on this device")).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"csrftoken"}

    phone.goto(START)
    phone.get_by_role("link", name="Come back to answers that you saved").click()
    assert axe(phone) == []
    phone.get_by_label("Your code").fill(back.replace(" ", "-"))
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label("Good", exact=True).check()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    expect(phone.get_by_role("definition").filter(has_text=re.compile("^Safe$"))).to_be_visible()
    expect(phone.get_by_label("Leave this box empty")).to_be_hidden()

    manage("shell", "-c", CROWD)
    with phone.expect_response(re.compile("/check/$")) as asked:
        phone.get_by_role("button", name="Send my answers").click()
    assert asked.value.status == 429
    expect(phone.get_by_role("heading", name="Please wait a moment", level=1)).to_be_visible()
    assert axe(phone) == []
    expect(phone.get_by_text("Your answers are kept.")).to_be_visible()
