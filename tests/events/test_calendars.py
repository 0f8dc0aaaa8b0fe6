"""Calendar files, read back by icalendar."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.actions import amend
from events.enums import State
from tests.factories.events import make_event, make_event_page, make_occurrence, make_venue

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
FEED = "/events/calendar.ics"


def next_sunday(month, hour):
    """Return 18:00 in Britain on the last Sunday of the month of next year."""
    last = datetime(timezone.now().year + 1, month, 31, hour, tzinfo=LONDON)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def entries(content):
    return Calendar.from_ical(content).events


@pytest.fixture
def shown():
    page = make_event_page(make_event(title="Open afternoon"), title="Open afternoon", slug="open-afternoon")
    return page, make_occurrence(page.event, venue=make_venue(name="Town Hall"))


def address(page, occurrence):
    return reverse("events:occurrence", args=[page.slug, occurrence.uuid])


def test_one_date_is_a_valid_calendar_in_british_time(client, shown):
    page, occurrence = shown
    response = client.get(address(page, occurrence))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="open-afternoon.ics"'
    whole = Calendar.from_ical(response.content)
    assert [zone["tzid"] for zone in whole.walk("VTIMEZONE")] == ["Europe/London"]
    (entry,) = whole.events
    assert entry["uid"] == f"{occurrence.uuid}@testserver"
    assert entry["dtstart"].params["TZID"] == "Europe/London"
    assert entry["dtstart"].dt == occurrence.starts
    assert entry["dtend"].dt == occurrence.ends
    assert entry["dtstamp"].dt == entry["last-modified"].dt == occurrence.modified.replace(microsecond=0)
    assert (entry["sequence"], entry["status"], entry["summary"]) == (0, "CONFIRMED", "Open afternoon")
    assert entry["location"] == "Town Hall, 1 High Street, Huddersfield, HD1 2TT"
    assert entry["url"] == "http://testserver/events/open-afternoon/"


@pytest.mark.parametrize(("month", "offset"), [(3, 1), (10, 0)])
def test_six_in_the_evening_stays_six_after_the_clocks_change(client, shown, month, offset):
    page, _ = shown
    occurrence = make_occurrence(page.event, starts=next_sunday(month, 18))
    (entry,) = entries(client.get(address(page, occurrence)).content)
    assert entry["dtstart"].dt.hour == 18
    assert entry["dtstart"].dt.utcoffset() == timedelta(hours=offset)
    zone = next(iter(Calendar.from_ical(client.get(FEED).content).walk("VTIMEZONE"))).to_tz(lookup_tzid=False)
    assert occurrence.starts.astimezone(zone).strftime("%H:%M %z") == f"18:00 +0{offset}00"


def test_the_bytes_stay_the_same_until_something_changes(client, shown):
    _, occurrence = shown
    first = client.get(FEED)
    assert client.get(FEED).content == first.content
    assert client.get(FEED, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    occurrence.starts += timedelta(hours=1)
    occurrence.ends += timedelta(hours=1)
    amend(occurrence=occurrence)
    second = client.get(FEED, headers={"if-none-match": first.headers["ETag"]})
    assert second.status_code == 200
    (entry,) = entries(second.content)
    assert (entry["sequence"], entry["uid"]) == (1, f"{occurrence.uuid}@testserver")


@pytest.mark.parametrize(("state", "summary"), [(State.CANCELLED, "Cancelled"), (State.POSTPONED, "Postponed")])
def test_a_date_called_off_stays_in_the_feed_as_cancelled(client, shown, state, summary):
    _, occurrence = shown
    occurrence.state = state
    amend(occurrence=occurrence)
    (entry,) = entries(client.get(FEED).content)
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)
    assert entry["summary"] == f"{summary}: Open afternoon"


def test_the_feed_holds_what_is_coming_and_live(client, shown):
    page, occurrence = shown
    now = datetime.now(UTC).replace(microsecond=0)
    make_occurrence(page.event, starts=now - timedelta(days=2))
    make_occurrence(make_event_page(live=False).event)
    make_occurrence()
    online = make_occurrence(page.event, starts=now + timedelta(days=30), online_address="https://example.org/join")
    found = entries(client.get(FEED).content)
    assert [entry["uid"] for entry in found] == [f"{occurrence.uuid}@testserver", f"{online.uuid}@testserver"]
    assert found[1]["location"] == "https://example.org/join"


def test_a_feed_of_nothing_is_still_a_calendar(client, db):
    assert entries(client.get(FEED).content) == []


def test_a_date_of_an_unpublished_page_or_at_a_wrong_address_is_404(client, shown):
    page, occurrence = shown
    other = make_event_page()
    assert client.get(address(other, occurrence)).status_code == 404
    assert client.get(reverse("events:occurrence", args=[page.slug, uuid.uuid4()])).status_code == 404
    page.unpublish()
    assert client.get(address(page, occurrence)).status_code == 404
