from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from indicators.models import Definition, Indicator, Measurement, Refresh, Strategy, Target
from indicators.registry import Kind, Measure, measures
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db


def refused(constraint, save):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        save()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("measurement_value_within_limits", {"lower": 60.0}),
        ("measurement_value_within_limits", {"upper": 50.0}),
        ("measurement_both_limits_or_none", {"upper": None}),
        ("measurement_period_in_order", {"period_start": date(2026, 1, 1)}),
        ("measurement_base_not_negative", {"n": -1}),
        ("measurement_n_eff_not_negative", {"n_eff": -1.0}),
        ("measurement_se_not_negative", {"se": -1.0}),
        ("measurement_marker_known", {"marker": "*"}),
        ("measurement_sample_type_known", {"sample_type": "panel"}),
        ("measurement_revision_from_one", {"revision": 0}),
    ],
)
def test_the_database_refuses_a_measurement_that_cannot_be(constraint, fields):
    indicator = make.indicator()
    refused(constraint, lambda: make.measurement(indicator, **fields))


def test_the_database_refuses_the_same_revision_twice():
    indicator = make.indicator()
    make.measurement(indicator)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.measurement(indicator, value=55.0)


@pytest.mark.parametrize("marker", ["", "c", "u", "b", "x", "z", "p", "r", "e"])
def test_every_marker_of_the_statistical_service_is_known(marker):
    assert make.measurement(make.indicator(), marker=marker).marker == marker


def test_a_measurement_is_never_changed():
    measurement = make.measurement(make.indicator())
    measurement.value = 55
    with pytest.raises(TypeError, match="record a new revision"):
        measurement.save()
    with pytest.raises(TypeError, match="record a new revision"):
        Measurement.objects.update(value=55)
    with pytest.raises(TypeError, match="record a new revision"), transaction.atomic():
        Measurement.objects.bulk_update([measurement], ["value"])
    assert Measurement.objects.get().value == 54.321


def test_a_measurement_is_never_deleted():
    measurement = make.measurement(make.indicator())
    with pytest.raises(TypeError, match="never deleted"):
        measurement.delete()
    with pytest.raises(TypeError, match="never deleted"):
        Measurement.objects.all().delete()
    with pytest.raises(ProtectedError):
        measurement.indicator.delete()
    assert Measurement.objects.count() == 1


def test_measurements_go_only_with_their_whole_indicator():
    gone, kept = make.indicator("A1"), make.indicator("A2")
    make.measurement(gone)
    make.measurement(kept)
    assert Measurement.objects.erase_with(Indicator.objects.filter(code="A1")) == 1
    assert list(Measurement.objects.values_list("indicator__code", flat=True)) == ["A2"]


def test_the_current_measurement_is_the_highest_revision_of_its_period_and_place():
    indicator = make.indicator()
    make.measurement(indicator)
    second = make.measurement(indicator, value=55.0, revision=2)
    other = make.measurement(indicator, 2024)
    part = make.measurement(indicator, area_code="north", area_name="North")
    assert set(Measurement.objects.current()) == {second, other, part}
    assert set(Measurement.objects.current().whole_area()) == {second, other}


def test_the_database_refuses_a_strategy_that_ends_before_it_starts():
    refused("strategy_ends_after_it_starts", lambda: make.strategy(ends=date(2020, 1, 1)))


def test_only_one_strategy_is_in_force():
    make.strategy()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.strategy(code="another")
    assert make.strategy(code="third", status="past").code == "third"


def test_a_code_of_an_objective_is_unique_in_its_strategy():
    objective = make.objective()
    with pytest.raises(IntegrityError), transaction.atomic():
        objective.strategy.objectives.create(code=objective.code, title="Again")


def test_a_strategy_with_objectives_is_protected():
    objective = make.objective()
    with pytest.raises(ProtectedError):
        objective.strategy.delete()


def test_principles_stand_one_on_a_line():
    assert Strategy(principles="One\n\n  Two \n").principle_list == ["One", "Two"]


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("indicator_baseline_is_a_period", {"baseline_start": date(2025, 1, 1)}),
        (
            "indicator_baseline_is_a_period",
            {"baseline_start": date(2025, 1, 1), "baseline_end": date(2024, 1, 1)},
        ),
        ("indicator_per_is_positive", {"per": 0}),
        ("indicator_kind_known", {"kind": "guess"}),
        ("indicator_polarity_known", {"polarity": "sideways"}),
    ],
)
def test_the_database_refuses_an_indicator_that_cannot_be(constraint, fields):
    refused(constraint, lambda: make.indicator(**fields))


@pytest.fixture
def offered(monkeypatch):
    measure = Measure(
        name="Things counted", kind=Kind.COUNT, unit="things", read=lambda _: [], parameters={"place": "Where."}
    )
    monkeypatch.setitem(measures._offers, "test.things", measure)
    return measure


def test_an_indicator_takes_kind_and_unit_from_its_measure(offered):
    indicator = make.indicator(measure="test.things", parameters={"place": "here"})
    indicator.full_clean()
    assert (indicator.kind, indicator.unit) == ("count", "things")


def test_an_unknown_measure_or_parameter_is_refused_in_a_sentence(offered):
    with pytest.raises(ValidationError, match="No part of this site measures “nobody"):
        make.indicator("A1", measure="nobody.offers").full_clean()
    with pytest.raises(ValidationError, match="Unknown here: colour"):
        make.indicator("A2", measure="test.things", parameters={"colour": "red"}).full_clean()
    with pytest.raises(ValidationError, match="Write the parameters as"):
        make.indicator("A3", measure="test.things", parameters=["place"]).full_clean()


def test_a_code_is_fit_for_an_address():
    with pytest.raises(ValidationError, match="letters, digits and hyphens"):
        make.indicator("B 5/").full_clean()


@pytest.mark.parametrize("fields", [{"kind": "plain"}, {"polarity": "none"}])
def test_plain_numbers_and_context_take_no_target(fields):
    target = Target(indicator=make.indicator(**fields), value=60, due=date(2027, 3, 31))
    with pytest.raises(ValidationError, match="take no target"):
        target.full_clean()


def test_a_percentage_aims_between_0_and_100():
    with pytest.raises(ValidationError, match="between 0 and 100"):
        Target(indicator=make.indicator(), value=160, due=date(2027, 3, 31)).full_clean()


def test_an_indicator_with_a_target_cannot_become_context():
    indicator = make.indicator()
    Target.objects.create(indicator=indicator, value=60, due=date(2027, 3, 31))
    indicator.polarity = "none"
    with pytest.raises(ValidationError, match="Remove it first"):
        indicator.full_clean()


def test_there_is_one_target_a_day():
    indicator = make.indicator()
    Target.objects.create(indicator=indicator, value=60, due=date(2027, 3, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(indicator=indicator, value=65, due=date(2027, 3, 31))


def definition(**fields):
    given = {"code": "hate-crime", "term": "Hate crime", "text": "…", "source": "Test", "valid_from": date(2020, 1, 1)}
    return Definition.objects.create(**given | fields)


def test_the_database_refuses_a_definition_without_source_or_that_ends_before_it_begins():
    refused("definition_has_a_source", lambda: definition(source=""))
    refused("definition_ends_after_it_begins", lambda: definition(valid_to=date(2019, 1, 1)))


def test_a_definition_of_nothing_is_refused():
    with pytest.raises(ValidationError, match="Write the definition"):
        Definition(code="a", term="A", text="  ", source="Test", valid_from=date(2020, 1, 1)).full_clean()


def test_definitions_hold_between_their_dates():
    old = definition(valid_to=date(2024, 12, 31))
    new = definition(code="hate-crime-2025", valid_from=date(2025, 1, 1))
    assert list(Definition.objects.in_force(date(2024, 12, 31))) == [old]
    assert list(Definition.objects.in_force(date(2025, 1, 1))) == [new]


def test_only_one_round_of_refreshing_waits():
    Refresh.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Refresh.objects.create()


def test_the_database_refuses_an_unknown_state_of_refreshing():
    refused("refresh_state_known", lambda: Refresh.objects.create(state="lost"))
