"""Adding to the counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection

from core.enums import Channel
from reach.actions import add
from reach.enums import Method, Metric
from reach.models import Count

DAY = date(2026, 11, 2)


def one_view(**changes):
    add(**{"day": DAY, "page_key": "page-a", "metric": Metric.VIEWS} | changes)


def test_add_makes_a_row_and_then_raises_it(db):
    one_view()
    one_view(quantity=4)

    assert list(Count.objects.values_list("page_key", "channel", "method", "quantity")) == [
        ("page-a", "web", "counted", 5)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2026, 11, 3)},
        {"page_key": "page-b"},
        {"campaign_code": "stand-up"},
        {"channel": Channel.EMAIL},
        {"metric": Metric.DOWNLOADS},
        {"method": Method.ESTIMATED},
        {"is_sample": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_add_keeps_counts_apart_that_differ(db, change):
    one_view()
    one_view(**change)

    assert list(Count.objects.values_list("quantity", flat=True)) == [1, 1]


def test_add_keeps_placements_apart(db):
    for code in ("bus", "bus", "poster"):
        one_view(metric=Metric.ARRIVALS, channel=Channel.OUTDOOR, placement_code=code)

    assert set(Count.objects.values_list("placement_code", "quantity")) == {("bus", 2), ("poster", 1)}


def test_add_notes_the_rule_only_where_this_site_counted(db):
    one_view()
    one_view(metric=Metric.ATTENDANCE, channel=Channel.EVENT)
    one_view(metric=Metric.DOWNLOADS, method=Method.REPORTED)

    assert dict(Count.objects.values_list("metric", "rule_version")) == {"views": 2, "attendance": 0, "downloads": 0}


@pytest.mark.parametrize("quantity", [0, -1])
def test_add_refuses_to_take_away(db, quantity):
    with pytest.raises(ValueError, match="grows by 1 or more"):
        one_view(quantity=quantity)


@pytest.mark.parametrize(
    "change",
    [
        {"metric": "smiles"},
        {"channel": "pigeon"},
        {"method": "guessed"},
        {"placement_code": "bus"},
        {"metric": Metric.DOWNLOADS, "placement_code": "bus"},
    ],
)
def test_add_refuses_what_the_ledger_does_not_hold_and_leaves_the_transaction_whole(db, change):
    with pytest.raises(IntegrityError):
        one_view(**change)

    one_view()
    assert Count.objects.get().quantity == 1


def add_many(times: int) -> None:
    try:
        for _ in range(times):
            one_view()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_concurrent_writers_lose_nothing():
    writers, times = (12, 40) if connection.vendor == "postgresql" else (4, 15)

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(add_many, times) for _ in range(writers)]:
            done.result()

    assert list(Count.objects.values_list("quantity", flat=True)) == [writers * times]
