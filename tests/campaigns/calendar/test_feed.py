"""The calendar as a feed: by a personal key, in the time of Britain, without names of people."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from campaigns.actions.calendar import end_feed_key, make_feed_key
from campaigns.models import FeedKey
from core.privacy import purge_all
from events.enums import State
from tests.factories.calendar import decided, make_entry, make_period
from tests.factories.campaigns import make_draft_page
from tests.factories.events import make_event, make_occurrence, make_venue

pytestmark = pytest.mark.django_db

FEED = "/admin/campaigns/calendar.ics"
SUBSCRIBE = reverse("campaign_calendar_subscribe")
NOVEMBER = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def key(officer):
    """Return an officer's key."""
    return make_feed_key(user=officer)


def entries(response) -> dict[str, dict]:
    assert response.status_code == 200
    return {str(entry["summary"]): entry for entry in Calendar.from_ical(response.content).walk("VEVENT")}


def test_an_address_is_shown_once_and_read_without_signing_in(client, officer):
    client.force_login(officer)
    assert "You have no address yet." in client.get(SUBSCRIBE).content.decode()
    made = client.post(SUBSCRIBE, {"make": ""})
    assert "no-store" in made.headers["Cache-Control"]
    address = re.search(r'value="[^"]*(/admin/campaigns/calendar\.ics\?key=[\w-]{43})"', made.content.decode()).group(1)
    assert address.split("=")[1] not in client.get(SUBSCRIBE).content.decode()
    client.logout()
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response.headers["Cache-Control"]
    assert not response.cookies


def test_only_a_digest_of_the_key_is_kept(key):
    assert key not in str(FeedKey.objects.values().get())
    assert len(FeedKey.objects.get().digest) == 64


@pytest.mark.parametrize("wrong", ["", "?key=", "?key=x", "?key=é", "?key=" + "a" * 5000])
def test_another_key_opens_nothing(client, key, wrong):
    assert client.get(FEED + wrong).status_code == 404


def test_a_new_address_ends_the_old_one_and_an_ended_one_gives_nothing(client, officer, key):
    client.force_login(officer)
    client.post(SUBSCRIBE, {"make": ""})
    assert client.get(FEED, {"key": key}).status_code == 404
    other = make_feed_key(user=officer)
    assert client.get(FEED, {"key": other}).status_code == 200
    client.post(SUBSCRIBE, {"end": ""})
    assert client.get(FEED, {"key": other}).status_code == 404
    end_feed_key(user=officer)


def test_a_key_opens_nothing_once_its_owner_may_not_see_the_calendar(client, officer, key):
    officer.groups.clear()
    assert client.get(FEED, {"key": key}).status_code == 404


def test_a_key_opens_nothing_once_the_account_is_switched_off_and_goes_with_the_next_purge(client, officer, key):
    officer.is_active = False
    officer.save()
    assert client.get(FEED, {"key": key}).status_code == 404
    purge_all(timezone.now())
    assert not FeedKey.objects.exists()


def test_a_key_that_nobody_used_for_a_year_goes(officer, manager, key):
    make_feed_key(user=manager)
    year_ago = timezone.now() - timedelta(days=366)
    FeedKey.objects.filter(user=officer).update(made=year_ago)
    FeedKey.objects.filter(user=manager).update(made=year_ago, last_used=timezone.localdate())
    purge_all(timezone.now())
    assert [one.user for one in FeedKey.objects.all()] == [manager]


def test_somebody_sees_when_their_calendar_last_asked(client, officer, key):
    client.get(FEED, {"key": key})
    assert FeedKey.objects.get().last_used
    client.force_login(officer)
    assert "A calendar last asked for it on" in client.get(SUBSCRIBE).content.decode()


@time_machine.travel(NOVEMBER, tick=False)
def test_hours_stand_on_the_clocks_of_britain_through_both_changes(client, key):
    evenings = [(2026, 10, 24, 17), (2026, 10, 26, 18), (2027, 3, 27, 18), (2027, 3, 29, 17)]  # 18:00 in Britain
    for number, moment in enumerate(evenings):
        make_occurrence(make_event(title=f"Evening {number}"), starts=datetime(*moment, tzinfo=UTC))
    response = client.get(FEED, {"key": key})
    found = [entry for name, entry in sorted(entries(response).items()) if "Evening" in name]
    assert [entry["dtstart"].params["TZID"] for entry in found] == ["Europe/London"] * 4
    assert [f"{entry['dtstart'].dt:%H:%M}" for entry in found] == ["18:00"] * 4
    assert [entry["dtstart"].dt.utcoffset().seconds for entry in found] == [3600, 0, 0, 3600]
    assert response.content.count(b"BEGIN:VTIMEZONE") == 1


@time_machine.travel(NOVEMBER, tick=False)
def test_whole_days_end_with_the_day_after_as_calendars_count(client, key):
    make_draft_page(starts=date(2027, 3, 20), ends=date(2027, 3, 28))
    entry = entries(client.get(FEED, {"key": key}))["Campaign: Campaign no-place"]
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (date(2027, 3, 20), date(2027, 3, 29))
    assert entry["transp"] == "TRANSPARENT"


@time_machine.travel(NOVEMBER, tick=False)
def test_it_says_what_clashes_and_what_was_called_off_and_names_nobody(client, key, manager):
    manager.first_name, manager.last_name = "Martha", "Manager"
    manager.save()
    make_draft_page(starts=date(2027, 3, 20), ends=date(2027, 3, 28))
    off = {"starts": datetime(2027, 3, 21, 9, tzinfo=UTC), "state": State.CANCELLED}
    make_occurrence(make_event(title="Off"), venue=make_venue(name="Batley Town Hall"), **off)
    period = make_period(date(2027, 3, 25))
    decided(period, make_entry(date(2027, 3, 25), key="another"), manager, reason="A reason to keep inside.")
    response = client.get(FEED, {"key": key})
    found = entries(response)
    assert "nobody has decided that it may" in found["Campaign: Campaign no-place"]["description"]
    assert found["Event: Off, Batley Town Hall"]["status"] == "CANCELLED"
    text = response.content.decode()
    for word in ("Martha", "martha", "olive", "A reason to keep inside"):
        assert word not in text


@time_machine.travel(NOVEMBER, tick=False)
def test_the_bytes_stay_through_a_day_and_names_for_good(client, key):
    make_draft_page(starts=date(2027, 3, 20), ends=date(2027, 3, 28))
    first = client.get(FEED, {"key": key})
    again = client.get(FEED, {"key": key}, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with time_machine.travel(NOVEMBER + timedelta(days=1), tick=False):
        later = client.get(FEED, {"key": key})
    assert later.content != first.content
    uids = [{str(entry["uid"]) for entry in entries(one).values()} for one in (first, later)]
    assert uids[0] == uids[1]
    assert all(re.fullmatch(r"[0-9a-f-]{36}@[\w.]+", uid) for uid in uids[0])


def test_the_feed_asks_as_much_for_three_of_everything_as_for_one(client, key, django_assert_num_queries):
    client.get(FEED, {"key": key})
    for number in (1, 2, 3):
        day = timezone.localdate() + timedelta(days=number)
        make_draft_page(f"more-{number}", starts=day, ends=day)
        make_occurrence()
        make_period(day, name=f"Period {number}")
        if number != 2:
            with django_assert_num_queries(16):
                client.get(FEED, {"key": key})


def test_the_database_refuses_a_second_key_and_one_without_a_digest(officer, manager, key):
    for wrong in ({"user": officer, "digest": "x"}, {"user": manager, "digest": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeedKey.objects.create(**wrong)
