"""The public pages: what they show, and what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns.models import CampaignPage
from campaigns.queries import live_campaign_pages
from core.approvals.keeping import publish_laid
from core.models import Image
from tests.factories.campaigns import make_draft_page, make_live_page, make_objective

pytestmark = pytest.mark.django_db

SAVEPOINT = 2  # counting a view needs one inside a test's transaction, and only there
# Neither the page nor its pictures' sizes are in a cache, and inside a test's transaction nothing is remembered: not
# the way back (3), nor what else belongs to the campaign (4), nor its approval.
QUERIES_OF_A_CAMPAIGN_PAGE = 20 + SAVEPOINT
QUERIES_OF_THE_LIST = 15 + SAVEPOINT


def around_today(before: int, after: int) -> dict[str, date]:
    today = timezone.localdate()
    return {"starts": today - timedelta(days=before), "ends": today + timedelta(days=after)}


def add_picture(page: CampaignPage) -> None:
    page.hero_image = Image.objects.create(title=page.slug, file=get_test_image_file(filename=f"{page.slug}.png"))
    page.hero_alternative_text = "Two people talking"
    publish_laid(page)


def test_the_list_shows_what_is_on_what_comes_and_what_has_been(client, campaign_index):
    make_live_page("on-now", **around_today(1, 1))
    make_live_page("soon", **around_today(-5, 9))
    make_live_page("later", **around_today(-15, 19))
    make_live_page("over", **around_today(9, -5))
    make_draft_page("unseen", **around_today(1, 1))
    response = client.get(campaign_index.url)
    assert response.status_code == 200
    shown = [(part.heading, [card.title for card in part.cards]) for part in response.context["listing"].parts]
    assert shown == [
        ("On now", ["Campaign on-now"]),
        ("Coming up", ["Campaign soon", "Campaign later"]),
        ("Past campaigns", ["Campaign over"]),
    ]
    assert "Campaign unseen" not in response.content.decode()


def test_an_empty_list_says_so(client, campaign_index):
    assert "No campaign is on show at the moment." in client.get(campaign_index.url).content.decode()


@pytest.mark.parametrize(
    ("query", "expected", "chosen"),
    [
        ("when=past", ["over"], ["Past campaigns"]),
        ("objective=early", ["soon"], ["Early help"]),
        ("objective=early&when=past", [], ["Past campaigns", "Early help"]),
        ("when=never&objective=%27%22&page=zz", ["on-now", "soon", "over"], []),
        ("page=99", ["on-now", "soon", "over"], []),
        ("page=-1&when=", ["on-now", "soon", "over"], []),
    ],
)
def test_the_list_is_narrowed_down_and_nonsense_is_passed_over(client, campaign_index, query, expected, chosen):
    make_live_page("on-now", title="on-now", **around_today(1, 1))
    make_live_page("over", title="over", **around_today(9, -5))
    make_live_page("soon", title="soon", objective=make_objective("early", "Early help"), **around_today(-5, 9))
    response = client.get(f"{campaign_index.url}?{query}")
    listing = response.context["listing"]
    assert [card.title for section in listing.parts for card in section.cards] == expected
    assert listing.chosen == chosen
    html = response.content.decode()
    assert f"<h2>{len(expected)} campaign" in html
    assert ('<a href="/campaigns/">Clear filters</a>' in html) is bool(chosen)
    assert response.cookies == {}


def test_each_choice_says_how_many_campaigns_it_leads_to(client, campaign_index):
    make_live_page("on-now", **around_today(1, 1))
    make_live_page("over", **around_today(9, -5))
    make_live_page("soon", objective=make_objective("early", "Early help"), **around_today(-5, 9))
    html = client.get(f"{campaign_index.url}?objective=prevention").content.decode()
    for option in ("On now (1)", "Coming up (0)", "Past campaigns (1)", "Prevention (2)", "Early help (1)"):
        assert f">{option}</option>" in html
    assert '<option value="prevention" selected>' in html


def test_a_long_list_has_pages_that_keep_what_was_chosen(client, campaign_index):
    for number in range(13):
        make_live_page(f"c{number:02}", title=f"C{number:02}", **around_today(1, 1))
    html = client.get(f"{campaign_index.url}?when=now").content.decode()
    assert "<h2>13 campaigns</h2>" in html
    assert 'href="?when=now&amp;page=2"' in html
    second = client.get(f"{campaign_index.url}?when=now&page=2").context["listing"]
    assert [card.title for card in second.parts[0].cards] == ["C12"]


def test_the_first_campaign_alone_shows_its_picture_so_that_no_list_is_slow(client, campaign_index):
    for number in range(20):
        add_picture(make_live_page(f"c{number:02}", title=f"C{number:02}", **around_today(9, 9 if number < 6 else -5)))
    for query in ("", "?page=2", "?when=past"):
        html = client.get(campaign_index.url + query).content.decode()
        pictures = re.findall("<img[^>]+>", html)
        assert len(pictures) == 1
        assert 'loading="eager"' in pictures[0]
        assert html.index("<img") < html.index('<div class="card-words">')


@pytest.mark.parametrize("query", ["?page=zzz", "?q=%22%22%22((", "?utm=%F0%9F"])
def test_junk_in_the_address_changes_nothing(client, campaign_index, query):
    assert client.get(campaign_index.url + query).status_code == 200


def test_a_campaign_page_tells_what_when_and_what_for(client, campaign_index):
    page = make_live_page("no-place", title="No place for hate")
    add_picture(page)
    page.body = [("quotation", {"quotation": "We stand together.", "who": "A teacher"})]
    publish_laid(page)
    response = client.get(page.url)
    words = response.content.decode()
    for expected in (
        "<h1>No place for hate</h1>",
        "Everybody knows where to turn.",
        "10 to 17 October 2026",
        "Prevention",
        'href="/indicators/"',
        'alt="Two people talking"',
        "We stand together.",
    ):
        assert expected in words
    assert response.cookies == {}


def test_a_decorative_picture_is_skipped_by_screen_readers(client, campaign_index):
    page = make_live_page()
    page.hero_image = Image.objects.create(title="Waves", file=get_test_image_file())
    page.hero_decorative = True
    page.save_revision().publish()
    assert 'alt=""' in client.get(page.url).content.decode()


def test_a_page_behind_a_password_is_in_no_list(client, campaign_index):
    page = make_live_page("kept-back", **around_today(1, 1))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="open")
    shown = make_live_page("open", **around_today(1, 1))
    assert list(live_campaign_pages()) == [shown]
    PageViewRestriction.objects.create(page=campaign_index, restriction_type=PageViewRestriction.LOGIN)
    assert list(live_campaign_pages()) == []


def test_a_draft_is_not_found(client, campaign_index):
    assert client.get(make_draft_page().url).status_code == 404


def test_a_campaign_page_is_edited_and_previewed(client, officer, campaign_index):
    page = make_draft_page()
    client.force_login(officer)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert editor.status_code == 200
    assert "Campaign no-place" in editor.content.decode()
    data = nested_form_data(
        {
            "title": "Seen before it is saved",
            "slug": "no-place",
            "summary": "What this is.",
            "body": streamfield([]),
            "versions": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
    )
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(address, data).json() == {"is_valid": True, "is_available": True}
    assert "Seen before it is saved" in client.get(address).content.decode()
    saved = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert saved.status_code == 302
    assert CampaignPage.objects.get().get_latest_revision_as_object().title == "Seen before it is saved"


def test_the_list_is_edited_and_previewed(client, officer, campaign_index):
    client.force_login(officer)
    data = nested_form_data(
        {
            "title": "What we say",
            "slug": "campaigns",
            "summary": "All of it.",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
    )
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[campaign_index.pk])
    assert client.post(address, data).json() == {"is_valid": True, "is_available": True}
    assert "What we say" in client.get(address).content.decode()
    assert client.post(reverse("wagtailadmin_pages:edit", args=[campaign_index.pk]), data).status_code == 302


def count(client, url, assert_num_queries, queries):
    """Look twice as a visitor: pictures are cut to size, and the day's count begins, at the first look."""
    browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    caches["renditions"].clear()  # sizes that an earlier test left there belong to pictures that are gone
    client.get(url, headers=browser)
    caches["renditions"].clear()
    Site.get_site_root_paths()  # Redis, where it is in use, empties its other caches with that one
    with assert_num_queries(queries):
        assert client.get(url, headers=browser).status_code == 200


@pytest.mark.parametrize("siblings", [1, 3, 50])
def test_a_campaign_page_costs_the_same_with_any_number_of_siblings(
    client, campaign_index, django_assert_num_queries, siblings
):
    page = make_live_page("no-place")
    add_picture(page)
    for number in range(siblings):
        make_live_page(f"other-{number}", **around_today(1, 1))
    count(client, page.url, django_assert_num_queries, QUERIES_OF_A_CAMPAIGN_PAGE)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_costs_the_same_with_any_number_of_campaigns(client, campaign_index, django_assert_num_queries, rows):
    for number in range(rows):
        add_picture(make_live_page(f"one-{number}", **around_today(1, 1)))
    count(client, campaign_index.url, django_assert_num_queries, QUERIES_OF_THE_LIST)
