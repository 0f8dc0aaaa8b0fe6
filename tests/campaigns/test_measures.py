"""What campaigns offer to the indicators."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from indicators.registry import Kind, measures
from reach.actions import add, enter_figure, take_back
from reach.models import OfflineFigure
from tests.factories.campaigns import make_live_page, unsaved_campaign
from tests.factories.placements import make_placement

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


def arrived(day, quantity, code="autumn", placement="bus-42", **more):
    where = {"page_key": "x", "campaign_code": code, "placement_code": placement}
    add(day=day, metric="arrivals", quantity=quantity, **where, **{"channel": "outdoor"} | more)


def values(measure, **parameters):
    return [(reading.period_start, reading.value) for reading in measures[measure].read(parameters)]


JULY, OCTOBER, JANUARY = date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)


@pytest.fixture
def placements(campaign_index):
    make_placement("bus-42", campaign=make_live_page("autumn").campaign)
    make_placement("post-1", campaign=make_live_page("spring").campaign)


def test_arrivals_by_campaign_placement_and_channel(placements):
    arrived(date(2026, 10, 5), 12)
    arrived(date(2026, 10, 6), 3, placement="bus-43", channel="print")
    arrived(date(2027, 1, 6), 5, code="spring", placement="post-1", channel="social")
    arrived(date(2027, 1, 6), 70, code="", placement="a-survey-of-no-campaign")
    seen(date(2026, 10, 5), 100)
    assert values("campaigns.arrivals") == [(OCTOBER, 15.0), (JANUARY, 5.0)]
    assert values("campaigns.arrivals", campaign="spring") == [(JANUARY, 5.0)]
    assert values("campaigns.arrivals", placement="bus-42") == [(OCTOBER, 12.0), (JANUARY, 0.0)]
    assert values("campaigns.arrivals", channel="print") == [(OCTOBER, 3.0), (JANUARY, 0.0)]


def test_sample_arrivals_stand_only_where_none_were_counted(placements):
    arrived(date(2026, 10, 5), 40, is_sample=True)
    arrived(date(2027, 1, 6), 50, is_sample=True)
    arrived(date(2027, 1, 7), 6)
    found = measures["campaigns.arrivals"].read({})
    assert [(reading.value, reading.is_sample) for reading in found] == [(40.0, True), (6.0, False)]


def figure(quantity, **fields):
    given = {"campaign_code": "autumn", "channel": "print", "metric": "distributed", "method": "reported"}
    given |= {"starts": date(2026, 9, 1), "ends": date(2026, 10, 5), "source": "Delivery note", "confidence": "medium"}
    return enter_figure(figure=OfflineFigure(quantity=quantity, **given | fields), by=None)


def test_figures_from_elsewhere_are_one_metric_by_one_method(placements):
    figure(500)
    figure(250, ends=date(2026, 9, 30))
    figure(80, method="estimated")
    figure(9_000, metric="impressions", channel="outdoor")
    assert values("campaigns.figures", metric="distributed") == [(JULY, 250.0), (OCTOBER, 500.0), (JANUARY, 0.0)]
    assert values("campaigns.figures", metric="distributed", method="estimated") == [(OCTOBER, 80.0), (JANUARY, 0.0)]
    assert values("campaigns.figures", metric="impressions", channel="outdoor") == [(OCTOBER, 9000.0), (JANUARY, 0.0)]
    assert values("campaigns.figures", metric="impressions", channel="print") == []
    assert values("campaigns.figures", metric="attendance") == []


def test_a_figure_that_was_taken_back_is_not_in_it(placements):
    wrong = figure(500)
    take_back(figure=wrong, reason="Ten boxes, not a hundred", by=None, right_quantity=50)
    assert values("campaigns.figures", metric="distributed") == [(OCTOBER, 50.0), (JANUARY, 0.0)]


@pytest.mark.parametrize(
    ("measure", "parameters", "sentence"),
    [
        ("campaigns.arrivals", {"campaign": "winter"}, "There is no campaign with the short name 'winter'."),
        ("campaigns.arrivals", {"placement": "tram-1"}, "The placement is 'tram-1'. Give one of bus-42, post-1."),
        ("campaigns.arrivals", {"campaign": "autumn", "placement": "post-1"}, "Give one of bus-42."),
        ("campaigns.arrivals", {"channel": "pigeon"}, "The channel is 'pigeon'. Give one of web, email"),
        ("campaigns.arrivals", {"period": "week"}, "The period is 'week'."),
        ("campaigns.figures", {}, "The metric is ''. Give one of distributed, impressions"),
        ("campaigns.figures", {"metric": "views"}, "The metric is 'views'."),
        ("campaigns.figures", {"metric": ["distributed", "impressions"]}, "Give one of"),
        ("campaigns.figures", {"metric": "attendance", "method": "counted"}, "The method is 'counted'."),
    ],
)
def test_a_wrong_parameter_is_answered_in_a_sentence(placements, measure, parameters, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        measures[measure].read(parameters)


def test_few_arrivals_are_published_as_counts_of_people_are():
    assert measures["campaigns.arrivals"].counts_people
    assert measures["campaigns.figures"].counts_people
