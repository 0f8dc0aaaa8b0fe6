"""The short addresses of placements: where they lead, and what is counted."""

from datetime import date
from itertools import count

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from campaigns.actions.placements import lead_to
from core.languages.trees import lay_trees
from core.models import Ward
from home.models import ContentPage
from reach.enums import Metric
from reach.models import Count
from reach.queries import by_ward
from tests.factories.campaigns import make_live_page
from tests.factories.placements import make_placement

pytestmark = pytest.mark.django_db

BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"}


@pytest.fixture
def page(campaign_index):
    return make_live_page()


NEXT = count(1)


def go(client, path="/go/bus-42/", **headers):
    """Come by a placement as somebody else each time: the same person a second time at once counts no second time."""
    return client.get(path, **{"REMOTE_ADDR": f"203.0.113.{next(NEXT) % 250}"} | BROWSER | headers)


def arrivals():
    names = ("page_key", "campaign_code", "metric", "channel", "placement_code", "method", "quantity")
    return list(Count.objects.values_list(*names))


def test_a_short_link_leads_to_its_page_and_counts_the_arrival(client, page):
    make_placement()
    response = go(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/campaigns/no-place/")
    assert "no-store" in response.headers["Cache-Control"]
    key = f"campaign-{page.translation_key}"
    assert arrivals() == [(key, "no-place", "arrivals", "outdoor", "bus-42", "counted", 1)]


def test_it_leaves_nothing_on_the_device_and_passes_nothing_on(client, page):
    make_placement()
    response = go(client, "/go/bus-42/?utm_source=me&next=https://elsewhere.example/&id=7")
    assert response.headers["Location"] == "/campaigns/no-place/"
    assert not response.cookies
    assert "Vary" not in response.headers or "Cookie" not in response.headers["Vary"]
    assert set(Count.objects.values_list("placement_code", "day")) == {("bus-42", timezone.localdate())}


def test_capitals_and_a_missing_slash_lead_there_too(client, page):
    make_placement()
    assert go(client, "/go/BUS-42/").headers["Location"] == "/campaigns/no-place/"
    assert go(client, "/go/bus-42").headers["Location"] == "/go/bus-42/"


@pytest.mark.parametrize("path", ["/go/nothing-here/", "/go/%C3%A9t%C3%A9/", "/go/a_b/", "/go/bus-42/more/", "/go/"])
def test_an_unknown_code_is_answered_with_a_way_to_search(client, page, path):
    response = go(client, path)
    assert response.status_code == 404
    assert 'href="/search/"' in response.content.decode()
    assert arrivals() == []


def test_it_follows_a_new_target_at_once(client, page):
    placement = make_placement()
    lead_to(placement=placement, page=make_live_page("other"), by=None)
    assert go(client).headers["Location"] == "/campaigns/other/"


def test_a_dead_target_falls_back_to_the_campaign_and_then_home(client, page, home):
    goal = home.add_child(instance=ContentPage(title="Leaflet", slug="leaflet", summary="More."))
    make_placement(page=goal, campaign=page.campaign)
    assert go(client).headers["Location"] == "/leaflet/"
    goal.unpublish()
    assert go(client).headers["Location"] == "/campaigns/no-place/"
    page.unpublish()
    assert go(client).headers["Location"] == "/"
    ContentPage.objects.get().delete()
    assert go(client).headers["Location"] == "/"
    keys = ["home", f"campaign-{page.translation_key}", f"page-{goal.translation_key}"]
    assert sorted(Count.objects.values_list("page_key", "quantity")) == sorted(zip(keys, [2, 1, 1], strict=True))


def test_a_target_closed_to_some_since_is_dead_too(client, page, home):
    goal = home.add_child(instance=ContentPage(title="Leaflet", slug="leaflet", summary="More."))
    make_placement(page=goal, campaign=page.campaign)
    PageViewRestriction.objects.create(page=goal, restriction_type=PageViewRestriction.LOGIN)
    assert go(client).headers["Location"] == "/campaigns/no-place/"


def test_it_leads_in_its_language(client, page):
    lay_trees()
    make_placement("poster-ur", language="ur")
    make_placement("poster-en")
    assert go(client, "/go/poster-ur/").headers["Location"] == "/ur/campaigns/no-place/"
    assert go(client, "/go/poster-en/").headers["Location"] == "/campaigns/no-place/"
    assert len({key for key, *_ in arrivals()}) == 1  # the page, whatever its language


def test_a_page_of_another_tree_stands_for_the_english_one(client, page):
    lay_trees()
    urdu = Page.objects.get(translation_key=page.translation_key, locale__language_code="ur")
    placement = make_placement(page=urdu)
    assert placement.targets.get().page_id == page.pk
    assert go(client).headers["Location"] == "/campaigns/no-place/"


def test_a_language_that_has_no_such_page_leads_to_the_english_one(client, page):
    make_placement(language="ur")
    assert go(client).headers["Location"] == "/campaigns/no-place/"


def test_a_poster_that_hangs_on_after_its_days_still_leads_and_counts(client, page):
    make_placement(starts=date(2020, 1, 1), ends=date(2020, 1, 2))
    assert go(client).status_code == 302
    assert len(arrivals()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_USER_AGENT": ""},
    ],
)
def test_whoever_may_not_be_counted_arrives_all_the_same(client, page, headers):
    make_placement()
    assert go(client, **headers).status_code == 302
    assert client.head("/go/bus-42/", **BROWSER).status_code == 302
    assert arrivals() == []


def test_staff_who_try_it_are_not_counted(client, page, officer):
    make_placement()
    client.force_login(officer)
    assert go(client).status_code == 302
    assert arrivals() == []


def test_nothing_is_sent_to_it(client, page):
    make_placement()
    assert client.post("/go/bus-42/").status_code == 405


def test_robots_are_asked_to_stay_away(client, page):
    assert "Disallow: /go/" in client.get("/robots.txt").content.decode()


def test_it_costs_few_queries(client, page, django_assert_num_queries):
    make_placement()
    go(client)
    with django_assert_num_queries(11):
        go(client)


def test_arrivals_are_known_by_the_ward_of_the_placement(client, page):
    dewsbury = Ward.objects.create(key="dewsbury-east-2026", name="Dewsbury East", valid_from=date(2026, 5, 7))
    make_placement(ward=dewsbury)
    make_placement("post-1")
    for code in ("bus-42", "bus-42", "post-1"):
        go(client, f"/go/{code}/")
    found = by_ward(metric=Metric.ARRIVALS, campaign_code="no-place")
    assert {ward: amount.quantity for ward, amount in found.items()} == {"dewsbury-east-2026": 2, "": 1}
