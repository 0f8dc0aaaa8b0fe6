"""A survey answered without JavaScript: nothing of the sender stays, and no number moves before it is published."""

import json
import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

START = "/surveys/your-voice-on-hate-crime/"
WORDS = "Lights by the path.\nAnd <b>somebody</b> who listens."
OWN = """
from datetime import timedelta
from django.utils import timezone
from indicators.models import Indicator, Objective
from surveys import actions
from surveys.models import Item, Questionnaire, Section, SignOff, Survey, SurveyPage, Wave, Wording
from surveys.queries import signed_digest

survey = Survey.objects.create(code="bus-stops", title="Safe at the bus stop", purpose="To learn.", audience="Us.")
asked = Questionnaire.objects.create(code="bus-stops", title="Safe at the bus stop")
section = Section.objects.create(questionnaire=asked, title="After dark", order=0)
Item.objects.create(section=section, wording=Wording.objects.latest_of("SAF03"), required=True, order=0)
page = actions.make_draft_page(survey=survey)
page.get_latest_revision().publish()
today = timezone.localdate()
wave = Wave.objects.create(
    survey=survey, questionnaire=asked, number=1, population="people who wait", opens=today,
    closes=today + timedelta(days=7), is_sample=True,
)
SignOff.objects.create(wave=wave, name="A colleague", day=today, digest=signed_digest(wave))
actions.open_wave(wave=wave)
Indicator.objects.create(
    objective=Objective.objects.first(), code="BUS", title="Safe at the bus stop", definition="Who feels safe.",
    kind="survey", polarity="higher", frequency="wave", source="A survey", measure="surveys.share",
    parameters={"survey": "bus-stops", "question": "SAF03", "answers": ["very-safe", "safe"]},
)
"""

PUBLISH = """
from core.models import User
from surveys import actions
from surveys.actions.publishing import looked_at
from surveys.models import Wave
from surveys.results import Choices

wave = Wave.objects.get(survey__code="bus-stops")
results = actions.compute_results(results=actions.ask_for_results(wave=wave, choices=Choices()))
analyst, manager = (User.objects.get(username=f"demo-{name}") for name in ("analyst", "manager"))
results = actions.submit_results(results=results, findings="Seven in ten feel safe.", by=analyst)
actions.approve_results(results=results, by=manager, seen=looked_at(results))
"""


@pytest.fixture
def public(page, site, stored):
    """Return a function that gives everything the public can take of the numbers, byte for byte."""

    def everything() -> dict[str, bytes]:
        codes = [row["code"] for row in stored("SELECT code FROM indicators_indicator")]
        api = "/api/v1/indicators"
        addresses = ["/indicators/", api, *(f"/indicators/{code}/" for code in codes)]
        addresses += [f"{api}/{code}/measurements{end}" for code in codes for end in ("", ".csv")]
        taken = {address: page.request.get(address).body() for address in addresses}
        # Not the pictures of published results, which a worker draws when it comes to them.
        charts = [path for path in (site.folder / "media" / "charts").glob("*.svg") if path.is_file()]
        assert charts
        return taken | {path.name: path.read_bytes() for path in charts}

    return everything


@pytest.fixture
def numbers(public, manage, stored):
    """Give the ways to the numbers: `public()`, `publish()`, `refresh()` and `stored(statement)`."""
    return SimpleNamespace(
        public=public,
        publish=lambda: manage("shell", "-c", PUBLISH),
        refresh=lambda: manage("refresh_indicators"),
        stored=stored,
    )


@pytest.fixture
def crowd(browser, browser_context_args):
    """Give a page of another browser without JavaScript, from which many people answer in turn."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def own_wave(manage):
    """Open a wave of a survey of its own, measured by an indicator of its own, so that closing it disturbs nobody."""
    manage("shell", "-c", OWN)
    manage("refresh_indicators")
    return "/surveys/bus-stops/"


def choose(page, answer: str):
    page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Continue").click()


def answer_all(page):
    """Answer every question of the demonstration's survey, from the first to the check page."""
    for answer in ("Fairly satisfied", "Unsafe", "Good", "Tend to agree", "Don't know", "7 - Very well"):
        choose(page, answer)
    choose(page, "Not very confident")
    page.get_by_label("I would not know how").check()
    choose(page, "Something else")
    choose(page, "No")
    page.get_by_role("textbox", name="What one thing").fill(WORDS)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Why we ask: People of some ages")).to_be_visible()
    for answer in ("35 to 44", "Prefer not to say", "Asian or Asian British"):
        choose(page, answer)


def test_answering_leaves_no_trace_of_the_sender_and_moves_no_number(page_without_scripts, numbers):
    page = page_without_scripts
    numbers.refresh()
    before, known = numbers.public(), {row["id"] for row in numbers.stored("SELECT id FROM surveys_response")}
    sessions = numbers.stored("SELECT * FROM django_session")

    page.goto(START)
    page.get_by_role("link", name="Start now").click()
    answer_all(page)
    expect(page.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    page.get_by_role("link", name="Change your answer to: How safe do you").click()
    expect(page.get_by_label("Unsafe", exact=True)).to_be_checked()
    choose(page, "Very safe")
    expect(page.get_by_role("definition").filter(has_text=re.compile("^Very safe$"))).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    choose(page, "No, send my answers without them")
    expect(page.get_by_role("heading", name="Your answers have been sent", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Call 999").first).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"csrftoken"}

    [row] = [row for row in numbers.stored("SELECT * FROM surveys_response") if row["id"] not in known]
    came_by = {"wave_id", "collector_id", "instrument_id", "language", "month"}
    assert set(row) == came_by | {"id", "answers", "marks", "rewritten", "excluded"}
    assert (row["language"], row["rewritten"]) == ("en", 0)
    assert row["month"] == timezone.localdate().replace(day=1).isoformat()
    assert json.loads(row["answers"]) == {
        "coh07": "fairly-satisfied",
        "saf03": "very-safe",
        "cnf01": "good",
        "cnf03": "tend-to-agree",
        "cnf04": "dont-know",
        "cnf06": "7",
        "hc07": "not-very-confident",
        "hc08": ["i-would-not-know-how", "something-else"],
        "cmp01": "no",
        "demo01": WORDS,
        "dem11": "35-to-44",
        "dem04": "prefer-not-to-say",
        "dem01": "asian-or-asian-british",
    }
    assert numbers.stored("SELECT id FROM surveys_draft WHERE answers LIKE ?", "%Lights by the path%") == []
    assert numbers.stored("SELECT * FROM django_session") == sessions

    assert numbers.public() == before
    numbers.refresh()
    assert numbers.public() == before


def test_an_error_names_what_is_wrong_and_loses_nothing_typed(page_without_scripts):
    page = page_without_scripts
    page.goto(f"{START}start/")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_role("alert").get_by_role("link", name="Choose an answer.").click()
    expect(page).to_have_url(re.compile("#id_answer_0$"))
    expect(page.get_by_role("group", name="Overall, how satisfied")).to_have_accessible_description(
        re.compile("Choose an answer")
    )

    choose(page, "Very satisfied")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Very satisfied", exact=True)).to_be_checked()

    page.goto(f"{START}demo01/")
    long = "Our street is dark. " * 101
    page.get_by_role("textbox").fill(long)
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("textbox")).to_have_value(long)
    page.get_by_role("alert").get_by_role("link", name="Shorten it").click()

    page.goto(f"{START}check/")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("alert").get_by_role("link", name="Question 2: Choose an answer.").click()
    expect(page).to_have_url(re.compile("#change-saf03$"))


def test_a_closed_wave_refuses_answers_with_a_page_and_gives_its_measurement_once_it_is_published(
    own_wave, crowd, page_without_scripts, staff, numbers
):
    def answer(page, words):
        page.goto(own_wave)
        page.get_by_role("link", name="Start now").click()
        choose(page, words)

    late = page_without_scripts
    answer(late, "Safe")
    before = numbers.public()
    for words in ["Safe"] * 28 + ["Unsafe"] * 12:
        answer(crowd, words)
        crowd.get_by_role("button", name="Send my answers").click()
    assert numbers.public() == before
    numbers.refresh()
    assert numbers.public() == before

    analyst = staff("Survey analysts")
    analyst.get_by_role("button", name="Surveys").click()
    analyst.get_by_role("link", name="Waves").click()
    analyst.get_by_role("link", name="Safe at the bus stop, wave 1").click()
    expect(analyst.get_by_text("40 people have answered.")).to_be_visible()
    analyst.get_by_role("link", name="Close the wave").click()
    analyst.get_by_role("button", name="Close the wave").click()
    expect(analyst.get_by_text("wave 1 is now closed")).to_be_visible()
    numbers.refresh()
    assert numbers.public()["/indicators/BUS/"] == before["/indicators/BUS/"]

    numbers.publish()
    numbers.refresh()
    [measured] = late.request.get("/api/v1/indicators/BUS/measurements").json()["items"]
    today = timezone.localdate().isoformat()
    assert (measured["period_start"], measured["period_end"]) == (today, today)
    assert (measured["value"], measured["n"], measured["marker"]) == (70, 40, "")
    assert (measured["lower"], measured["upper"]) == (54, 83)
    crowd.goto("/indicators/")
    card = crowd.get_by_role("article").filter(has=crowd.get_by_role("link", name="Safe at the bus stop"))
    expect(card).to_contain_text("70%")
    assert numbers.stored('SELECT DISTINCT rewritten FROM surveys_response WHERE answers = \'{"saf03": "safe"}\'') == [
        {"rewritten": 1}
    ]

    with late.expect_response(re.compile("/check/$")) as refused:
        late.get_by_role("button", name="Send my answers").click()
    assert refused.value.status == 410
    expect(late.get_by_role("heading", name="This survey has closed", level=1)).to_be_visible()
    expect(late.get_by_role("link", name="Surveys that are open now")).to_be_visible()
    assert late.goto(f"{own_wave}saf03/").status == 410
    of_the_wave = (
        "SELECT response.id FROM surveys_response AS response JOIN surveys_wave AS wave ON wave.id = response.wave_id "
        "JOIN surveys_survey AS survey ON survey.id = wave.survey_id WHERE survey.title = 'Safe at the bus stop'"
    )
    assert len(numbers.stored(of_the_wave)) == 40
