"""Answers on paper and by telephone, entered by staff in a browser."""

import pytest
from playwright.sync_api import expect

OWN = """
from datetime import timedelta
from django.contrib.auth.models import Group
from django.utils import timezone
from core.models import Organisation, User
from surveys import actions
from surveys.models import Collector, Item, Questionnaire, Section, SignOff, Survey, Wave, Wording
from surveys.queries import signed_digest

asked = Questionnaire.objects.create(code="by-staff", title="Safe at the park")
section = Section.objects.create(questionnaire=asked, title="The park", order=0)
for order, code in enumerate(("SAF03", "HC08")):
    Item.objects.create(section=section, wording=Wording.objects.latest_of(code), required=not order, order=order)
today = timezone.localdate()
survey = Survey.objects.create(code="by-staff", title="Safe at the park", purpose="To learn.", audience="Us.")
wave = Wave.objects.create(
    survey=survey, questionnaire=asked, number=1, population="people in the park", opens=today,
    closes=today + timedelta(days=7), is_sample=True,
)
SignOff.objects.create(wave=wave, name="A colleague", day=today, digest=signed_digest(wave))
actions.open_wave(wave=wave)
for code, kind, mode in (("paper", "paper", "paper"), ("calls", "assisted", "telephone")):
    Collector.objects.create(wave=wave, code=code, title=code.title(), kind=kind, mode=mode)
second = User.objects.create_user("second-analyst", "second@example.org", password="Second-analyst-1")
second.organisation = Organisation.objects.first()
second.save()
second.groups.add(Group.objects.get(name="Survey analysts"))
print(wave.pk)
"""


@pytest.fixture(scope="module")
def ways_in(manage):
    """Open a wave that is answered on paper and by telephone, and return the address of its ways in."""
    return f"/admin/surveys/waves/{manage('shell', '-v', '0', '-c', OWN).split()[-1]}/ways-in/"


@pytest.fixture
def second(browser, browser_context_args, sign_in, accounts):
    """Give a page on which a second analyst is signed in."""
    accounts["second"] = {"username": "second-analyst", "password": "Second-analyst-1"}
    context = browser.new_context(**browser_context_args)
    yield sign_in(context.new_page(), "second")
    context.close()


def key_in(page, *numbers):
    """Type the numbers in one after the other, by the keyboard alone."""
    page.locator("[name=saf03]").focus()
    for number in numbers:
        page.keyboard.type(number)
        page.keyboard.press("Tab")


def sent(stored, code):
    """Return what came by the way in with this code."""
    return stored(
        "SELECT r.answers FROM surveys_response r JOIN surveys_collector c ON c.id = r.collector_id "
        "JOIN surveys_wave w ON w.id = c.wave_id JOIN surveys_survey s ON s.id = w.survey_id "
        "WHERE s.code = 'by-staff' AND c.code = ?",
        code,
    )


def test_papers_are_typed_in_checked_by_somebody_else_and_brought_in(staff, second, ways_in, stored):
    page = staff("Survey analysts")
    page.goto(ways_in)
    page.get_by_role("link", name="Print and type in").click()
    questionnaire = page.get_by_role("link", name="Questionnaire in English").get_attribute("href")
    assert page.request.get(questionnaire).headers["content-type"] == "application/pdf"
    page.get_by_role("button", name="Begin a batch").click()
    key_in(page, "9", "1 3")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("Question 1 has no answer 9.")).to_be_visible()
    expect(page.locator("[name=hc08]")).to_have_value("1 3")
    page.locator("[name=saf03]").fill("2")
    page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_role("link", name="Back to the batch").click()
    page.get_by_role("button", name="Finish the batch of 1").click()
    expect(page.get_by_text("You typed it in: somebody else has to type it again")).to_be_visible()

    second.goto(page.url)
    second.get_by_role("link", name="Type it in again").click()
    key_in(second, "3", "1 3")
    second.get_by_role("button", name="Compare").click()
    second.get_by_role("link", name="Settle what differs").click()
    second.locator("[name=saf03]").fill("2")
    second.get_by_role("button", name="This is what it says").click()
    second.get_by_role("button", name="Bring in 1 paper").click()
    expect(second.get_by_text("1 paper became answers.")).to_be_visible()
    assert len(sent(stored, "paper")) == 1
    assert stored("SELECT 1 FROM surveys_paperentry") == []


def test_somebody_is_asked_by_telephone_from_the_consent_to_the_thanks(staff, ways_in, stored):
    page = staff("Survey analysts")
    page.goto(ways_in)
    page.get_by_role("link", name="Ask somebody").click()
    expect(page.get_by_text("Would you like to take part?")).to_be_visible()
    page.get_by_role("button", name="They agree: begin").click()
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("Choose what they said, or that they do not want to answer.")).to_be_visible()
    page.get_by_label("I do not want to answer").check()
    page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_role("heading", name="Read back what they said")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Sent. Thank them.")).to_be_visible()
    [row] = sent(stored, "calls")
    assert '"saf03"' not in row["answers"]
