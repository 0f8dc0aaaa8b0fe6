"""What belongs to one campaign points to each other, across all rooms."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from campaigns.models import Campaign
from campaigns.queries import related_pages
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event, make_event_page, make_occurrence
from tests.factories.schools import make_pack, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey, make_survey_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(campaign_index) -> Campaign:
    return make_live_page("together", title="Together").campaign


def make_all(campaign: Campaign, name: str = "one"):
    """Make the page of a pack, of an event to come and of an open survey of ``campaign``."""
    pack = make_pack_page(make_pack(title=f"Lesson {name}", campaign=campaign))
    event = make_event(title=f"Meeting {name}", campaign=campaign)
    make_occurrence(event)
    survey = make_survey(code=f"voice-{name}")
    survey.campaign = campaign
    survey.save()
    return pack, make_event_page(event), make_survey_page(survey, slug=f"voice-{name}")


def shown(client, page) -> list[str]:
    html = client.get(page.url).content.decode()
    aside = html.partition('<aside class="related"')[2].partition("</aside>")[0]
    return re.findall(r'<span class="meta">(.*?)</span> <a href=".*?">(.*?)</a>', aside)


def test_a_campaign_shows_its_lessons_events_and_surveys_and_each_shows_the_others(client, campaign):
    pack, event, survey = make_all(campaign)
    make_open_wave(survey=survey.survey)
    own, lesson = ("Campaign", "Together"), ("Lesson pack", "Lesson one")
    meeting, voice = ("Event", "Meeting one"), ("Survey", "Your voice")
    assert shown(client, campaign.pages.get()) == [meeting, lesson, voice]
    assert shown(client, pack) == [own, meeting, voice]
    assert shown(client, event) == [own, lesson, voice]
    assert shown(client, survey) == [own, meeting, lesson]


def test_what_nobody_can_use_or_may_see_is_not_shown(client, campaign):
    pack, event, _ = make_all(campaign)  # the survey is not open
    pack.unpublish()
    hidden = make_pack_page(make_pack(title="For staff", campaign=campaign))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    event.event.occurrences.update(starts=timezone.now() - timedelta(days=2), ends=timezone.now() - timedelta(days=1))
    other = make_live_page("other")
    make_pack_page(make_pack(title="Elsewhere", campaign=other.campaign))
    response = client.get(campaign.pages.get().url)
    assert "More of this campaign" not in response.content.decode()


def test_what_belongs_to_no_campaign_shows_none(client, campaign):
    assert "More of this campaign" not in client.get(make_pack_page().url).content.decode()


def test_another_language_points_to_its_own_pages(rf, campaign):
    pack, *_ = make_all(campaign)
    pack.locale = Locale(pk=10_000, language_code="ur")
    assert related_pages(campaign, beside=pack, request=rf.get("/")) == []


@pytest.mark.parametrize("each", [1, 3])
def test_everything_related_takes_five_queries(rf, campaign, django_assert_num_queries, each):
    for number in range(each):
        make_all(campaign, str(number))
    page, request = campaign.pages.get(), rf.get("/")
    related_pages(campaign, beside=page, request=request)
    with django_assert_num_queries(5):  # which, three kinds of page, their approvals
        assert len(related_pages(campaign, beside=page, request=request)) == 2 * each


def test_breadcrumbs_lead_to_the_page_and_end_with_it(client, campaign):
    cache.clear()
    html = client.get(campaign.pages.get().url).content.decode()
    trail = html.partition('<nav class="breadcrumbs')[2].partition("</nav>")[0]
    assert re.findall(r'<li><a href="(.*?)">(.*?)</a></li>', trail) == [("/", "Home"), ("/campaigns/", "Campaigns")]
    assert re.findall(r"<li aria-current.*?</li>", trail) == ['<li aria-current="page">Together</li>']
