"""Placements in the admin: listed, added, changed, led elsewhere and printed."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import Page

from campaigns.actions import close_campaign
from campaigns.models import Placement, PlacementTarget
from core.models import Ward
from core.printing import CannotPrintError
from reach.actions import add
from tests.campaigns.scanning import read
from tests.factories.campaigns import make_live_page
from tests.factories.placements import make_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(campaign_index, client, officer):
    client.force_login(officer)
    return make_live_page()


@pytest.fixture
def campaign(page):
    return page.campaign


def at(name, row, *more):
    return reverse(f"campaigns:{name}", args=[row.pk, *more])


def answers(goal, /, **changed):
    return {
        "title": "Poster in Dewsbury bus station",
        "code": "bus-42",
        "channel": "outdoor",
        "language": "en",
        "place": "Stand 4",
        "ward": "",
        "starts": "2026-10-01",
        "ends": "2026-10-31",
        "copies": "2",
        "page": goal.pk,
    } | changed


ARRIVED = {"day": date(2026, 10, 6), "page_key": "x", "metric": "arrivals", "channel": "outdoor"}


def words(response):
    return " ".join(response.content.decode().split())


def test_adding_a_placement_leads_to_it_with_its_short_address(client, page, campaign, officer):
    response = client.post(at("add_placement", campaign), answers(page, code=" Bus-42 "), follow=True)
    placement = Placement.objects.get()
    assert response.redirect_chain == [(at("placement", placement), 302)]
    assert (placement.code, placement.copies, placement.campaign) == ("bus-42", 2, campaign)
    assert [(target.page_id, target.by) for target in placement.targets.all()] == [(page.pk, officer)]
    assert "Its short address is testserver/go/bus-42." in words(response)
    assert client.get("/go/bus-42/").headers["Location"] == "/campaigns/no-place/"


def test_a_new_form_proposes_the_campaigns_days_and_page(client, page, campaign):
    form = client.get(at("add_placement", campaign)).context["form"]
    assert (form["starts"].value(), form["ends"].value(), form["page"].value()) == (
        campaign.starts,
        campaign.ends,
        page.pk,
    )


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": ""}, "title", "Give it a name that staff know it by"),
        ({"code": ""}, "code", "Give it a code, such as bus-42."),
        ({"code": "b"}, "code", "Give 3 to 40 characters, such as bus-42."),
        ({"code": "two words"}, "code", "Write small letters and digits"),
        ({"code": "x" * 1_000}, "code", "at most 40 characters"),
        ({"code": "report"}, "code", "would be taken for something else"),
        ({"code": "demo-42"}, "code", "“demo-” is kept for the demonstration."),
        ({"code": "https://elsewhere.example/"}, "code", "Write small letters and digits"),
        ({"channel": "web"}, "channel", "Select a valid choice"),
        ({"channel": ""}, "channel", "Choose how people come across it."),
        ({"language": "xx"}, "language", "Select a valid choice"),
        ({"place": ""}, "place", "Say where it hangs"),
        ({"ends": "2026-09-30"}, "ends", "The last day is before the first day. Change one of the two."),
        ({"starts": "31 February"}, "starts", "Enter a valid date"),
        ({"copies": "0"}, "copies", "Plan one copy or more"),
        ({"copies": "-3"}, "copies", "Plan one copy or more"),
        ({"ward": "999999"}, "ward", "Select a valid choice"),
        ({"page": ""}, "page", "Choose the page that it leads to."),
        ({"page": "999999"}, "page", "This page is not there any more."),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_half_saved(client, campaign, wrong, field, sentence):
    response = client.post(at("add_placement", campaign), answers(campaign.pages.get(), **wrong))
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    assert response.context["form"]["title"].value() == wrong.get("title", "Poster in Dewsbury bus station")
    assert not Placement.objects.exists()
    assert not PlacementTarget.objects.exists()


def test_a_code_that_is_taken_is_refused(client, page, campaign):
    make_placement("bus-42", campaign=make_live_page("other").campaign)
    errors = client.post(at("add_placement", campaign), answers(page)).context["form"].errors
    assert errors == {"code": ["Another placement already has this code. Choose one that no placement has."]}


def test_somebody_who_was_quicker_by_a_moment_is_told_of_beside_the_code(client, page, campaign, monkeypatch):
    make_placement("bus-42")
    monkeypatch.setattr(Placement, "full_clean", lambda self, **_: None)
    monkeypatch.setattr(Placement, "validate_unique", lambda self, **_: None)
    response = client.post(at("add_placement", campaign), answers(page))
    assert response.context["form"].errors == {
        "code": ["Another placement has just taken this code. Choose another one."]
    }
    assert Placement.objects.count() == 1


def test_a_ward_that_was_not_there_on_all_its_days_is_refused(client, page, campaign):
    ward = Ward.objects.create(
        key="dalton-2004", name="Dalton", valid_from=date(2004, 6, 10), valid_to=date(2026, 5, 6)
    )
    errors = client.post(at("add_placement", campaign), answers(page, ward=ward.pk)).context["form"].errors
    assert "Dalton had these borders only until 6 May 2026." in errors["ward"][0]


def test_a_page_of_another_site_is_no_goal(client, page, campaign):
    elsewhere = Page.get_first_root_node().add_child(instance=Page(title="Elsewhere", slug="elsewhere"))
    errors = client.post(at("add_placement", campaign), answers(elsewhere)).context["form"].errors
    assert errors == {"page": ["A placement leads to a page of this site. Choose one of its pages."]}
    assert not Placement.objects.exists()


@pytest.mark.parametrize("typed", ["https://elsewhere.example/", "//elsewhere.example/", "/campaigns/", "9" * 30, "²"])
def test_an_address_typed_in_place_of_a_page_is_refused_beside_the_field(client, page, campaign, typed):
    response = client.post(at("add_placement", campaign), answers(page, page=typed))
    assert response.status_code == 422
    assert response.context["form"].errors == {"page": ["Choose the page that it leads to."]}
    assert response.context["form"]["title"].value() == "Poster in Dewsbury bus station"
    assert not Placement.objects.exists()


def test_changing_a_placement_leaves_its_code_and_where_it_leads(client, page):
    placement = make_placement(page=page)
    other = make_live_page("other")
    sent = answers(other, title="Poster at stand 5", code="bus-43")
    client.post(at("change_placement", placement), sent)
    placement.refresh_from_db()
    assert (placement.title, placement.code, placement.targets.get().page_id) == (
        "Poster at stand 5",
        "bus-42",
        page.pk,
    )


def test_leading_elsewhere_keeps_the_history_on_the_page(client, page, officer):
    placement = make_placement(page=page)
    other = make_live_page("other")
    response = client.post(at("lead_placement", placement), {"page": other.pk}, follow=True)
    assert "leads to “Campaign other” from now on" in words(response)
    assert [target.title for target in response.context["placement"].targets.all()] == [
        "Campaign other",
        "Campaign no-place",
    ]
    assert client.get("/go/bus-42/").headers["Location"] == "/campaigns/other/"


def test_the_list_says_where_each_leads_now_and_how_many_arrived(client, page, campaign):
    other = make_live_page("other")
    make_placement("bus-42", page=other, campaign=campaign)
    make_placement("post-1", page=page)
    for code, quantity in (("bus-42", 12), ("post-1", 3)):
        add(
            day=date(2026, 10, 5),
            page_key="x",
            metric="arrivals",
            channel="outdoor",
            placement_code=code,
            quantity=quantity,
        )
    other.unpublish()
    response = client.get(at("placements", campaign))
    rows = {row["placement"].code: row for row in response.context["rows"]}
    assert {code: (row["arrivals"].quantity, row["way"].is_chosen) for code, row in rows.items()} == {
        "bus-42": (12, False),
        "post-1": (3, True),
    }
    assert "Campaign no-place</bdi>, for now: “Campaign other” cannot be read by everybody at the moment" in words(
        response
    )
    other.delete()
    assert "Campaign no-place</bdi>, for now: “Campaign other” was deleted" in words(
        client.get(at("placements", campaign))
    )


def test_sample_arrivals_are_never_mixed_with_counted_ones(client, page):
    placement = make_placement()
    add(**ARRIVED, placement_code="bus-42", quantity=40, is_sample=True)
    assert "Arrivals (Sample data)" in words(client.get(at("placement", placement)))
    add(**ARRIVED, placement_code="bus-42", quantity=3)
    response = client.get(at("placement", placement))
    assert response.context["weeks"] == [(date(2026, 10, 5), 3)]
    assert "Sample data" not in words(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_any_number(client, page, campaign, django_assert_num_queries, rows):
    for number in range(rows):
        make_placement(f"bus-{number}", page=make_live_page(f"goal-{number}"), campaign=campaign)
    client.get(at("placements", campaign))
    with django_assert_num_queries(19):
        client.get(at("placements", campaign))


@pytest.mark.zbar
def test_the_codes_come_as_files(client, page):
    placement = make_placement()
    for kind, media_type in (("svg", "image/svg+xml"), ("png", "image/png"), ("pdf", "application/pdf")):
        response = client.get(at("placement_code", placement, kind))
        assert (response.status_code, response.headers["Content-Type"]) == (200, media_type)
        assert f'filename="bus-42.{kind}"' in response.headers["Content-Disposition"]
    picture = Image.open(BytesIO(client.get(at("placement_code", placement, "png")).content))
    assert read(picture) == ["http://testserver/go/bus-42/"]
    assert client.get(at("placement_code", placement, "gif")).status_code == 404


def test_labels_come_as_a_sheet_of_a_size_that_there_is(client, page):
    placement = make_placement()
    response = client.get(at("placement_labels", placement, 21))
    assert response.content.startswith(b"%PDF")
    assert client.get(at("placement_labels", placement, 22)).status_code == 404


def test_a_machine_that_cannot_print_says_so(client, page, monkeypatch):
    def cannot(*_):
        raise CannotPrintError("This machine cannot make PDF files.")

    monkeypatch.setattr("campaigns.staff_views.placements.labels_pdf", cannot)
    response = client.get(at("placement_labels", make_placement(), 21), follow=True)
    assert "This machine cannot make PDF files." in words(response)


def test_a_closed_campaign_offers_no_change_and_refuses_one_in_a_sentence(client, page, campaign, officer):
    placement = make_placement(page=page)
    close_campaign(campaign=campaign, by=officer)
    assert at("add_placement", campaign) not in words(client.get(at("placements", campaign)))
    shown = words(client.get(at("placement", placement)))
    assert at("change_placement", placement) not in shown
    assert at("lead_placement", placement) not in shown
    for address, sent in (
        (at("add_placement", campaign), answers(page, code="bus-43")),
        (at("change_placement", placement), answers(page, title="Another")),
        (at("lead_placement", placement), {"page": make_live_page("other").pk}),
    ):
        opened, response = client.get(address, follow=True), client.post(address, sent)
        assert opened.redirect_chain
        assert response.status_code == 422
        for refused in (opened, response):
            assert "so nothing of it can be changed" in words(refused)
    assert list(Placement.objects.values_list("title", "targets__page")) == [("Placement bus-42", page.pk)]


PLACES = [
    ("placements", "campaign"),
    ("add_placement", "campaign"),
    ("placement", "placement"),
    ("change_placement", "placement"),
    ("lead_placement", "placement"),
]


@pytest.mark.parametrize(("role", "status"), [("Communications managers", 200), ("Survey analysts", 302), ("", 302)])
def test_only_those_who_run_campaigns_come_here(client, make_user, campaign, role, status):
    placement = make_placement()
    client.force_login(make_user("someone", *filter(None, [role])))
    rows = {"campaign": campaign, "placement": placement}
    found = [client.get(at(name, rows[of])).status_code for name, of in PLACES]
    found.append(client.get(at("placement_code", placement, "svg")).status_code)
    assert found == [status] * 6
