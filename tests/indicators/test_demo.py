import pytest

from indicators.demo import load, remove
from indicators.models import Definition, Indicator, Measurement, Objective, Strategy
from indicators.queries import public_series
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db


def counts():
    return [model.objects.count() for model in (Strategy, Objective, Indicator, Measurement, Definition)]


def test_the_demonstration_loads_once_and_marks_every_number_as_sample():
    told = []
    load(told.append)
    first = counts()
    load(lambda _: None)
    assert counts() == first
    assert len(told) == 9
    assert set(Measurement.objects.values_list("source", "is_sample")) == {("sample", True)}
    assert public_series("A1").latest.source == "Sample data"


def test_the_named_indicators_of_the_strategy_are_there():
    load(lambda _: None)
    titles = set(Indicator.objects.filter(measure="").values_list("title", flat=True))
    assert titles == {"Reporting levels", "Detection rates", "Victim satisfaction"}


def test_a_share_has_its_interval_and_words():
    load(lambda _: None)
    latest = public_series("A4").latest
    assert (latest.value, latest.lower, latest.upper, latest.n) == (74, 67, 81, 150)


def test_removal_takes_the_demonstration_and_nothing_else():
    own = make.indicator("B9")
    make.measurement(own)
    before = counts()
    load(lambda _: None)
    remove()
    assert counts() == before


def test_an_indicator_of_the_councils_with_the_same_code_is_left_alone():
    own = make.indicator("A1", title="Ours")
    load(lambda _: None)
    remove()
    assert Indicator.objects.get() == own
    assert own.measurements.count() == 0


def test_an_objective_that_the_council_uses_stays():
    from campaigns.models import Campaign

    load(lambda _: None)
    objective = Objective.objects.get(code="prevention")
    Campaign.objects.create(code="ours", title="Ours", objective=objective, starts="2026-01-01", ends="2026-12-31")
    remove()
    assert Objective.objects.filter(pk=objective.pk).exists()
    assert Indicator.objects.count() == 0
