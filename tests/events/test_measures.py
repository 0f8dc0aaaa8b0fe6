"""Events held as a measure."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from indicators.registry import measures
from tests.factories.events import make_event, make_occurrence

pytestmark = pytest.mark.django_db


def read(**parameters):
    readings = measures["events.held"].read(parameters)
    return [(r.period_start, r.value, r.marker, r.is_sample) for r in readings]


@time_machine.travel("2027-05-10 12:00", tick=False)
def test_what_is_over_and_went_ahead_counts_by_period():
    event = make_event()
    make_occurrence(event, starts=datetime(2027, 2, 1, 12, tzinfo=UTC))
    make_occurrence(event, starts=datetime(2027, 2, 2, 12, tzinfo=UTC))
    make_occurrence(event, starts=datetime(2027, 2, 3, 12, tzinfo=UTC), state="cancelled")
    make_occurrence(event, starts=datetime(2027, 2, 4, 12, tzinfo=UTC), state="postponed")
    make_occurrence(event, starts=datetime(2027, 5, 1, 12, tzinfo=UTC))
    make_occurrence(event, starts=datetime(2027, 5, 20, 12, tzinfo=UTC))
    assert read() == [(date(2027, 1, 1), 2.0, "", False), (date(2027, 4, 1), 1.0, "p", False)]


@time_machine.travel("2027-05-10 12:00", tick=False)
def test_sample_events_are_marked_and_never_added_to_real_ones():
    sample = make_event(code="demo-picnic")
    make_occurrence(sample, starts=datetime(2027, 1, 5, 12, tzinfo=UTC))
    make_occurrence(sample, starts=datetime(2027, 4, 5, 12, tzinfo=UTC))
    make_occurrence(starts=datetime(2027, 4, 6, 12, tzinfo=UTC))
    assert read() == [(date(2027, 1, 1), 1.0, "", True), (date(2027, 4, 1), 1.0, "p", False)]


def test_nothing_held_is_no_reading_and_a_wrong_period_one_sentence():
    assert read() == []
    with pytest.raises(ValueError, match="Give month, quarter or year"):
        read(period="week")
