"""The demonstration's events."""

import pytest
from django.utils import timezone

from events import demo
from events.enums import State
from events.models import Event, EventPage, Occurrence, Venue
from events.queries import coming_occurrences
from tests.factories.events import make_event_page, make_events_index, make_occurrence, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    return make_events_index()


def load():
    steps = []
    demo.load(steps.append)
    return steps


def test_three_sample_events_are_coming_one_date_cancelled_one_online(client):
    assert len(load()) == 3
    coming = coming_occurrences()
    assert [date.occurrence.starts > timezone.now() for date in coming] == [True] * 5
    assert {date.title for date in coming} == {event.title for event in demo.EVENTS}
    assert [date.occurrence.state for date in coming].count(State.CANCELLED) == 1
    assert [date.occurrence.place for date in coming].count("Online") == 1
    for page in EventPage.objects.all():
        text = client.get(page.url).content.decode()
        assert "Sample data" in text
        assert "Sample event." in text


def test_loading_twice_changes_nothing():
    load()
    before = list(Occurrence.objects.values())
    load()
    assert list(Occurrence.objects.values()) == before


def test_removing_leaves_what_the_council_made():
    own = make_occurrence(make_event_page().event, venue=make_venue(name="Batley Town Hall", address="Market Place"))
    load()
    demo.remove()
    assert list(Event.objects.all()) == [own.event]
    assert list(Venue.objects.all()) == [own.venue]
