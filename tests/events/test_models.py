"""What the database holds about events, and the form for a date."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from events.actions import amend
from events.forms import BritishDateTimeField
from events.models import Event, Occurrence
from tests.factories.events import make_event, make_occurrence, make_venue

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 6, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends": NOON}, "occurrence_ends_after_it_starts"),
        ({"online_address": "https://example.org/"}, "occurrence_at_a_venue_or_online"),
        ({"venue": None}, "occurrence_at_a_venue_or_online"),
        ({"state": "lost"}, "occurrence_state_known"),
        ({"modified": datetime(2020, 1, 1, tzinfo=UTC)}, "occurrence_modified_after_created"),
    ],
)
def test_the_database_refuses_a_wrong_date(fields, constraint):
    date = make_occurrence(starts=NOON)
    with pytest.raises(IntegrityError, match=constraint):
        Occurrence.objects.filter(pk=date.pk).update(**fields)


@pytest.mark.parametrize("place", ["venue", "online"])
def test_the_database_refuses_a_date_entered_twice(place):
    where = {"venue": make_venue()} if place == "venue" else {"online_address": "https://example.org/"}
    date = make_occurrence(starts=NOON, **where)
    with pytest.raises(IntegrityError):
        Occurrence.objects.create(event=date.event, starts=NOON, ends=NOON + timedelta(hours=1), **where)


def test_the_database_refuses_an_event_without_code_or_for_an_unknown_audience():
    with pytest.raises(IntegrityError, match="event_audience_known"):
        make_event(audience="cats")


def test_the_database_refuses_an_event_without_a_code():
    with pytest.raises(IntegrityError, match="event_has_a_code"):
        make_event(code="")


def test_the_database_refuses_a_venue_without_a_name():
    with pytest.raises(IntegrityError, match="venue_has_a_name"):
        make_venue(name="")


def test_an_event_with_dates_and_a_venue_in_use_cannot_be_deleted():
    date = make_occurrence()
    for row in (date.event, date.venue):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends": NOON - timedelta(hours=1)}, "ends"),
        ({"venue": None}, "venue"),
        ({"online_address": "https://example.org/"}, "online_address"),
    ],
)
def test_a_wrong_date_is_refused_beside_its_field(change, field):
    date = make_occurrence(starts=NOON)
    for name, value in change.items():
        setattr(date, name, value)
    with pytest.raises(ValidationError) as refusal:
        date.clean()
    assert list(refusal.value.message_dict) == [field]


def test_saving_a_date_unchanged_tells_calendars_nothing():
    date = make_occurrence(starts=NOON)
    before = date.modified
    amend(occurrence=date)
    date.refresh_from_db()
    assert (date.sequence, date.modified) == (0, before)


@pytest.mark.parametrize(
    "change", [{"starts": NOON - timedelta(hours=1)}, {"ends": NOON + timedelta(hours=5)}, {"state": "cancelled"}]
)
def test_a_change_of_time_or_state_raises_the_sequence_once(change):
    date = make_occurrence(starts=NOON)
    before = date.modified
    for name, value in change.items():
        setattr(date, name, value)
    amend(occurrence=date)
    date.refresh_from_db()
    assert date.sequence == 1
    assert date.modified > before


def test_a_change_of_place_raises_the_sequence_once():
    date = make_occurrence(starts=NOON)
    date.venue = make_venue()
    assert amend(occurrence=date).sequence == 1


def test_a_date_says_when_in_british_time():
    assert make_occurrence(starts=NOON).when == "Saturday 5 June 2027, 12pm to 2pm"
    assert make_occurrence(starts=datetime(2027, 1, 5, 22, 30, tzinfo=UTC)).when == (
        "Tuesday 5 January 2027, 10.30pm to Wednesday 6 January 2027, 12.30am"
    )


def test_the_hour_that_is_skipped_in_march_is_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="The clocks go forward that night, so 01:30 never comes"):
        BritishDateTimeField().clean("2027-03-28 01:30")


def test_of_the_hours_that_repeat_in_october_the_first_is_meant():
    assert BritishDateTimeField().clean("2027-10-31 01:30").astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_time_is_read_on_british_clocks_whatever_the_editors_own():
    from django.utils import timezone

    with timezone.override("Asia/Karachi"):
        assert BritishDateTimeField().clean("2027-06-05 12:00").astimezone(UTC) == NOON
        assert BritishDateTimeField().prepare_value(NOON).hour == 12
