"""What two workers do to the numbers at the same moment."""

from datetime import date

import pytest

from indicators import actions
from indicators.models import Measurement, Refresh
from indicators.registry import Kind, Measure, Reading, measures
from tests.factories import indicators as make
from tests.racing import race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def indicator(monkeypatch, tmp_path, settings):
    """Return an indicator of three yearly numbers, whose values a test raises by changing ``added``."""
    settings.MEDIA_ROOT = tmp_path
    added = []

    def read(_parameters):
        years = range(2023, 2026)
        return [
            Reading(
                period_start=date(year, 1, 1), period_end=date(year, 12, 31), value=year + sum(added), source="A list"
            )
            for year in years
        ]

    monkeypatch.setitem(measures._offers, "test.many", Measure(name="Many", kind=Kind.PLAIN, unit="", read=read))
    made = make.indicator(measure="test.many", kind="plain", unit="")
    made.added = added
    return made


def test_refreshing_many_times_at_once_records_each_number_once(indicator):
    assert sorted(race(*[lambda: actions.refresh(indicator)] * 5)) == [0, 0, 0, 0, 3]
    indicator.added.append(1)
    assert sorted(race(*[lambda: actions.refresh(indicator)] * 5)) == [0, 0, 0, 0, 3]

    recorded = Measurement.objects.order_by("period_end", "revision").values_list("value", "revision")
    assert list(recorded) == [(2023, 1), (2024, 2), (2024, 1), (2025, 2), (2025, 1), (2026, 2)]


def test_a_round_that_two_workers_take_up_at_once_runs_once(indicator):
    row = actions.waiting_refresh()

    race(*[lambda: actions.run_refresh(Refresh.objects.get(pk=row.pk))] * 4)

    row.refresh_from_db()
    assert (row.state, row.recorded) == ("done", 3)
    assert Measurement.objects.count() == 3


def test_asking_for_a_round_many_times_at_once_makes_one(indicator):
    rows = race(*[actions.waiting_refresh] * 6)

    assert {row.pk for row in rows} == {Refresh.objects.get().pk}
