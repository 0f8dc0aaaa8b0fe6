"""A form that staff send with something missing names it, and says how to mend it."""

import pytest
from django.urls import reverse

from surveys import actions
from surveys.enums import CollectorKind, Mode
from tests.factories.surveys import make_collector, make_open_wave, make_response
from tests.surveys.browsing import ANSWERS, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client, make_user):
    client.force_login(make_user("analyst", "Survey analysts"))
    return client


@pytest.fixture
def wave(db):
    return make_open_wave()


def said(page):
    found = text(page)
    assert "This field is required" not in found
    return found


def test_a_plan_of_a_wave(analyst):
    page = said(analyst.post(reverse("wagtailsnippets_surveys_wave:add"), {"sent": "1"}))
    for sentence in (
        "Choose the survey.",
        "Give the wave its number: 1, or the next after the last one.",
        "Choose a pilot or a real wave.",
        "Choose the questionnaire that the wave asks.",
        "Say who is asked, such as: residents of Kirklees aged 16 and over.",
        "Say how many answers the wave should bring: 1 or more.",
        "Give the first day of answering.",
        "Give the last day of answering.",
        "Say why the council may handle the answers at all.",
        "Say why it may handle sensitive answers.",
        "Say for how many years the answers are kept: 1 to 20.",
    ):
        assert sentence in page


def test_a_wording(analyst):
    none = {"options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0"}
    page = said(analyst.post(reverse("wagtailsnippets_surveys_wording:add"), none))
    for sentence in (
        "Choose the question that these words ask.",
        "Give the version: 1, or the next after the last one.",
        "Write the question as it is asked.",
        "Choose how it is answered.",
    ):
        assert sentence in page


def test_a_way_in(analyst, wave):
    page = said(analyst.post(reverse("survey_add_collector", args=[wave.pk, "placement"]), {"sent": "1"}))
    for sentence in (
        "Give it a name that staff know it by, such as: Poster in Dewsbury library.",
        "Give it a code, such as library-poster.",
        "Choose how people came to be asked.",
        "Choose how people hear of the survey by it.",
    ):
        assert sentence in page
    page = said(analyst.post(reverse("survey_add_collector", args=[wave.pk, "assisted"]), {"sent": "1"}))
    assert "Choose how staff ask." in page


def test_codes_for_letters_and_a_raised_limit(analyst, wave):
    letters = make_collector(wave, "letters", kind=CollectorKind.CODES)
    actions.issue_codes(collector=letters, count=1)
    for work, sentence in (
        ("make", "Say how many codes to make: 1 to 20,000."),
        ("renew", "Give serial numbers, such as 12 or 20-34."),
        ("undelivered", "Give serial numbers, such as 12 or 20-34."),
    ):
        assert sentence in said(analyst.post(reverse(f"survey_codes_{work}", args=[letters.pk]), {"sent": "1"}))
    page = said(analyst.post(reverse("survey_raised_limits", args=[letters.pk]), {"sent": "1"}))
    for sentence in ("Say where, such as: ", "Give the day.", "Say how many people", "Say why, in a few words."):
        assert sentence in page


def test_a_paper(analyst, wave):
    paper = make_collector(wave, "paper", kind=CollectorKind.PAPER, mode=Mode.PAPER)
    analyst.post(reverse("survey_begin_batch", args=[paper.pk]))
    page = said(analyst.post(reverse("survey_key_paper", args=[paper.batches.get().pk]), {"sent": "1"}))
    assert "Type the number that you wrote on the paper." in page


def test_an_export_and_a_decision_about_marks(analyst, wave):
    make_response(wave, **ANSWERS)
    wave.responses.update(marks=["speed"])
    actions.close_wave(wave=wave)
    assert "Say what the file is for, and who will have it." in said(
        analyst.post(reverse("survey_export", args=[wave.pk]), {"sent": "1"})
    )
    page = said(analyst.post(reverse("survey_decide_mark", args=[wave.pk, "speed"]), {"sent": "1"}))
    for sentence in ("Say whether these answers stay in the results.", "Say why, in a few words."):
        assert sentence in page
