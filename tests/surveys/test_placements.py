"""A poster's own address: it leads to the survey, counts the arrival, and names the way in of what is then sent."""

import pytest
from wagtail.models import Site

from campaigns.models import Campaign
from core.models import Organisation, User
from reach.models import Count
from surveys.models import Draft, Response, Tally
from tests.factories.campaigns import make_campaign_index, make_live_page
from tests.factories.placements import make_placement
from tests.factories.surveys import make_collector, make_survey_page
from tests.surveys.browsing import ANSWERS

BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"}
VIA = "/surveys/local-voice/via/library/"


@pytest.fixture
def poster(wave):
    """Return the placement of a survey that is open and has a page."""
    make_survey_page(wave.survey)
    return make_collector(wave, "library")


def arrivals():
    return list(Count.objects.values_list("page_key", "metric", "channel", "placement_code", "quantity"))


def test_a_poster_leads_to_the_first_page_and_the_form_begins_under_it(poster, client):
    first = client.get(VIA, **BROWSER).headers["Location"]
    assert first == "/surveys/local-voice/?via=library"
    assert 'href="/surveys/local-voice/start/?via=library"' in client.get(first).content.decode()


def test_the_answers_say_which_way_they_came(poster, client):
    start = client.get("/surveys/local-voice/start/?via=library")
    first = start.headers["Location"]
    assert first == "/surveys/local-voice/cnf01/?via=library"
    assert client.get(first).status_code == 200
    client.post(first, {"answer": "agree"})
    assert Draft.objects.get().collector == poster
    for key in ("hc08", "cnf06", "opn01"):
        client.post(f"/surveys/local-voice/{key}/", {"answer": ANSWERS[key]})
    client.post("/surveys/local-voice/check/")
    assert Response.objects.get().collector == poster
    assert list(Tally.objects.values_list("collector__code", "count")) == [("library", 1)]


def test_an_arrival_is_counted_by_codes_alone_and_keeps_nothing_else(poster, client):
    client.get(VIA, **BROWSER)
    client.get(VIA, **BROWSER)  # a double click
    client.get(VIA, **BROWSER, REMOTE_ADDR="203.0.113.9")
    assert arrivals() == [("survey-local-voice", "arrivals", "outdoor", "library", 2)]
    assert not client.cookies
    assert not Draft.objects.exists()


def test_whoever_may_not_be_counted_arrives_all_the_same(poster, client):
    assert client.get(VIA, HTTP_DNT="1", **BROWSER).status_code == 302
    assert client.get(VIA, HTTP_USER_AGENT="Googlebot/2.1").status_code == 302
    assert client.head(VIA, **BROWSER).status_code == 302
    client.force_login(User.objects.create_user("s", "s@e.org", organisation=Organisation.objects.create(code="c")))
    assert client.get(VIA, **BROWSER).status_code == 302
    assert arrivals() == []


def test_a_code_that_no_wave_has_leads_to_the_survey_and_is_not_counted(poster, client):
    lost = client.get("/surveys/local-voice/via/elsewhere/", **BROWSER)
    assert lost.headers["Location"] == "/surveys/local-voice/"
    assert arrivals() == []
    assert client.get("/surveys/nothing/via/library/").status_code == 404


@pytest.mark.parametrize("code", ["elsewhere", "open-link", "<script>", "a" * 5000])
def test_a_made_up_code_in_the_address_begins_an_ordinary_form(poster, client, code):
    client.get(f"/surveys/local-voice/start/?via={code}")
    client.post(f"/surveys/local-voice/cnf01/?via={code}", {"answer": "agree"})
    assert Draft.objects.get().collector.code == "open-link"


def test_a_short_link_with_the_code_of_a_way_in_leads_by_it_and_counts_once_for_its_campaign(poster, client):
    campaign = _campaign()
    page = poster.wave.survey.pages.get()
    make_placement("library", page=page, campaign=campaign, channel="print")
    response = client.get("/go/library/", follow=True, **BROWSER)
    assert [address for address, _ in response.redirect_chain] == [VIA, "/surveys/local-voice/?via=library"]
    assert arrivals() == [("survey-local-voice", "arrivals", "print", "library", 1)]
    assert Count.objects.get().campaign_code == campaign.code


def test_a_short_link_whose_code_no_way_in_has_leads_to_the_first_page(poster, client):
    make_placement("bus-42", page=poster.wave.survey.pages.get(), campaign=_campaign())
    response = client.get("/go/bus-42/", follow=True, **BROWSER)
    assert [address for address, _ in response.redirect_chain] == ["/surveys/local-voice/"]
    assert arrivals() == [("", "arrivals", "outdoor", "bus-42", 1)]


def test_a_way_in_that_shares_its_code_with_another_campaigns_link_counts_for_its_own_survey(poster, client):
    make_placement("library", campaign=_campaign(), channel="print")
    client.get(VIA, **BROWSER)
    assert arrivals() == [("survey-local-voice", "arrivals", "outdoor", "library", 1)]
    assert Count.objects.get().campaign_code == ""


def _campaign() -> Campaign:
    make_campaign_index(Site.objects.get(is_default_site=True).root_page)
    return make_live_page().campaign
