"""A campaign's figures, and sums that cannot be added to what they are not sums of."""

from datetime import date

import pytest

from reach import queries
from reach.actions import add, take_back
from reach.enums import Method, Metric
from reach.models import Count
from reach.queries import VisitsByDay, amount, figures, total
from tests.factories.reach import make_figure

DAY = date(2026, 10, 6)


def said(found):
    return [
        (str(figure.label), figure.method, figure.channel, figure.quantity, figure.source, figure.is_sample)
        for figure in found
    ]


def counted(metric, quantity, **changes):
    add(**{"day": DAY, "page_key": "a", "campaign_code": "stand-up", "metric": metric, "quantity": quantity} | changes)


def test_each_figure_stands_alone_with_how_it_is_known_and_who_says_so(db):
    counted(Metric.VIEWS, 30)
    counted(Metric.VIEWS, 12, page_key="b")
    counted(Metric.DAILY_VISITORS, 9)
    counted(Metric.VIEWS, 1000, campaign_code="another")
    make_figure(quantity=500)
    make_figure(quantity=40, method="estimated", confidence="low")
    make_figure(quantity=20, source="The library")
    make_figure(quantity=7, is_sample=True)

    site = "Counted on this site, without cookies"
    assert said(figures("stand-up")) == [
        ("Page views", "counted", "web", 42, site, False),
        ("Visits by day", "counted", "web", 9, site, False),
        ("Copies distributed", "reported", "print", 500, "Delivery note of the printer", False),
        ("Copies distributed", "estimated", "print", 40, "Delivery note of the printer", False),
        ("Copies distributed", "reported", "print", 20, "The library", False),
        ("Copies distributed", "reported", "print", 7, "Delivery note of the printer", True),
    ]


def test_each_figure_says_the_rule_it_was_got_by(db):
    counted(Metric.VIEWS, 1)
    make_figure(confidence="low")

    views, leaflets = figures("stand-up")
    assert "Views are not people." in views.rule
    assert views.confidence is None
    assert "Low confidence: An estimate from something else" in leaflets.rule
    assert leaflets.confidence == "low"


def test_counts_by_two_versions_of_the_rule_are_two_figures(db):
    counted(Metric.DOWNLOADS, 5)
    Count.objects.create(
        day=DAY,
        campaign_code="stand-up",
        channel="web",
        metric="downloads",
        method="counted",
        rule_version=1,
        quantity=9,
    )

    earlier, now = figures("stand-up")
    assert (earlier.quantity, now.quantity) == (9, 5)
    assert "until November 2026" in earlier.rule
    assert "within 30 seconds" in now.rule


def test_what_was_taken_back_is_no_figure_and_the_right_one_is(db):
    take_back(figure=make_figure(), reason="A nought too many.", by=None, right_quantity=50)

    assert [figure.quantity for figure in figures("stand-up")] == [50]


def test_a_figure_stands_where_its_last_day_falls_and_so_in_one_period_alone(db):
    make_figure(starts=date(2026, 9, 28), ends=date(2026, 10, 4))
    counted(Metric.VIEWS, 2, day=date(2026, 10, 1))
    counted(Metric.VIEWS, 3, day=date(2026, 9, 30))

    september = figures("stand-up", date(2026, 9, 1), date(2026, 9, 30))
    october = figures("stand-up", date(2026, 10, 1), date(2026, 10, 31))
    assert [figure.quantity for figure in september] == [3]
    assert [figure.quantity for figure in october] == [2, 500]


def test_figures_cost_two_queries_however_many_there_are(db, django_assert_num_queries):
    for rows in (1, 3):
        for number in range(rows):
            counted(Metric.VIEWS, 1, page_key=f"page-{rows}-{number}")
            make_figure(source=f"Source {rows} {number}")
        with django_assert_num_queries(2):
            figures("stand-up")


def test_amounts_of_one_metric_and_method_add_up():
    assert (amount("views", "counted", 2) + amount("views", "counted", 3)).quantity == 5


@pytest.mark.parametrize(
    "other",
    [
        amount("downloads", "counted", 3),
        amount("views", "reported", 3),
        amount("daily_visitors", "counted", 3),
        3,
    ],
    ids=str,
)
def test_what_must_not_be_added_cannot_be(other):
    views = amount("views", "counted", 2)
    for left, right in ((views, other), (other, views)):
        with pytest.raises(TypeError):
            left + right
    with pytest.raises(TypeError):
        sum([views, other])


def test_a_sum_of_daily_visitors_is_called_visits_by_day(db):
    counted(Metric.DAILY_VISITORS, 4)

    found = total(metric=Metric.DAILY_VISITORS)
    assert isinstance(found, VisitsByDay)
    assert found.label == "Visits by day"
    assert isinstance(found + found, VisitsByDay)


@pytest.mark.parametrize(
    "name", ["counts", "total", "daily", "by_page", "by_channel", "by_placement", "by_week", "by_ward"]
)
@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": ["views", "downloads"]},
        {"metric": "views,downloads"},
        {"metric": None},
        {"metric": Metric.VIEWS, "method": [Method.COUNTED, Method.REPORTED]},
        {"metric": Metric.VIEWS, "method": None},
    ],
    ids=str,
)
def test_no_question_takes_two_metrics_or_two_methods(name, wrong, db):
    with pytest.raises(ValueError, match="is not a valid"):
        getattr(queries, name)(**wrong)


@pytest.mark.parametrize(
    "name", ["counts", "total", "daily", "by_page", "by_channel", "by_placement", "by_week", "by_ward"]
)
def test_no_question_is_asked_without_a_metric(name, db):
    with pytest.raises(TypeError, match="metric"):
        getattr(queries, name)()
