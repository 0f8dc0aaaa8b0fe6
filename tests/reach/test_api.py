"""The counts as open data."""

from datetime import date

import pytest
from ninja.testing import TestClient

from reach.actions import add, take_back
from reach.api import PAGE_SIZE, router
from reach.enums import Metric
from reach.models import Count
from tests.factories.reach import make_figure

MONDAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def api() -> TestClient:
    return TestClient(router)


def test_rows_are_exact_and_say_what_they_are(api, db):
    add(day=MONDAY, page_key="page-a", campaign_code="one", metric=Metric.VIEWS, quantity=3)
    add(day=MONDAY, page_key="page-b", campaign_code="two", metric=Metric.VIEWS, quantity=4, is_sample=True)

    assert api.get("?campaign=one").json() == {
        "items": [
            {
                "date": "2026-11-02",
                "until": "2026-11-02",
                "page": "page-a",
                "campaign": "one",
                "channel": "web",
                "placement": "",
                "metric": "views",
                "method": "counted",
                "quantity": 3,
                "marker": "",
                "sample": False,
            }
        ],
        "count": 1,
        "next": None,
    }
    assert [row["sample"] for row in api.get("?campaign=two").json()["items"]] == [True]


def test_days_are_limited_by_from_and_to(api, db):
    for day in (1, 2, 3):
        add(day=date(2026, 11, day), page_key="a", metric=Metric.VIEWS)

    rows = api.get("?from=2026-11-02&to=2026-11-02").json()["items"]
    assert [row["date"] for row in rows] == ["2026-11-02"]


def test_few_arrivals_are_withheld(api, db):
    add(day=MONDAY, page_key="a", metric=Metric.ARRIVALS, channel="outdoor", placement_code="bus", quantity=9)

    (row,) = api.get("").json()["items"]
    assert (row["quantity"], row["marker"], row["placement"]) == (None, "[c]", "bus")


def test_a_figure_from_elsewhere_is_a_row_of_its_own_and_withheld_under_10(api, db):
    make_figure(quantity=500)
    make_figure(quantity=9, metric="attendance", channel="event")
    take_back(figure=make_figure(quantity=77), reason="Wrong.", by=None)

    rows = api.get("").json()["items"]
    assert sorted((row["metric"], row["quantity"], row["marker"], row["date"], row["until"]) for row in rows) == sorted(
        [
            ("attendance", None, "[c]", "2026-10-05", "2026-10-11"),
            ("distributed", 500, "", "2026-10-05", "2026-10-11"),
        ],
        key=str,
    )
    assert {row["method"] for row in rows} == {"reported"}
    assert api.get("").json()["count"] == 2


def test_no_two_answers_differ_by_a_part_of_a_figure_or_a_week(api, db):
    make_figure(quantity=12, metric="attendance", channel="event")
    make_figure(quantity=3, metric="attendance", channel="event")
    add(day=MONDAY, page_key="a", metric=Metric.ARRIVALS, channel="outdoor", placement_code="bus", quantity=12)

    every, week = api.get("").json()["items"], api.get("?from=2026-10-05&to=2026-10-11").json()["items"]
    assert [row["quantity"] for row in every] == [12, 12, None]
    assert [row["quantity"] for row in week] == [12, None]
    for cut in ("?from=2026-10-06", "?to=2026-10-10"):
        assert not [row for row in api.get(cut).json()["items"] if row["metric"] == "attendance"]


@pytest.mark.parametrize(
    "query", ["metric=views", "metric=views,downloads", "group_by=week", "total=1", "campaign=a&campaign=b", "sum"]
)
def test_nothing_is_summed_and_what_is_not_offered_is_refused(api, db, query):
    add(day=MONDAY, page_key="a", metric=Metric.VIEWS)

    assert api.get(f"?{query}").status_code == 422


def test_many_rows_come_in_pages(api, db):
    Count.objects.bulk_create(
        Count(
            day=MONDAY, page_key=f"p{n:05}", channel="web", metric="views", method="counted", rule_version=1, quantity=1
        )
        for n in range(PAGE_SIZE + 1)
    )

    first = api.get("").json()
    assert (len(first["items"]), first["count"]) == (PAGE_SIZE, PAGE_SIZE + 1)
    assert first["next"].endswith("?page=2")
    second = api.get("?page=2").json()
    assert ([row["page"] for row in second["items"]], second["next"]) == ([f"p{PAGE_SIZE:05}"], None)


def test_a_page_of_rows_is_all_that_is_read_however_many_there_are(api, db, django_assert_num_queries):
    for day in (1, 2, 3):
        add(day=date(2026, 10, day), page_key="a", metric=Metric.VIEWS)
        add(day=date(2026, 10, day), page_key="a", metric=Metric.ARRIVALS, channel="outdoor", quantity=12)
    with django_assert_num_queries(4) as queries:
        assert [row["date"] for row in api.get("").json()["items"]] == [
            "2026-10-03",
            "2026-10-02",
            "2026-10-01",
            "2026-09-28",
        ]
    assert f"LIMIT {PAGE_SIZE}" in queries[3]["sql"]


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "to=2026-13-01",
        "from=2026-11-03&to=2026-11-02",
        "campaign=a%00b",
        "campaign=" + "x" * 61,
        "campaign=%22",
        "page=0",
        "page=x",
        "page=99999999999999999999",
    ],
)
def test_junk_is_refused(api, db, query):
    assert api.get(f"?{query}").status_code == 422


@pytest.mark.parametrize("query", ["from=0001-01-01", "to=9999-12-31", "from=9999-12-31", "to=0001-01-01"])
def test_days_at_the_ends_of_the_calendar_are_answered(api, db, query):
    assert api.get(f"?{query}").status_code == 200
