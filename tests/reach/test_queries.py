"""Reading the counts."""

import re
from datetime import date

import pytest

from reach.actions import add
from reach.enums import Metric
from reach.queries import as_row, daily, published, total

MONDAY = date(2026, 11, 2)


@pytest.fixture
def _ledger(db):
    add(day=date(2026, 11, 1), page_key="a", metric=Metric.VIEWS, campaign_code="one", quantity=3)
    add(day=date(2026, 11, 2), page_key="a", metric=Metric.VIEWS, campaign_code="one", quantity=5)
    add(day=date(2026, 11, 2), page_key="b", metric=Metric.VIEWS, campaign_code="two", quantity=7)
    add(day=date(2026, 11, 2), page_key="a", metric=Metric.DOWNLOADS, campaign_code="one", quantity=11)
    add(day=date(2026, 11, 2), page_key="a", metric=Metric.VIEWS, quantity=1000, is_sample=True)


@pytest.mark.usefixtures("_ledger")
@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ({}, 15),
        ({"page_keys": ["a"]}, 8),
        ({"page_keys": iter(["a", "b"])}, 15),
        ({"page_keys": []}, 0),
        ({"campaign_code": "two"}, 7),
        ({"campaign_code": ""}, 0),
        ({"start": date(2026, 11, 2)}, 12),
        ({"end": date(2026, 11, 1)}, 3),
        ({"start": date(2026, 11, 3)}, 0),
        ({"is_sample": True}, 1000),
    ],
    ids=lambda value: re.sub(" object at 0x[0-9a-f]+", "", str(value)),  # Test processes must agree on the names.
)
def test_total_sums_one_metric_and_keeps_sample_counts_out(which, expected):
    assert total(metric=Metric.VIEWS, **which).quantity == expected


@pytest.mark.usefixtures("_ledger")
def test_daily_gives_the_days_in_order():
    assert list(daily(metric=Metric.VIEWS).items()) == [(date(2026, 11, 1), 3), (date(2026, 11, 2), 12)]


def arrivals(day, quantity, placement="bus"):
    add(
        day=day,
        page_key="a",
        metric=Metric.ARRIVALS,
        channel="outdoor",
        placement_code=placement,
        quantity=quantity,
    )


def published_arrivals(**which):
    found = published(**{"campaign_code": None, "start": None, "end": None, "today": date(2026, 11, 18)} | which)
    rows = map(as_row, found[0])
    return {(str(row["date"]), row["placement"]): (row["quantity"], row["marker"]) for row in rows}


def test_published_arrivals_are_by_week_and_withheld_under_10(db):
    arrivals(date(2026, 11, 2), 6)
    arrivals(date(2026, 11, 8), 4)
    arrivals(date(2026, 11, 9), 9)
    arrivals(date(2026, 11, 9), 10, placement="poster")

    assert published_arrivals() == {
        ("2026-11-02", "bus"): (10, ""),
        ("2026-11-09", "bus"): (None, "[c]"),
        ("2026-11-09", "poster"): (10, ""),
    }


def test_published_arrivals_leave_out_the_week_that_is_not_over(db):
    arrivals(date(2026, 11, 2), 10)
    arrivals(date(2026, 11, 16), 20)

    assert list(published_arrivals()) == [("2026-11-02", "bus")]


@pytest.mark.parametrize(
    "which",
    [
        {"start": date(2026, 11, 3)},
        {"end": date(2026, 11, 7)},
        {"start": date(2026, 11, 2), "end": date(2026, 11, 7)},
    ],
    ids=str,
)
def test_published_arrivals_leave_out_a_week_cut_short(db, which):
    """Otherwise two answers a day apart would give one day's arrivals away."""
    arrivals(MONDAY, 12)

    assert published_arrivals(start=MONDAY, end=date(2026, 11, 8)) == {("2026-11-02", "bus"): (12, "")}
    assert published_arrivals(**which) == {}


def test_published_leaves_out_what_is_said_of_people_elsewhere(db):
    for metric in (Metric.VIEWS, Metric.OPENS, Metric.CLICKS, Metric.ATTENDANCE):
        add(day=MONDAY, page_key="a", metric=metric)

    assert [row["metric"] for row in published(campaign_code=None, start=None, end=None, today=MONDAY)[0]] == ["views"]
