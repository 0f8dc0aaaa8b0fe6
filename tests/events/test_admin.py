"""The events lead at work in the admin."""

import pytest
from django.urls import reverse

from config.roles import lay_roles
from events.models import Event, EventPage, Occurrence
from tests.factories.events import make_event, make_event_page, make_events_index, make_occurrence, make_venue

pytestmark = pytest.mark.django_db

EVENT = "wagtailsnippets_events_event"
DATE = "wagtailsnippets_events_occurrence"

EVENT_FORM = {
    "title": "Open afternoon",
    "code": "open-afternoon",
    "audience": "everyone",
    "contact": "events@example.org",
    "campaign": "",
}


@pytest.fixture
def lead(client, make_user):
    make_events_index()
    lay_roles()
    client.force_login(make_user("lead", "Events leads"))
    return client


def date_form(event, **fields):
    return {
        "event": event.pk,
        "starts": "2027-06-05 12:00",
        "ends": "2027-06-05 14:00",
        "venue": "",
        "online_address": "https://example.org/join",
        "state": "scheduled",
    } | fields


def test_adding_an_event_makes_its_draft_page_and_opens_it(lead):
    response = lead.post(reverse(f"{EVENT}:add"), EVENT_FORM)
    page = EventPage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.title, page.event.code) == (False, "Open afternoon", "open-afternoon")
    editor = lead.get(response.headers["Location"]).content.decode()
    assert f"{reverse(f'{DATE}:add')}?event={page.event.pk}" in editor
    assert "Add a date" in editor
    assert "action-publish" not in editor


def test_a_short_name_of_the_demonstration_is_refused_and_what_has_one_is_still_edited(lead):
    refused = lead.post(reverse(f"{EVENT}:add"), EVENT_FORM | {"code": "demo-afternoon"}).content.decode()
    assert "“demo-” is kept for the demonstration. Begin with another word." in refused
    assert not Event.objects.exists()
    sample = make_event(code="demo-afternoon")
    lead.post(reverse(f"{EVENT}:edit", args=[sample.pk]), EVENT_FORM | {"code": "demo-afternoon"})
    assert Event.objects.get().title == "Open afternoon"


def test_without_an_events_page_an_event_is_refused_in_a_sentence(lead):
    make_events_index().delete()
    response = lead.post(reverse(f"{EVENT}:add"), EVENT_FORM)
    assert "This site has no events page yet" in response.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("asked", ["", "banana", "0", "99999"])
def test_the_form_for_a_date_opens_whatever_the_address_says(lead, asked):
    assert lead.get(reverse(f"{DATE}:add"), {"event": asked}).status_code == 200


def test_a_date_is_added_on_british_clocks(lead):
    event = make_event()
    assert lead.get(reverse(f"{DATE}:add"), {"event": event.pk}).status_code == 200
    lead.post(reverse(f"{DATE}:add"), date_form(event))
    assert Occurrence.objects.get().when == "Saturday 5 June 2027, 12pm to 2pm"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends": "2027-06-05 11:00"}, "This is not after the start. Give a later time."),
        ({"starts": "2027-03-28 01:30"}, "The clocks go forward that night, so 01:30 never comes."),
        ({"online_address": ""}, "Choose a venue, or give the address where people join online."),
    ],
)
def test_a_wrong_date_is_refused_in_a_sentence(lead, fields, sentence):
    response = lead.post(reverse(f"{DATE}:add"), date_form(make_event(), **fields))
    assert sentence in response.content.decode()
    assert not Occurrence.objects.exists()


def test_cancelling_a_date_raises_its_sequence(lead):
    date = make_occurrence(make_event_page().event, online_address="https://example.org/join")
    address = reverse(f"{DATE}:edit", args=[date.pk])
    lead.post(address, date_form(date.event, state="cancelled"))
    date.refresh_from_db()
    assert (date.state, date.sequence) == ("cancelled", 1)


def test_the_lists_are_searched(lead):
    make_occurrence(make_event(title="Picnic"), venue=make_venue(name="Park"))
    make_occurrence(make_event(title="Talk"), venue=make_venue(name="Hall"))
    for viewset, asked, other in ((EVENT, "Picnic", "Talk"), (DATE, "Park", "Hall")):
        response = lead.get(reverse(f"{viewset}:list_results"), {"q": asked})
        assert asked in response.content.decode()
        assert other not in response.content.decode()
