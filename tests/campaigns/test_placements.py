"""Placements: what they may be called, where they may lead, and what the database holds."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import Page, PageViewRestriction

from campaigns.actions import ClosedCampaignError, close_campaign
from campaigns.actions.placements import add_placement, change_placement, lead_to
from campaigns.models import Placement, PlacementTarget
from core.enums import Channel
from core.models import Ward
from tests.factories.campaigns import make_live_page
from tests.factories.placements import make_placement, unsaved_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(campaign_index):
    return make_live_page()


def said(error) -> dict[str, list[str]]:
    return error.value.message_dict


@pytest.mark.parametrize("code", ["bus", "bus-42", "42-bus-hd1", "a" * 40])
def test_a_code_is_small_letters_digits_and_hyphens(page, code):
    assert make_placement(code).code == code


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "This field cannot be blank."),
        ("ab", "Give 3 to 40 characters"),
        ("a" * 41, "Ensure this value has at most 40 characters"),
        ("Bus-42", "Write small letters and digits"),
        ("bus 42", "Write small letters and digits"),
        ("bus--42", "single hyphens"),
        ("-bus", "single hyphens"),
        ("bus-", "single hyphens"),
        ("bus_42", "Write small letters and digits"),
        ("bus/42", "Write small letters and digits"),
        ("café-1", "Write small letters and digits"),
        ("bus-42\n", "Write small letters and digits"),
        ("999", "taken for something else"),
        ("report", "taken for something else"),
    ],
)
def test_a_code_that_nobody_could_say_or_that_is_reserved_is_refused(page, code, sentence):
    with pytest.raises(ValidationError) as error:
        add_placement(placement=unsaved_placement(page.campaign, code), page=page, by=None)
    assert any(sentence in told for told in said(error)["code"])
    assert not Placement.objects.exists()


def test_a_code_is_unique_over_all_campaigns(page):
    make_placement("bus-42")
    other = make_live_page("other")
    with pytest.raises(ValidationError) as error:
        add_placement(placement=unsaved_placement(other.campaign, "bus-42"), page=other, by=None)
    assert said(error)["code"] == ["Another placement already has this code. Choose one that no placement has."]


def test_a_code_is_lasting(page):
    placement = make_placement("bus-42")
    placement.code = "bus-43"
    with pytest.raises(ValidationError) as error:
        change_placement(placement=placement, by=None)
    assert "it cannot change" in said(error)["code"][0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": Channel.WEB}, "channel"),
        ({"ends": date(2026, 9, 30)}, "ends"),
        ({"copies": 0}, "copies"),
        ({"language": "xx"}, "language"),
        ({"place": ""}, "place"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(page, wrong, field):
    with pytest.raises(ValidationError) as error:
        add_placement(placement=unsaved_placement(page.campaign, **wrong), page=page, by=None)
    assert list(said(error)) == [field]
    assert not Placement.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Bus"},
        {"code": "bus--1"},
        {"code": "ab"},
        {"code": "report"},
        {"channel": "web"},
        {"channel": "pigeon"},
        {"ends": date(2026, 9, 30)},
        {"copies": 0},
    ],
)
def test_the_database_refuses_it_too(page, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        unsaved_placement(page.campaign, **{"code": "bus-42"} | wrong).save()


def test_the_database_refuses_a_target_without_a_title(page):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementTarget.objects.create(placement=make_placement(), page=page, title="")


@pytest.mark.parametrize(
    ("ward", "sentence"),
    [
        ({"valid_from": date(2026, 10, 2)}, "only from 2 October 2026"),
        ({"valid_from": date(2004, 6, 10), "valid_to": date(2026, 10, 30)}, "only until 30 October 2026"),
    ],
)
def test_a_ward_has_to_be_in_force_from_the_first_day_to_the_last(page, ward, sentence):
    dewsbury = Ward.objects.create(key="dewsbury-east", name="Dewsbury East", **ward)
    with pytest.raises(ValidationError) as error:
        add_placement(placement=unsaved_placement(page.campaign, ward=dewsbury), page=page, by=None)
    assert sentence in said(error)["ward"][0]
    lasting = Ward.objects.create(
        key="dalton", name="Dalton", valid_from=date(2026, 10, 1), valid_to=date(2026, 10, 31)
    )
    assert make_placement(ward=lasting).ward == lasting


def test_where_it_led_before_stays_on_record(page, officer):
    placement = make_placement(page=page)
    other = make_live_page("other")
    lead_to(placement=placement, page=other, by=officer)
    assert [(target.page_id, target.title, target.by) for target in placement.targets.all()] == [
        (other.pk, "Campaign other", officer),
        (page.pk, "Campaign no-place", None),
    ]


def test_leading_where_it_leads_already_adds_nothing(page):
    placement = make_placement(page=page)
    lead_to(placement=placement, page=page, by=None)
    assert placement.targets.count() == 1


def test_the_record_outlives_the_page(page):
    placement = make_placement(page=page, campaign=make_live_page("other").campaign)
    page.delete()
    assert [(target.page, target.title) for target in placement.targets.all()] == [(None, "Campaign no-place")]


def test_neither_a_campaign_nor_a_placement_with_a_record_goes(page):
    placement = make_placement(page=page)
    with pytest.raises(ProtectedError):
        placement.delete()
    page.delete()
    with pytest.raises(ProtectedError):
        placement.campaign.delete()


def test_only_a_page_of_this_site_can_be_its_goal(page):
    elsewhere = Page(title="Elsewhere", slug="elsewhere")
    Page.get_first_root_node().add_child(instance=elsewhere)
    for goal in (elsewhere, Page.get_first_root_node()):
        with pytest.raises(ValidationError) as error:
            add_placement(placement=unsaved_placement(page.campaign), page=goal, by=None)
        assert said(error) == {"page": ["A placement leads to a page of this site. Choose one of its pages."]}
    assert not Placement.objects.exists()


def test_a_page_for_some_people_cannot_be_its_goal(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    with pytest.raises(ValidationError) as error:
        add_placement(placement=unsaved_placement(page.campaign), page=page, by=None)
    assert "Only some people may read this page" in said(error)["page"][0]


def test_its_addresses_are_what_a_scanner_and_a_person_read(page):
    placement = make_placement("bus-42")
    assert placement.address == "http://testserver/go/bus-42/"
    assert placement.address_in_words == "testserver/go/bus-42"


def test_a_closed_campaign_keeps_its_placements_as_they_are(page, manager):
    placement = make_placement(page=page)
    close_campaign(campaign=page.campaign, by=manager)
    with pytest.raises(ClosedCampaignError):
        add_placement(placement=unsaved_placement(page.campaign, "bus-43"), page=page, by=manager)
    with pytest.raises(ClosedCampaignError):
        change_placement(placement=placement, by=manager)
    with pytest.raises(ClosedCampaignError):
        lead_to(placement=placement, page=make_live_page("other"), by=manager)
    assert list(Placement.objects.values_list("code", "targets__page")) == [("bus-42", page.pk)]
