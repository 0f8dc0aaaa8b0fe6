from datetime import date
from types import SimpleNamespace

import pytest

from analysis.counts import wilson
from indicators.direction import Verdict, compare, is_break, since_baseline, since_last
from indicators.registry import Kind


def wave(value=50.0, *, half=3.0, year=2024, **fields):
    given = {
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "value": value,
        "lower": value - half,
        "upper": value + half,
        "se": half / 1.96,
        "n": 1000,
        "marker": "",
        "wording_id": "HC07-v1",
        "population": "Residents",
        "sample_type": "random",
        "mode_shares": {"postal": 0.7, "online": 0.3},
        "collector_shares": {},
    }
    return SimpleNamespace(**given | fields)


def share(numerator, denominator, year=2024, **fields):
    found = wilson(numerator, denominator)
    given = {"lower": found.lower * 100, "upper": found.upper * 100, "se": None, "n": denominator} | fields
    return wave(found.value * 100, year=year, **given)


def verdict(earlier, later, kind=Kind.SURVEY, *, in_points=True):
    return compare(earlier, later, kind, in_points=in_points).verdict


def test_a_clear_rise_is_higher_and_a_clear_fall_lower():
    assert verdict(wave(50), wave(60)) == Verdict.HIGHER
    assert verdict(wave(60), wave(50)) == Verdict.LOWER


def test_a_change_that_chance_explains_is_no_clear_change():
    assert verdict(wave(50), wave(53)) == Verdict.NO_CLEAR_CHANGE


def test_the_change_carries_its_interval_and_the_day_compared_with():
    found = compare(wave(50, year=2023), wave(60, year=2024), Kind.SURVEY, in_points=True)
    assert found.since == date(2023, 12, 31)
    assert round(found.change.lower, 2) == 5.76
    assert round(found.change.upper, 2) == 14.24


def test_bostons_rise_of_14_points_on_35_and_20_is_too_few_to_say():
    assert verdict(share(25, 35), share(17, 20), Kind.PROPORTION) == Verdict.TOO_FEW


def test_ten_points_on_1180_and_940_have_a_direction():
    assert verdict(share(549, 1180), share(531, 940), Kind.PROPORTION) == Verdict.HIGHER


@pytest.mark.parametrize(("n", "expected"), [(99, Verdict.TOO_FEW), (100, Verdict.HIGHER), (None, Verdict.TOO_FEW)])
def test_a_base_under_100_on_either_side_is_too_few(n, expected):
    assert verdict(wave(50), wave(60, n=n)) == expected
    assert verdict(wave(50, n=n), wave(60)) == expected


@pytest.mark.parametrize(("half", "expected"), [(7.07, Verdict.HIGHER), (7.08, Verdict.TOO_FEW)])
def test_an_interval_wider_than_ten_points_either_way_is_too_few(half, expected):
    # Two halves of 7.07 make a change of plus or minus 9.998 points, two of 7.08 one of 10.01.
    assert verdict(wave(20, half=half), wave(70, half=half)) == expected


def test_width_in_points_says_nothing_about_counts():
    earlier = wave(400, half=40, se=None, sample_type="", n=None)
    later = wave(600, half=50, se=None, sample_type="", n=None, year=2025)
    assert verdict(earlier, later, Kind.COUNT, in_points=False) == Verdict.HIGHER


def test_without_an_interval_there_is_no_direction():
    assert verdict(wave(50), wave(60, lower=None, upper=None)) == Verdict.NONE
    assert verdict(wave(50, lower=None, upper=None), wave(60)) == Verdict.NONE


def test_a_plain_number_never_has_a_direction_even_with_limits():
    assert verdict(wave(50), wave(90), Kind.PLAIN) == Verdict.NONE
    assert since_last([wave(50), wave(90)], Kind.PLAIN, in_points=False).verdict == Verdict.NONE


@pytest.mark.parametrize(
    "changed",
    [
        {"wording_id": "HC07-v2"},
        {"population": "Residents aged 16 and over"},
        {"sample_type": "open"},
        {"mode_shares": {"postal": 0.7, "online": 0.2, "face": 0.1}},
        {"mode_shares": {"postal": 1.0}},
        {"mode_shares": {"postal": 0.549, "online": 0.451}},
        {"marker": "b"},
    ],
)
def test_another_wording_population_or_way_of_answering_is_a_break(changed):
    assert verdict(wave(50), wave(90, **changed)) == Verdict.BREAK


def test_a_ways_share_may_move_by_15_points():
    assert verdict(wave(50), wave(60, mode_shares={"postal": 0.55, "online": 0.45})) == Verdict.HIGHER


def open_wave(value=50.0, **fields):
    return wave(value, sample_type="open", **{"collector_shares": {"poster": 0.6, "library": 0.4}} | fields)


def test_an_open_surveys_change_is_only_indicative():
    assert verdict(open_wave(50), open_wave(60)) == Verdict.INDICATIVE_HIGHER
    assert verdict(open_wave(60), open_wave(50)) == Verdict.INDICATIVE_LOWER
    assert verdict(open_wave(50), open_wave(52)) == Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    "moved",
    [
        {"collector_shares": {"poster": 0.3, "library": 0.7}},
        {"collector_shares": {"poster": 0.6, "school": 0.4}},
        {"mode_shares": {"postal": 0.4, "online": 0.6}},
    ],
)
def test_an_open_survey_that_reached_others_is_not_comparable(moved):
    assert verdict(open_wave(50), open_wave(60, **moved)) == Verdict.OTHER_PEOPLE
    assert not is_break(open_wave(50), open_wave(60, **moved))


def test_a_collector_may_move_by_15_points():
    moved = {"poster": 0.45, "library": 0.55}
    assert verdict(open_wave(50), open_wave(60, collector_shares=moved)) == Verdict.INDICATIVE_HIGHER


def test_a_provisional_value_is_not_compared():
    assert verdict(wave(50), wave(90, marker="p")) == Verdict.PROVISIONAL


def test_counts_of_periods_of_another_length_are_not_compared():
    quarter = wave(100, half=20, sample_type="", period_end=date(2024, 3, 31))
    year = wave(400, half=40, sample_type="", year=2025)
    assert verdict(quarter, year, Kind.COUNT, in_points=False) == Verdict.OTHER_LENGTH


def test_the_first_value_has_nothing_to_be_compared_with():
    assert since_last([wave()], Kind.SURVEY, in_points=True).verdict == Verdict.FIRST


def test_the_last_comparable_value_lies_before_a_wave_with_another_wording():
    series = [wave(50, year=2022), wave(80, year=2023, wording_id="v2"), wave(60, year=2024)]
    found = since_last(series, Kind.SURVEY, in_points=True)
    assert (found.verdict, found.since) == (Verdict.HIGHER, date(2022, 12, 31))


def test_where_nothing_is_comparable_the_verdict_is_the_break():
    series = [wave(50, year=2022), wave(60, year=2023, wording_id="v2")]
    assert since_last(series, Kind.SURVEY, in_points=True).verdict == Verdict.BREAK


def test_the_baseline_is_the_value_of_its_period():
    series = [wave(50, year=2020), wave(58, year=2023), wave(60, year=2024)]
    found = since_baseline(series, (date(2020, 1, 1), date(2020, 12, 31)), Kind.SURVEY, in_points=True)
    assert (found.verdict, found.since) == (Verdict.HIGHER, date(2020, 12, 31))


def test_a_baseline_without_a_value_or_that_is_the_last_one_gives_nothing():
    period = (date(2024, 1, 1), date(2024, 12, 31))
    assert since_baseline([wave(50, year=2020)], period, Kind.SURVEY, in_points=True) is None
    assert since_baseline([wave(50, year=2024)], period, Kind.SURVEY, in_points=True) is None
    assert since_baseline([wave(50)], (None, None), Kind.SURVEY, in_points=True) is None
