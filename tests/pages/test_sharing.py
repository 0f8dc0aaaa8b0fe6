"""What pages say of themselves to those who share and list them, and which say nothing."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from core.models import CouncilSettings, Image
from home.models import ContentPage
from indicators.models import Strategy
from tests.factories import indicators
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event, make_event_page, make_occurrence, make_venue
from tests.factories.schools import make_file, make_pack, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey_page


@pytest.fixture
def council(home):
    council = CouncilSettings.for_site(Site.objects.get())
    council.council_name = "Anytown Council"
    council.save()
    return council


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def card(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page))


def data(page: str) -> dict[str, dict]:
    """Return the nodes of a page's data, by type."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {node["@type"]: node for block in blocks for node in json.loads(block)["@graph"]}


def test_a_card_shows_title_words_and_picture(client, campaign_index, council):
    page = make_live_page(title="No place for hate")
    assert "og:image" not in card(html(client, page.url))
    page.hero_image = Image.objects.create(title="Waves", file=get_test_image_file(size=(1300, 700)))
    page.hero_alternative_text = "Two people talk"
    page.save_revision().publish()

    shown = card(html(client, page.url))
    picture = shown.pop("og:image")
    assert re.fullmatch(r"http://[^ ]+\.jpg", picture)
    assert shown == {
        "og:type": "website",
        "og:title": "No place for hate",
        "og:description": "Everybody knows where to turn.",
        "og:url": "http://testserver/campaigns/no-place/",
        "og:site_name": "Groundswell",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Two people talk",
        "twitter:card": "summary_large_image",
    }


def test_the_home_page_says_who_runs_the_site_and_how_it_is_searched(client, council):
    nodes = data(html(client, "/"))

    assert nodes["Organization"]["name"] == "Anytown Council"
    assert nodes["WebSite"]["potentialAction"]["target"] == "http://testserver/search/?q={words}"


def test_a_page_says_where_it_stands(client, campaign_index, council):
    way = data(html(client, make_live_page().url))["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"], step.get("item")) for step in way] == [
        (1, "Home", "http://testserver/"),
        (2, "Campaigns", "http://testserver/campaigns/"),
        (3, "Campaign no-place", None),
    ]


def test_an_event_tells_its_dates_to_come(client, council):
    event = make_event(title="Fair")
    page = make_event_page(event)
    starts = datetime(timezone.localdate().year + 1, 7, 1, 14, tzinfo=ZoneInfo("Europe/London"))
    make_occurrence(event, starts=starts, venue=make_venue(name="Town Hall"))
    make_occurrence(event, starts=timezone.now() - timedelta(days=9))

    node = data(html(client, page.url))["Event"]
    assert node["startDate"] == f"{starts.year}-07-01T14:00:00+01:00"
    assert node["location"]["address"]["postalCode"] == "HD1 2TT"
    assert (node["eventStatus"], node["organizer"]) == (
        "https://schema.org/EventScheduled",
        {"@id": "http://testserver/#council"},
    )


def test_a_pack_tells_whom_it_suits(client, council):
    pack = make_pack(key_stages=["ks3", "ks4"], duration=50, topics=["law"], learning="Say </script><b>why</b>.")
    make_file(pack, title="Plan", licence="cc-by-4.0", language="ur")
    node = data(html(client, make_pack_page(pack).url))["LearningResource"]

    assert (node["timeRequired"], node["educationalLevel"]) == ("PT50M", ["Key stage 3", "Key stage 4"])
    assert (node["typicalAgeRange"], node["audience"]["educationalRole"]) == ("11-16", "teacher")
    assert node["about"] == ["PSHE", "Hate crime, the law and reporting"]
    assert node["teaches"] == ["Say </script><b>why</b>."]
    (file,) = node["encoding"]
    assert (file["name"], file["inLanguage"], file["encodingFormat"]) == ("Plan", "ur", "application/pdf")
    assert file["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_an_indicator_is_data_to_take(client, council):
    indicators.measurement(indicators.indicator())
    node = data(html(client, "/indicators/B5/"))["Dataset"]

    assert node["distribution"][0]["contentUrl"] == "http://testserver/api/v1/indicators/B5/measurements.csv"
    assert client.get(node["distribution"][0]["contentUrl"]).status_code == 200


def test_what_is_invented_is_told_to_nobody(client, council):
    indicators.measurement(indicators.indicator(), is_sample=True)
    event = make_event(code="demo-fair")
    make_occurrence(event)

    assert card(html(client, "/indicators/B5/")) == data(html(client, "/indicators/B5/")) == {}
    assert "Event" not in data(html(client, make_event_page(event).url))


def test_support_surveys_and_search_say_nothing(client, council):
    survey = make_survey_page(make_open_wave().survey)
    client.get(f"{survey.url}start/")
    for address in ("/support/", "/search/?q=hate", survey.url, survey.get_parent().url, f"{survey.url}cnf01/"):
        page = html(client, address)
        assert card(page) == data(page) == {}, address
        assert "schema.org" not in page


def test_no_words_end_the_data_they_stand_in(client, home):
    page = home.add_child(instance=ContentPage(title="</script><b>&", slug="odd", summary="<!-- <script>"))

    shown = html(client, page.url)
    assert shown.count("</script>") == 1
    assert data(shown)["BreadcrumbList"]["itemListElement"][-1]["name"] == "</script><b>&"


def test_the_map_lists_what_may_be_found(client, home):
    Strategy.objects.all().delete()
    for code, is_sample in (("B5", False), ("B6", True)):
        indicators.measurement(indicators.indicator(code), is_sample=is_sample)
    indicators.indicator("B7")
    survey = make_survey_page(make_open_wave().survey)
    page = ContentPage(title="Open", slug="open", summary="s")
    home.refresh_from_db()
    home.add_child(instance=page)
    page.save_revision().publish()

    xml = client.get("/sitemap.xml").content.decode()
    places = re.findall(r"<loc>http://(?:testserver|localhost)(?::\d+)?([^<]*)</loc>", xml)
    assert sorted(places) == ["/", "/accessibility/", "/indicators/", "/indicators/B5/", "/open/", "/privacy/"]
    assert survey.url not in xml
    assert f"<lastmod>{timezone.now():%Y-%m-%d}" in xml
