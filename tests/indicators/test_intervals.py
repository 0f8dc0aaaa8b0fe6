from datetime import date

import pytest

from indicators.intervals import with_interval
from indicators.registry import Kind, Reading


def reading(**fields):
    given = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31), "value": 0, "source": "test"}
    return Reading(**given | fields)


def test_a_percentage_has_wilsons_interval_in_per_cent():
    found = with_interval(reading(numerator=81, denominator=263), Kind.PROPORTION)
    assert [round(x, 2) for x in (found.value, found.lower, found.upper)] == [30.80, 25.53, 36.62]
    assert found.n == 263


def test_a_small_count_has_the_exact_interval():
    found = with_interval(reading(value=5), Kind.COUNT)
    assert [round(x, 4) for x in (found.lower, found.upper)] == [1.6235, 11.6683]


def test_a_rate_is_for_each_so_many():
    found = with_interval(reading(numerator=100, denominator=50_000), Kind.RATE, per=1000)
    assert [round(x, 2) for x in (found.value, found.lower, found.upper)] == [2.0, 1.63, 2.43]


def test_a_plain_number_loses_any_limits():
    found = with_interval(reading(value=7, lower=1, upper=9, se=1), Kind.PLAIN)
    assert (found.value, found.lower, found.upper, found.se) == (7, None, None, None)


def test_a_survey_keeps_what_its_reading_brings():
    given = reading(value=50, lower=45, upper=56, se=2, n=400)
    assert with_interval(given, Kind.SURVEY) == given


@pytest.mark.parametrize("kind", [Kind.PROPORTION, Kind.RATE])
def test_a_share_without_its_parts_is_refused(kind):
    with pytest.raises(ValueError, match="both the numerator and the denominator"):
        with_interval(reading(value=50), kind)
