"""A class before and after a lesson: fourteen pupils on three devices, their teacher, and many classes together."""

import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

LESSON = "/schools/what-is-prejudice/"
YES, NO = "Agree a lot", "Not sure"


@pytest.fixture
def devices(browser, browser_context_args):
    """Give three devices: a tablet without JavaScript, a telephone and a desktop."""
    kinds = ({"java_script_enabled": False}, {"viewport": {"width": 375, "height": 740}}, {})
    contexts = [browser.new_context(**browser_context_args | kind) for kind in kinds]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def begin(teacher, school="", size=14):
    """Let a teacher get a class; return the two codes."""
    teacher.goto(LESSON)
    teacher.get_by_role("link", name="Use it with a class").click()
    teacher.get_by_label("Year group").select_option("5")
    teacher.get_by_label("About how many pupils").fill(str(size))
    teacher.get_by_label("School, if you want to say it").fill(school)
    teacher.get_by_role("button", name="Get the codes").click()
    expect(teacher.get_by_role("heading", name="Your class")).to_be_visible()
    return [re.sub(r"\D", "", code) for code in teacher.locator("p.code").all_inner_texts()]


def answer_one(device, hoped):
    """Let one pupil answer the page that ``device`` shows, and go on to the next pupil's."""
    assert device.locator("input:checked").count() == 0
    for question in device.locator("fieldset").all():
        choice = question.get_by_role("radio")
        choice.first.check() if hoped else choice.nth(choice.count() - 2).check()
    device.get_by_role("button", name="Send my answers").click()
    expect(device.get_by_role("heading", name="Thank you")).to_be_visible()
    device.go_back()
    expect(device.get_by_role("heading", name="What do you think?")).to_be_visible()
    assert device.locator("input:checked").count() == 0
    device.go_forward()
    device.get_by_role("link", name="Next pupil").click()


def answer(teacher, devices, code, time, shares):
    """Let a class answer one time, one pupil after another on each device, and close it."""
    teacher.get_by_role("button", name=f"Open “{time}”").click()
    for device in devices:
        device.goto("/class/")
        device.get_by_label("The code of your class").fill(code)
        device.get_by_role("button", name="Go on").click()
    hoped, pupils = shares
    for pupil in range(pupils):
        answer_one(devices[pupil % len(devices)], pupil < hoped)
    teacher.reload()
    expect(teacher.get_by_text(f"{pupils} answers so far. Open now.")).to_be_visible()
    expect(teacher.locator("main")).not_to_contain_text("%")
    teacher.get_by_label("Everybody has answered").check()
    teacher.get_by_role("button", name=f"Close “{time}”").click()


def test_fourteen_pupils_on_three_devices_and_what_their_teacher_sees(page_without_scripts, devices, axe, page):
    teacher = page_without_scripts
    before, after = begin(teacher)
    answer(teacher, devices, before, "Before the lesson", (6, 14))
    answer(teacher, devices, after, "After the lesson", (9, 14))

    expect(teacher.get_by_text("14 answers before, 14 after.")).to_be_visible()
    shown = teacher.get_by_role("row", name="Agree a lot / Agree a little").first
    expect(shown).to_contain_text(re.compile(r"43\s%\s*64\s%"))
    for device in devices:
        device.goto(f"/class/{before}/")
        expect(device.get_by_role("heading", name="These questions are closed")).to_be_visible()
        assert device.context.cookies() == []
    private = urlsplit(teacher.url).path
    for address in (private, f"{private}codes/", f"{private}parents/", f"/ur{private}", "/class/", f"{LESSON}class/"):
        page.goto(address)
        assert axe(page) == []


@pytest.fixture
def reckon(manage, tmp_path):
    """Return a function that has `analyse_survey` reckon the first question of a file of answers: change and limits."""

    def reckoned(content):
        (tmp_path / "answers.csv").write_text(content)
        question = next(csv.DictReader(io.StringIO(content)))["question"]
        spec = {
            "data": "answers.csv", "where": {"question": question}, "design": {"clusters": "class"},
            "estimates": [{"id": "d", "kind": "contrast", "y": "hoped", "by": "phase",
                           "coefficients": {"after": 1, "before": -1}}],
        }  # fmt: skip
        (tmp_path / "spec.json").write_text(json.dumps(spec))
        (found,) = json.loads(manage("analyse_survey", str(tmp_path / "spec.json")))["estimates"]
        return [round(100 * found[name]) for name in ("estimate", "lower", "upper")]

    return reckoned


def test_many_classes_together_say_what_analyse_survey_says(page_without_scripts, devices, staff, stored, reckon):
    teacher = page_without_scripts
    schools = [row["name"] for row in stored("SELECT name FROM schools_school WHERE status = 'open' ORDER BY name")][:3]
    for school, shares in zip(schools, ((3, 6), (4, 5), (5, 7)), strict=True):
        codes = begin(teacher, school)
        for code, time, hoped in zip(codes, ("Before the lesson", "After the lesson"), shares, strict=True):
            answer(teacher, devices[1:], code, time, (hoped, 10))
    lead, manager, analyst = (staff(role) for role in ("Schools leads", "Communications managers", "Survey analysts"))
    lead.goto("/admin/schools/classes-together/")
    for _class in schools:
        lead.get_by_role("button", name="Confirm").first.click()
    lead.get_by_role("button", name="Work out What is prejudice?").click()
    manager.goto("/admin/schools/classes-together/")
    manager.get_by_role("link", name="Classes together, What is prejudice?").click()
    manager.get_by_role("button", name="Publish it").click()

    analyst.goto("/admin/schools/classes-together/")
    analyst.get_by_role("link", name="Classes together, What is prejudice?").click()
    with analyst.expect_download() as taken:
        analyst.get_by_role("link", name="Take the answers behind it").click()
    change, lower, upper = reckon(taken.value.path().read_text())
    teacher.goto(LESSON)
    expect(teacher.get_by_text(f"{change} points ({lower} to {upper})").first).to_be_visible()
