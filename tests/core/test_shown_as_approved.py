"""Lists show what was approved: whatever stands in the rows of the pages that they list."""

import pytest
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from campaigns.models import CampaignPage
from core.approvals.keeping import publish_laid
from core.approvals.showing import as_approved
from core.models import Approval, BasePage, Image
from events.models import EventPage
from home.models import ContentPage, HomePage
from home.search.actions import refresh_search
from home.setup import lay_tree, publish_below
from schools.models import LessonPackPage
from surveys.models import SurveyPage
from tests.campaigns.test_pages import add_picture, around_today
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event, make_event_page, make_occurrence
from tests.factories.schools import make_pack, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey, make_survey_page

pytestmark = pytest.mark.django_db

# What lists call the page of each kind, as it was approved.
TITLES = {
    CampaignPage: "Approved campaign",
    EventPage: "Approved event",
    LessonPackPage: "Approved lesson",
    SurveyPage: "Approved survey",
    ContentPage: "Approved information",
}
LISTED_AT = {
    "/": [CampaignPage, EventPage, LessonPackPage, SurveyPage],
    "/campaigns/": [CampaignPage],
    "/events/": [EventPage],
    "/events/calendar.ics": [EventPage],
    "/schools/": [LessonPackPage],
    "/surveys/": [SurveyPage],
    "/above/": [ContentPage],
    "/campaigns/voice/": [EventPage, LessonPackPage, SurveyPage],
    "/search/?q=approved": [*TITLES],
}


@pytest.fixture
def site(settings):
    """Lay a site with a page of each kind on it, all of one campaign and all approved."""
    settings.PAGES_KEPT_FOR = 0
    lay_tree()
    campaign = make_live_page("voice", **around_today(1, 1)).campaign
    make_occurrence(make_event_page(make_event(campaign=campaign)).event)
    make_pack_page(make_pack(campaign=campaign))
    survey = make_survey_page(make_survey()).survey
    survey.campaign = campaign
    survey.save()
    make_open_wave(survey=survey)
    above = publish_below(HomePage.objects.get(), ContentPage(slug="above", title="Above", summary="Above it."))
    publish_below(above, ContentPage(slug="below", title="Below", summary="Below it."))
    for model, title in TITLES.items():
        page = model.objects.exclude(slug="above").get(alias_of=None)
        page.title = title
        publish_laid(page)
    refresh_search()


def words(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_list_shows_the_words_that_were_approved_and_no_others(site):
    before = {address: words(address) for address in LISTED_AT}
    assert Page.objects.filter(depth__gt=1).update(title="Slipped in", draft_title="Slipped in") > len(TITLES)
    for model in BasePage.__subclasses__():
        model.objects.update(summary="Slipped in.", listing_title="Slipped in", listing_summary="Slipped in.")
    refresh_search()
    for address, models in LISTED_AT.items():
        now = words(address)
        assert "Slipped in" not in now, address
        for model in models:
            assert TITLES[model] in before[address], (address, model)
            assert TITLES[model] in now, (address, model)
    assert "Slipped in" not in words("/above/below/")  # the way back to what stands above it
    assert "No results" in words("/search/?q=slipped") or "Nothing" in words("/search/?q=slipped")


def test_what_has_no_approved_version_any_more_is_left_out_of_every_list(site):
    Approval.objects.filter(
        page__in=[model.objects.exclude(slug="above").get(alias_of=None) for model in TITLES]
    ).update(content="0" * 64)
    Page.objects.filter(title__in=TITLES.values()).update(title="Slipped in")
    refresh_search()
    for address in [*LISTED_AT, "/sitemap.xml"]:
        if address == "/campaigns/voice/":
            assert Client().get(address).status_code == 404
            continue
        now = words(address)
        assert not [title for title in ("Slipped in", *TITLES.values()) if title in now], address
        assert "/below/" not in now, address


def test_a_date_of_another_event_never_stands_under_the_words_of_the_first(site):
    other = make_occurrence(make_event(title="Another"))
    EventPage.objects.update(event=other.event)
    assert "Approved event" not in words("/events/")
    assert Client().get(f"/events/{EventPage.objects.first().slug}/{other.uuid}.ics").status_code == 404


def test_a_page_whose_picture_was_changed_is_left_out_and_three_cost_what_one_does(site, django_assert_num_queries):
    pages = [make_live_page(f"pictured-{number}", **around_today(0, 1)) for number in range(3)]
    for page in pages:
        add_picture(page)
    for several in (pages[:1], pages):
        with django_assert_num_queries(2):  # their approvals, their pictures
            assert as_approved(several) == several
    assert "pictured-0" in words("/campaigns/")
    slipped = Image.objects.filter(pk=pages[0].hero_image_id)
    slipped.update(file=Image.objects.create(title="Other", file=get_test_image_file(filename="other.png")).file.name)
    assert as_approved(pages) == pages[1:]
    now = words("/campaigns/")
    assert "pictured-0" not in now
    assert "<picture" in now  # of the next, which leads the list in its place
