import pytest

from indicators.publish import figure, nearest, published
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db


def shown(indicator_fields=(), **fields):
    indicator = make.indicator(**dict(indicator_fields))
    return published(indicator, make.measurement(indicator, **fields))


def test_a_survey_value_is_a_whole_percentage_with_whole_limits_and_a_base_to_5():
    found = shown()
    assert (found.value, found.lower, found.upper, found.n, found.marker) == (54, 50, 59, 485, "")


@pytest.mark.parametrize(("n", "marker"), [(29, "[c]"), (30, ""), (None, "[c]")])
def test_a_base_under_30_is_withheld(n, marker):
    found = shown(n=n, n_eff=None)
    assert found.marker == marker
    assert found.is_withheld is bool(marker)


@pytest.mark.parametrize(("n_eff", "marker"), [(29.9, "[u]"), (30.0, ""), (None, "")])
def test_an_effective_base_under_30_is_too_uncertain(n_eff, marker):
    assert shown(n_eff=n_eff).marker == marker


def test_a_number_that_was_withdrawn_is_withheld_whatever_its_base():
    found = shown(marker="c")
    assert (found.value, found.marker) == (None, "[c]")


def test_what_is_withheld_shows_no_number_at_all():
    found = shown(n=12)
    assert (found.value, found.lower, found.upper, found.n) == (None, None, None, None)
    assert found.markers_explained == [("[c]", "withheld, because it could point to a person")]


COUNT = {"kind": "count", "unit": "reports"}


@pytest.mark.parametrize(
    ("value", "expected", "marker"), [(9, None, "[c]"), (0, None, "[c]"), (10, 10, ""), (12, 10, ""), (13, 15, "")]
)
def test_counts_of_people_are_withheld_under_10_and_otherwise_to_5(value, expected, marker):
    found = shown(COUNT, value=value, lower=0, upper=40, se=None, n=None)
    assert (found.value, found.marker) == (expected, marker)


def test_the_limits_of_a_count_of_people_are_to_5():
    found = shown(COUNT, value=101.0, lower=82.3, upper=122.7, se=None, n=None)
    assert (found.lower, found.value, found.upper) == (80, 100, 125)


@pytest.mark.parametrize(("value", "expected", "marker"), [(3, None, "[c]"), (12, 10, "")])
def test_plain_counts_of_people_are_withheld_and_rounded_too(value, expected, marker):
    found = shown({"kind": "plain", "unit": "people"}, value=value, lower=None, upper=None, se=None, n=None)
    assert (found.value, found.marker) == (expected, marker)


def test_counts_of_things_are_whole():
    found = shown(COUNT | {"counts_people": False}, value=3, lower=0.6, upper=8.8, se=None, n=None)
    assert (found.lower, found.value, found.upper) == (1, 3, 9)


@pytest.mark.parametrize(
    ("numerator", "denominator", "marker"), [(9, 200, "[c]"), (191, 200, "[c]"), (0, 200, "[c]"), (10, 200, "")]
)
def test_a_share_of_people_is_withheld_where_few_are_counted_or_few_are_not(numerator, denominator, marker):
    value = 100 * numerator / denominator
    found = shown(
        {"kind": "proportion"},
        value=value,
        lower=value,
        upper=value,
        n=denominator,
        numerator=numerator,
        denominator=denominator,
    )
    assert found.marker == marker


def test_a_share_of_answers_needs_only_its_base():
    fields = {"value": 2.0, "lower": 1.0, "upper": 5.0, "n": 200, "numerator": 4.0, "denominator": 200.0}
    assert shown({"kind": "proportion", "counts_people": False}, **fields).value == 2


def test_a_rate_has_one_decimal_and_protects_small_counts():
    fields = {"value": 2.34, "lower": 1.81, "upper": 3.06, "se": None, "n": None, "denominator": 50_000.0}
    rate = {"kind": "rate", "unit": "for each 1,000"}
    assert shown(rate, numerator=117.0, **fields).value == 2.3
    assert shown({**rate, "code": "B6"}, numerator=9.0, **fields).marker == "[c]"


def test_plain_numbers_are_whole_and_have_no_base():
    found = shown(
        {"kind": "plain", "unit": "views", "counts_people": False}, value=1203.0, lower=None, upper=None, se=None, n=7
    )
    assert (found.value, found.n) == (1203, None)


def test_the_marker_of_a_break_stands_beside_the_measurements_own():
    indicator = make.indicator()
    measurement = make.measurement(indicator, marker="r")
    assert published(indicator, measurement, is_break=True).marker == "[b] [r]"


@pytest.mark.parametrize(
    ("source", "expected"),
    [("sample", "Sample data"), ("Sample data, made up", "Sample data, made up"), ("Ours", "Sample data. Ours")],
)
def test_an_invented_number_says_so_in_its_source(source, expected):
    assert shown(is_sample=True, source=source).source == expected


def test_the_whole_area_has_its_official_name_and_a_part_its_own():
    indicator = make.indicator()
    place = ("E08000034", "Kirklees")
    whole = published(indicator, make.measurement(indicator), whole_area=place)
    part = published(indicator, make.measurement(indicator, area_code="north", area_name="North"), whole_area=place)
    assert (whole.area_code, whole.area_name) == place
    assert (part.area_code, part.area_name) == ("north", "North")


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [(54.5, 1, 55), (54.49, 1, 54), (-2.5, 1, -2), (12.5, 5, 15), (2.5, 5, 5), (2.25, 0.1, 2.3)],
)
def test_halves_are_rounded_up(value, step, expected):
    assert nearest(value, step) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(54, "%", "54%"), (1250, "reports", "1,250"), (3.4, "per 1,000", "3.4"), (None, "%", ""), (2.0, "x", "2")],
)
def test_numbers_are_written_as_people_expect(value, unit, expected):
    assert figure(value, unit) == expected
