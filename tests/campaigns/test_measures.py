"""What campaigns offer to the indicators."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from indicators.registry import Kind, measures
from reach.actions import add
from tests.factories.campaigns import unsaved_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(datetime(2027, 2, 10, 12, tzinfo=ZoneInfo("Europe/London")), tick=False)


def seen(day, quantity, code="autumn", page="campaign-page", **more):
    add(day=day, page_key=page, campaign_code=code, metric="views", quantity=quantity, **more)


def read(**parameters):
    readings = measures["campaigns.page_views"].read(parameters)
    return [(reading.period_start, reading.period_end, reading.value, reading.marker) for reading in readings]


@pytest.fixture
def autumn():
    unsaved_campaign("autumn").save()


def test_it_has_no_interval_and_so_no_direction():
    assert measures["campaigns.page_views"].kind == Kind.PLAIN


def test_nothing_counted_reads_nothing(autumn):
    assert read() == []


def test_views_by_quarter_with_the_running_one_provisional(autumn):
    seen(date(2026, 7, 31), 3)
    seen(date(2026, 8, 1), 2)
    seen(date(2027, 2, 10), 7)
    assert read() == [
        (date(2026, 7, 1), date(2026, 9, 30), 5.0, ""),
        (date(2026, 10, 1), date(2026, 12, 31), 0.0, ""),
        (date(2027, 1, 1), date(2027, 3, 31), 7.0, "p"),
    ]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [("month", date(2027, 2, 1), date(2027, 2, 28)), ("year", date(2027, 1, 1), date(2027, 12, 31))],
)
def test_other_periods(autumn, period, start, end):
    seen(date(2027, 2, 10), 7)
    assert read(period=period) == [(start, end, 7.0, "p")]


def test_one_campaign_or_all_of_them(autumn):
    unsaved_campaign("spring").save()
    seen(date(2027, 2, 1), 1)
    seen(date(2027, 2, 1), 10, code="spring")
    seen(date(2027, 2, 1), 100, code="not-a-campaign")
    assert [value for *_, value, _ in read(campaign="spring") + read()] == [10.0, 11.0]


def test_an_event_of_the_campaign_is_no_campaign_page(autumn):
    seen(date(2027, 2, 1), 1)
    seen(date(2027, 2, 1), 10, page="page-of-an-event")
    assert [value for *_, value, _ in read()] == [1.0]


def test_sample_counts_are_marked_and_never_added_to_real_ones(autumn):
    seen(date(2026, 11, 1), 40, is_sample=True)
    seen(date(2027, 1, 5), 50, is_sample=True)
    seen(date(2027, 1, 6), 2)
    readings = measures["campaigns.page_views"].read({})
    assert [(reading.value, reading.is_sample) for reading in readings] == [(40.0, True), (2.0, False)]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"campaign": "nowhere"}, "There is no campaign with the short name 'nowhere'."),
        ({"period": "week"}, "The period is 'week'. Give month, quarter or year."),
    ],
)
def test_a_wrong_parameter_is_a_sentence(autumn, parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(**parameters)
