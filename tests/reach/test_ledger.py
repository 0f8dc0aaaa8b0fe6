"""One metric and method by page, channel, placement, week and ward; and a campaign's dashboard of them."""

from datetime import date

import pytest

from reach.actions import add, take_back
from reach.enums import Metric
from reach.queries import by_channel, by_page, by_placement, by_ward, by_week, dashboard, total
from reach.registry import Places
from tests.factories.reach import make_figure

SUNDAY, MONDAY = date(2026, 10, 11), date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _ledger(db):
    def count(metric, quantity, **changes):
        add(
            **{"day": MONDAY, "page_key": "a", "campaign_code": "one", "metric": metric, "quantity": quantity} | changes
        )

    count(Metric.VIEWS, 3, day=SUNDAY)
    count(Metric.VIEWS, 5)
    count(Metric.VIEWS, 7, page_key="b")
    count(Metric.VIEWS, 1000, campaign_code="two")
    count(Metric.ARRIVALS, 2, channel="outdoor", placement_code="bus")
    count(Metric.ARRIVALS, 4, channel="print", placement_code="leaflet")
    make_figure(campaign_code="one", quantity=500, placement_code="leaflet")
    make_figure(campaign_code="one", quantity=60, ward_key="dalton", starts=SUNDAY, ends=MONDAY)
    make_figure(campaign_code="one", quantity=80, method="estimated")
    take_back(figure=make_figure(campaign_code="one", quantity=9000), reason="Wrong.", by=None)


def plain(found):
    return {key: amount.quantity for key, amount in found.items()}


VIEWS = {"metric": Metric.VIEWS, "campaign_code": "one"}
ARRIVALS = {"metric": Metric.ARRIVALS, "campaign_code": "one"}
LEAFLETS = {"metric": Metric.DISTRIBUTED, "method": "reported", "campaign_code": "one"}


@pytest.mark.parametrize(
    ("ask", "which", "answer"),
    [
        (by_page, VIEWS, {"a": 8, "b": 7}),
        (by_week, VIEWS, {date(2026, 10, 5): 3, MONDAY: 12}),
        (by_week, VIEWS | {"start": MONDAY}, {MONDAY: 12}),
        (by_channel, VIEWS, {"web": 15}),
        (by_channel, ARRIVALS, {"print": 4, "outdoor": 2}),
        (by_placement, ARRIVALS, {"leaflet": 4, "bus": 2}),
        (by_placement, LEAFLETS, {"leaflet": 500, "": 60}),
        (by_channel, LEAFLETS, {"print": 560}),
        (by_week, LEAFLETS, {date(2026, 10, 5): 500, MONDAY: 60}),
        (by_week, LEAFLETS | {"end": SUNDAY}, {date(2026, 10, 5): 500}),
        (by_page, LEAFLETS, {}),
        (by_channel, LEAFLETS | {"method": "estimated"}, {"print": 80}),
        (by_channel, LEAFLETS | {"is_sample": True}, {}),
        (by_channel, LEAFLETS | {"page_keys": ["a"]}, {}),
    ],
)
def test_one_metric_and_method_by_one_thing(ask, which, answer):
    assert plain(ask(**which)) == answer


def test_totals_take_in_figures_from_elsewhere_of_their_method_alone():
    assert total(**LEAFLETS).quantity == 560
    assert total(**LEAFLETS | {"method": "estimated"}).quantity == 80
    assert total(**VIEWS).quantity == 15


def test_wards_are_those_of_placements_and_of_what_pages_are_about(monkeypatch):
    known = Places(placements={"bus": "dewsbury-east"}, pages={"b": "dalton"})
    monkeypatch.setattr("reach.queries.ledger.every_place", lambda: known)

    assert plain(by_ward(**ARRIVALS)) == {"": 4, "dewsbury-east": 2}
    assert plain(by_ward(**VIEWS)) == {"": 8, "dalton": 7}
    assert plain(by_ward(**LEAFLETS)) == {"": 500, "dalton": 60}


def test_a_dashboard_has_a_column_for_each_kind_and_a_row_for_each_key():
    found = dashboard("one")

    assert [f"{metric} {method}" for metric, method in found.weeks.kinds] == [
        "views counted",
        "arrivals counted",
        "distributed reported",
        "distributed estimated",
    ]
    latest, amounts = found.weeks.rows[0]
    assert latest == MONDAY
    assert [amount and amount.quantity for amount in amounts] == [12, 6, 60, None]
    assert [key for key, _ in found.pages.rows] == ["a", "b"]
    assert not found.is_sample
