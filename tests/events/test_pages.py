"""The list of events and the page of an event, as visitors meet them."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from events.actions import amend
from events.enums import Audience, State
from events.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories.events import make_event, make_event_page, make_events_index, make_occurrence

pytestmark = pytest.mark.django_db

JOIN = "https://example.org/join"


def titles(response):
    return [date.title for date in response.context["page_obj"]]


def make_shown(title, days=7, audience=Audience.EVERYONE, **fields):
    event = make_event(title=title, audience=audience)
    make_event_page(event)
    return make_occurrence(event, starts=timezone.now() + timedelta(days=days), **fields)


def test_the_pages_stand_where_they_belong():
    assert EventIndexPage.allowed_parent_page_models() == [HomePage]
    assert EventIndexPage.allowed_subpage_models() == [EventPage]
    assert EventPage.allowed_parent_page_models() == [EventIndexPage]
    assert EventPage.allowed_subpage_models() == []
    assert EventIndexPage.max_count == 1


def test_the_list_shows_what_is_coming_soonest_first_and_the_past_apart(client):
    make_shown("Later", days=20)
    make_shown("Sooner", days=2)
    make_shown("Over", days=-20)
    make_event_page(make_occurrence().event, live=False)
    address = make_events_index().url
    response = client.get(address)
    assert titles(response) == ["Sooner", "Later"]
    assert not response.cookies
    assert titles(client.get(f"{address}?when=past")) == ["Over"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("audience=families", ["Picnic"]),
        ("where=online", ["Talk"]),
        ("where=in-person", ["Picnic", "Walk"]),
        ("audience=families&where=online", []),
        ("audience=banana&where=moon&when=never&page=zz", ["Picnic", "Talk", "Walk"]),
        ("page=99", ["Picnic", "Talk", "Walk"]),
    ],
)
def test_choices_narrow_the_list_and_nonsense_is_passed_over(client, query, expected):
    make_shown("Picnic", days=1, audience=Audience.FAMILIES)
    make_shown("Talk", days=2, online_address=JOIN)
    make_shown("Walk", days=3)
    response = client.get(f"{make_events_index().url}?{query}")
    assert response.status_code == 200
    assert titles(response) == expected


def test_each_choice_says_how_many_dates_it_leads_to_and_can_be_cleared(client):
    make_shown("Picnic", days=1, audience=Audience.FAMILIES)
    make_shown("Talk", days=2, online_address=JOIN)
    make_shown("Walk", days=3)
    html = client.get(f"{make_events_index().url}?audience=everyone").content.decode()
    for option in ("Everyone (2)", "Families (1)", "Young people (0)", "In person (1)", "Online (1)"):
        assert f">{option}</option>" in html
    assert "2 dates coming up</h2>" in html
    assert '<strong>Everyone</strong> <a href="/events/">Clear filters</a>' in html
    past = client.get(f"{make_events_index().url}?audience=everyone&when=past").content.decode()
    assert "0 past dates</h2>" in past
    assert '<a href="/events/?when=past">Clear filters</a>' in past


def queries_of(client, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(100) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_takes_as_many_queries_for_three_dates_as_for_one(client, django_assert_max_num_queries):
    make_shown("One")
    address = make_events_index().url
    one = queries_of(client, django_assert_max_num_queries, address)
    make_shown("Two")
    make_shown("Three")
    assert queries_of(client, django_assert_max_num_queries, address) == one
    assert one == 14


def test_an_event_page_shows_its_dates_and_a_cancelled_one_as_cancelled(client):
    standing = make_shown("Open afternoon")
    page = EventPage.objects.get()
    cancelled = make_occurrence(page.event, state=State.CANCELLED)
    make_occurrence(page.event, starts=timezone.now() - timedelta(days=9))
    text = client.get(page.url).content.decode()
    assert standing.when in text
    assert page.calendar_address(standing) in text
    assert f"Cancelled: <s>{cancelled.when}</s>" in text
    assert page.calendar_address(cancelled) not in text
    assert "Past dates" in text
    assert "HD1 2TT" in text


def test_the_way_into_an_online_date_goes_when_it_is_called_off(client):
    date = make_shown("Talk", online_address=JOIN)
    page = EventPage.objects.get()
    assert JOIN in client.get(page.url).content.decode()
    date.state = State.POSTPONED
    amend(occurrence=date)
    assert JOIN not in client.get(page.url).content.decode()


def test_a_draft_can_be_previewed():
    page = make_event_page(live=False)
    make_occurrence(page.event)
    response = page.make_preview_request(RequestFactory().get("/"), "")
    response.render()
    assert "When and where" in response.content.decode()
