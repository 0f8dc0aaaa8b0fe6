"""Campaigns in the admin."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Campaign, CampaignIndexPage, CampaignPage
from core.approvals.actions import WORKFLOW_NAME
from tests.factories.campaigns import make_draft_page, make_objective, unsaved_campaign

pytestmark = pytest.mark.django_db


def answers(**changed):
    return {
        "title": "No place for hate",
        "code": "no-place-for-hate",
        "objective": make_objective().pk,
        "aim": "Everybody knows where to turn.",
        "starts": "2026-10-10",
        "ends": "2026-10-17",
    } | changed


def add(client, **changed):
    return client.post(reverse("campaigns:add"), answers(**changed))


def problems(response):
    assert response.status_code == 200
    return dict(response.context["form"].errors)


@pytest.fixture(autouse=True)
def signed_in(client, officer):
    client.force_login(officer)


def test_making_a_campaign_makes_its_draft_page_and_leads_there(client, officer):
    response = add(client)
    page = CampaignPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.slug, page.title, page.owner) == (False, "no-place-for-hate", "No place for hate", officer)
    assert page.get_latest_revision().user == officer
    assert page.campaign.starts == date(2026, 10, 10)
    editor = client.get(response.url).content.decode()
    assert "this is the draft of its page" in editor
    assert f"Submit to {WORKFLOW_NAME}" in editor


def test_dates_the_wrong_way_round_are_refused_beside_the_field(client):
    response = add(client, ends="2026-10-01")
    assert problems(response) == {"ends": ["The last day is before the first day. Change one of the two."]}
    assert response.context["form"]["title"].value() == "No place for hate"
    assert not CampaignPage.objects.exists()


def test_a_short_name_that_a_campaign_has_is_refused(client):
    unsaved_campaign("no-place-for-hate").save()
    sentence = "Another campaign already has this short name. Choose one that no campaign has."
    assert problems(add(client)) == {"code": [sentence]}


def test_a_short_name_of_the_demonstration_is_refused(client):
    assert problems(add(client, code="Demo-week")) == {
        "code": ["“demo-” is kept for the demonstration. Begin with another word."]
    }
    assert not Campaign.objects.exists()


def test_a_short_name_that_makes_no_address_is_refused_in_plain_words(client):
    sentence = "Write letters and digits with hyphens between words, such as no-place-for-hate."
    assert problems(add(client, code="No place!")) == {"code": [sentence]}
    assert not Campaign.objects.exists()


def test_a_short_name_whose_address_a_page_has_is_refused(client):
    page = make_draft_page("other")
    page.slug = "no-place-for-hate"
    page.save()
    sentence = "Another page already stands at /campaigns/no-place-for-hate/. Choose a short name that no page has."
    assert problems(add(client)) == {"code": [sentence]}
    assert not Campaign.objects.filter(code="no-place-for-hate").exists()


def test_whatever_is_left_out_is_asked_for_by_its_name(client):
    found = problems(add(client, **dict.fromkeys(("title", "code", "objective", "aim", "starts", "ends"), "")))
    assert found["aim"] == ["Say in a sentence or two what should change, and for whom."]
    assert len(found) == 6
    assert ["This field is required."] not in found.values()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"code": "two words"}, "code"),
        ({"code": "a\0b"}, "code"),
        ({"objective": "999999"}, "objective"),
        ({"objective": ""}, "objective"),
        ({"aim": "x" * 1_000_000}, "aim"),
        ({"starts": "31 February"}, "starts"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, wrong, field):
    assert list(problems(add(client, **wrong))) == [field]


def test_without_a_list_of_campaigns_there_is_a_sentence(client):
    CampaignIndexPage.objects.get().delete()
    assert "This site has no list of campaigns yet" in problems(add(client))["__all__"][0]
    assert not Campaign.objects.exists()


def test_a_campaign_with_a_page_is_not_deleted_and_says_why(client):
    page = make_draft_page("kept")
    address = reverse("campaigns:delete", args=[page.campaign.pk])
    response = client.post(address, follow=True)
    words = response.content.decode()
    assert "cannot be deleted, because its page “Campaign kept” still exists. Delete the page first." in words
    assert Campaign.objects.filter(code="kept").exists()
    page.delete()
    client.post(address)
    assert not Campaign.objects.filter(code="kept").exists()


def test_the_list_is_searched_and_filtered(client):
    make_draft_page("autumn", starts=date(2026, 10, 1), ends=date(2026, 10, 31))
    make_draft_page(
        "spring", starts=date(2027, 3, 1), ends=date(2027, 3, 31), objective=make_objective("early", "Early")
    )
    found = {
        query: [campaign.code for campaign in client.get(reverse("campaigns:index") + query).context["object_list"]]
        for query in (
            "",
            "?q=autumn",
            "?starts_from=2027-01-01",
            f"?objective={make_objective('early').pk}",
            "?q=%22((",
        )
    }
    assert list(found.values()) == [["spring", "autumn"], ["autumn"], ["spring"], ["spring"], []]


def test_the_list_shows_the_status_of_each_page(client):
    page = make_draft_page("autumn")
    words = client.get(reverse("campaigns:index")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in words
    assert "(draft)" in words


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_any_number(client, django_assert_num_queries, rows):
    for number in range(rows):
        make_draft_page(f"one-{number}")
    client.get(reverse("campaigns:index"))
    with django_assert_num_queries(17):
        client.get(reverse("campaigns:index"))
