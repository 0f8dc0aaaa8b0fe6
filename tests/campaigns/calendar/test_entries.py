"""When an entry is on the clocks of Britain, what overlaps, and how a month lays it out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.calendar.entries import midnight, overlap
from campaigns.calendar.enums import EntryKind
from campaigns.calendar.layout import bounds, weeks_of
from tests.factories.calendar import make_entry

LONDON = ZoneInfo("Europe/London")


def at(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("moment", "day", "clock"),
    [
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25), "00:30"),  # still summer time
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), "01:30"),  # the first 01:30
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), "01:30"),  # the second one
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25), "23:30"),  # winter: no longer the day after
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), date(2027, 3, 28), "00:30"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28), "02:00"),  # the hour from 01:00 never comes
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29), "00:30"),
    ],
)
@pytest.mark.parametrize("of_the_reader", ["Europe/London", "Pacific/Auckland"])
def test_a_moment_belongs_to_its_day_in_britain_whatever_the_reader_s_time_zone(moment, day, clock, of_the_reader):
    with timezone.override(of_the_reader):
        entry = make_entry(moment)
        assert (entry.first, entry.last, entry.clock) == (day, day, clock)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23), (date(2027, 3, 29), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours):
    first, end = make_entry(day).span
    assert (end.timestamp() - first.timestamp()) / 3600 == hours


def test_what_ends_at_midnight_ends_with_the_day_before():
    entry = make_entry(at(2027, 3, 27, 20), at(2027, 3, 28, 0))
    assert (entry.first, entry.last) == (date(2027, 3, 27), date(2027, 3, 27))


def test_the_hour_that_comes_twice_in_october_is_told_apart():
    first = make_entry(at(2026, 10, 25, 1, 10), at(2026, 10, 25, 1, 50))
    second = make_entry(at(2026, 10, 25, 1, 10, fold=1), at(2026, 10, 25, 1, 50, fold=1))
    assert not overlap(first.span, second.span)
    assert overlap(first.span, first.span)


def test_days_overlap_with_hours_by_the_midnights_of_britain():
    period = make_entry(date(2027, 3, 29), date(2027, 4, 2)).span
    assert not overlap(make_entry(datetime(2027, 3, 28, 22, 59, tzinfo=UTC)).span, period)
    assert overlap(make_entry(datetime(2027, 3, 28, 23, 0, tzinfo=UTC)).span, period)
    assert overlap(make_entry(midnight(date(2027, 4, 2))).span, period)
    assert not overlap(make_entry(midnight(date(2027, 4, 3))).span, period)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (make_entry(date(2026, 10, 10)), "10 October 2026"),
        (make_entry(date(2026, 10, 10), date(2026, 10, 17)), "10 to 17 October 2026"),
        (make_entry(date(2026, 10, 30), date(2026, 11, 2)), "30 October to 2 November 2026"),
        (make_entry(date(2026, 12, 30), date(2027, 1, 2)), "30 December 2026 to 2 January 2027"),
        (make_entry(at(2026, 10, 10, 9)), "10 October 2026, 09:00"),
        (make_entry(at(2026, 10, 10, 9), at(2026, 10, 10, 11)), "10 October 2026, 09:00 to 11:00"),
        (make_entry(at(2026, 10, 10, 22), at(2026, 10, 11, 1)), "10 October 2026, 22:00, to 11 October 2026, 01:00"),
    ],
)
def test_when_says_it_in_words(entry, words):
    assert entry.when == words


def test_a_month_begins_on_monday_and_shows_what_lasts_across_its_weeks():
    campaign = make_entry(date(2026, 10, 3), date(2026, 10, 13))
    event = make_entry(at(2026, 10, 25, 1, 30, fold=1), kind=EntryKind.EVENT)
    period = make_entry(date(2026, 10, 29), date(2026, 11, 5), kind=EntryKind.PERIOD)
    weeks = weeks_of(2026, 10, [campaign, event, period], today=date(2026, 10, 5))
    bars = [[(bar.column, bar.days, bar.has_begun, bar.goes_on) for bar in week.bars] for week in weeks]
    assert bars == [[(6, 2, False, True)], [(1, 7, True, True)], [(1, 2, True, False)], [], [(4, 4, False, True)]]
    assert [day.date for day in weeks[3].days if day.things] == [date(2026, 10, 25)]
    assert [day.date.day for day in weeks[4].days if day.is_restricted] == [29, 30, 31, 1]
    assert [day.date for week in weeks for day in week.days if day.is_today] == [date(2026, 10, 5)]
    assert bounds(2026, 10) == (date(2026, 9, 28), date(2026, 11, 1))
