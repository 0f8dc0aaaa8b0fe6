"""No page mixes languages unmarked: what is English on an Urdu page says so, and what says so is English."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from wagtail.models import Page, Site

from core.languages.trees import lay_trees
from core.models import Area, CouncilSettings, Organisation, SupportService
from indicators.models import Indicator, Objective, Strategy, Target
from tests.factories import indicators

pytestmark = pytest.mark.django_db

PLAIN = (
    "/ur/indicators/", "/ur/support/", "/ur/safety/", "/ur/search/?q=hate", "/ur/search/?q=zzzz", "/ur/privacy/",
    "/ur/privacy/counting/", "/ur/accessibility/", "/ur/updates/", "/ur/updates/preferences/", "/ur/nowhere/",
    "/ur/?a=%00",
)  # fmt: skip
NOT_THERE = {"/ur/nowhere/", "/ur/?a=%00"}
URDU, LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[A-Za-z]{3,}")
UNSEEN = {"script", "style", "title"}
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "source"}
# Names that are written in Latin letters in every language, addresses, and what the visitor typed.
SAME = re.compile(
    r"Groundswell|JavaScript|AbilityNet|Shift|JSON|CSVW?|API|PDF|WCAG|EHRC|EASS|Ctrl|axe|Chromium|polski|hate|zzzz|BSL"
    r"|Mailchimp"
    r"|Equality and Human Rights Commission|Equality Advisory and Support Service"
    r"|Web Content Accessibility Guidelines version"
    r"|Public Sector Bodies.*Accessibility Regulations|[\w.-]+@[\w.-]+|https?://\S+"
)


class Words(HTMLParser):
    """Gathers the words of a page with the language that each is said to be in."""

    def __init__(self):
        super().__init__()
        self.around, self.found = [("", "")], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.around.append((tag, dict(attrs).get("lang") or self.around[-1][1]))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.around.pop()[0] == tag

    def handle_data(self, data):
        tag, language = self.around[-1]
        if data.strip() and tag not in UNSEEN:
            self.found.append((language, " ".join(data.split())))


def mixed(html: str) -> list[str]:
    """Return the words that are in another language than they say."""
    words = Words()
    words.feed(html)
    urdu_as_english = [text for language, text in words.found if language == "en" and URDU.search(text)]
    english_as_urdu = [text for language, text in words.found if language == "ur" and LATIN.search(SAME.sub("", text))]
    assert any(language == "ur" for language, _ in words.found)
    return urdu_as_english + english_as_urdu


@pytest.fixture
def urdu_site(laid_pages):
    """Lay a site with a page of every kind in every language, with what staff write in English around it."""
    lay_trees()
    owner = Organisation.objects.create(code="o", name="The council")
    SupportService.objects.create(
        name="A helpline against hate", description="Listens.", telephone="0800 000 0000", owner=owner,
        last_checked=date(2026, 1, 5), hours="Every day.", kind="report", helps_with=["report"],
    )  # fmt: skip
    Area.objects.create(code="north", name="The north")
    written = {
        "council_name": "Anytown (council)",
        "area_name": "Anytown",
        "postal_address": "1 High Street\nAnytown",
        "data_transfers": "No.",
    }
    CouncilSettings.objects.update_or_create(site=Site.objects.get(), defaults=written)
    counted = indicators.indicator(code="D9", kind="count", unit="reports", objective=Objective.objects.first())
    indicators.measurement(counted, value=1250, lower=None, upper=None)
    Target.objects.create(indicator=counted, value=1500, due=date(2099, 3, 31))
    Strategy.objects.update(source="The strategy, page 1", principles="No hierarchy of hate")


def test_every_page_in_urdu_marks_what_is_english(urdu_site):
    pages = Page.objects.live().filter(locale__language_code="ur").specific()
    dashboard = [f"/ur/indicators/{shown.code}/" for shown in Indicator.objects.all()]
    addresses = [*(page.url for page in pages), *PLAIN, *dashboard]
    assert len(addresses) > 15
    answers = {address: Client().get(address) for address in addresses}
    assert {address for address, answer in answers.items() if answer.status_code != 200} == NOT_THERE
    found = {address: mixed(answer.content.decode()) for address, answer in answers.items()}
    assert {address: words for address, words in found.items() if words} == {}


def test_a_survey_and_its_errors_are_in_one_language(urdu_site):
    client = Client()
    asked = client.get("/ur/surveys/local-voice/start/", follow=True)
    step = asked.request["PATH_INFO"]
    assert mixed(asked.content.decode()) == []
    wrong = client.post(step, {})
    assert b"There is a problem" in wrong.content
    assert mixed(wrong.content.decode()) == []
