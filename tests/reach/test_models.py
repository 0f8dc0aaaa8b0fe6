"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from reach.models import Count

SOUND = {
    "day": date(2026, 11, 2),
    "page_key": "page-a",
    "channel": "web",
    "metric": "views",
    "method": "counted",
    "rule_version": 1,
    "quantity": 1,
}


def test_count_reads_as_a_sentence():
    assert str(Count(**SOUND)) == "2 November 2026: 1 page views"


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("count_quantity_positive", {"quantity": 0}),
        ("count_channel_known", {"channel": "pigeon"}),
        ("count_metric_known", {"metric": "smiles", "rule_version": 0}),
        ("count_method_known", {"method": "guessed", "rule_version": 0}),
        ("count_placement_only_where_placed", {"placement_code": "bus"}),
        ("count_rule_version_where_counted_here", {"rule_version": 0}),
        ("count_rule_version_where_counted_here", {"method": "estimated"}),
    ],
)
def test_database_refuses_a_count_that_makes_no_sense(db, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint):
        Count.objects.create(**SOUND | wrong)


@pytest.mark.parametrize("metric", ["arrivals", "distributed", "impressions"])
def test_database_keeps_a_placement_where_it_belongs(db, metric):
    version = 1 if metric == "arrivals" else 0

    assert Count.objects.create(**SOUND | {"metric": metric, "placement_code": "bus", "rule_version": version}).pk


def test_database_refuses_the_same_count_twice(db):
    Count.objects.create(**SOUND)

    with pytest.raises(IntegrityError):
        Count.objects.create(**SOUND)
