"""Every instrument of the gallery of tiny ones, answered in a browser that runs JavaScript."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.surveys.instruments import GALLERY

# Each has questions of its own in the one bank of the installation: TNA01, TNB01 and so on.
LETTERS = {name: chr(ord("a") + place) for place, name in enumerate(GALLERY)}
OPEN = """
import json
from datetime import timedelta
from django.utils import timezone
from surveys import actions
from surveys.actions.languages import FileVersion, take_in
from surveys.content import notice_version
from surveys.models import SignOff, Survey, Wave
from surveys.queries import signed_digest

today = timezone.localdate()
for name, text in json.loads({files!r}).items():
    survey = Survey.objects.create(code=f"tiny-{{name}}", title=f"Tiny {{name}}", purpose="To try.", audience="Nobody.")
    wave = Wave.objects.create(
        survey=survey, questionnaire=actions.import_questionnaire(text=text), number=1, population="nobody",
        opens=today, closes=today + timedelta(days=7), is_sample=True,
    )
    for language in wave.questionnaire.languages[1:]:
        actions.write_words(version=notice_version(survey, language), words=notice_version(survey, language).english)
        take_in(version=notice_version(survey, language), found=FileVersion(checked_on=today), by=None)
    SignOff.objects.create(wave=wave, name="A colleague", day=today, digest=signed_digest(wave))
    actions.open_wave(wave=wave)
    actions.make_draft_page(survey=survey).get_latest_revision().publish()
"""
CLEAR = """
from core.languages.trees import in_english
from surveys.models import SurveyPage
for page in in_english(SurveyPage.objects.filter(slug__startswith="tiny-")):
    page.delete()
"""


def own(name, value):
    """Return part of an instrument or of a walk with the codes that it has in the installation."""
    letter = LETTERS[name]
    said = json.dumps(value, ensure_ascii=False).replace("TNY", f"TN{letter.upper()}").replace("tny", f"tn{letter}")
    return json.loads(said)


@pytest.fixture(scope="module")
def tiny_surveys(manage):
    """Open a survey for each instrument of the gallery, and take their pages away again."""
    files = {
        name: json.dumps({"code": f"tiny-{name}", "instrument": own(name, shown["instrument"])})
        for name, shown in GALLERY.items()
    }
    manage("shell", "-c", OPEN.format(files=json.dumps(files)))
    yield
    manage("shell", "-c", CLEAR)


def fill_in(page, key, answers):
    """Answer what stands on the page."""
    for field in page.locator("main form").locator("input:not([type=hidden]), textarea").all():
        name = re.sub("^answer", key, field.get_attribute("name"))
        given = answers.get(name, "")
        if field.get_attribute("type") in {"radio", "checkbox"}:
            if field.get_attribute("value") in ([given] if isinstance(given, str) else given):
                field.check()
        else:
            field.fill(given)


def go_on(page):
    """Press "Continue" and wait for the page that it leads to: a click returns before that is there."""
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()


def walk_on(page, answers):
    """Answer page after page up to one that asks for nothing, and return the keys of the pages."""
    visited = []
    while not re.search("(check|not-for-you|equality)/$", page.url):
        key = page.url.rstrip("/").rpartition("/")[2]
        visited.append(key)
        fill_in(page, key, answers)
        go_on(page)
        expect(page).not_to_have_title(re.compile("^Error: "))
    return visited


@pytest.mark.usefixtures("tiny_surveys")
def test_every_feature_works_in_a_browser_with_scripts(page, axe):
    for name, shown in GALLERY.items():
        walk = own(name, shown["walks"][0])
        page.goto(f"/surveys/tiny-{name}/start/")
        assert axe(page) == [], name
        assert walk_on(page, walk["answers"]) == walk["pages"], name
        if walk.get("ends"):
            expect(page.get_by_text("Nothing that you answered has been kept.")).to_be_visible()
            continue
        if "equality" in walk:
            go_on(page)
            assert axe(page) == []
            page.get_by_label("Yes, answer the equality questions").check()
            go_on(page)
            assert walk_on(page, walk["answers"]) == walk["equality"]
        page.get_by_label("Show me a copy of my answers to print").check()
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_role("heading", name="Your copy")).to_be_visible()
        assert page.locator("dl.summary-list dt").count() == len([key for key in walk["sent"] if "_" not in key])
