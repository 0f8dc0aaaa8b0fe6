"""Strategies, indicators and measurements for tests."""

from datetime import date

from indicators.models import Indicator, Measurement, Objective, Strategy


def strategy(**fields) -> Strategy:
    given = {"title": "Strategy", "starts": date(2025, 4, 1), "ends": date(2028, 3, 31), "status": "current"} | fields
    return Strategy.objects.get_or_create(code=given.pop("code", "strategy"), defaults=given)[0]


def objective(**fields) -> Objective:
    given = {"title": "Prevention", "strategy": fields.pop("strategy", None) or strategy()} | fields
    return Objective.objects.get_or_create(code=given.pop("code", "prevention"), defaults=given)[0]


def indicator(code: str = "B5", **fields) -> Indicator:
    given = {
        "objective": fields.pop("objective", None) or objective(),
        "title": f"Indicator {code}",
        "definition": "The share of people who agree.",
        "kind": "survey",
        "unit": "%",
        "polarity": "higher",
        "source": "Residents survey",
    } | fields
    return Indicator.objects.create(code=code, **given)


def measurement(of: Indicator, year: int = 2025, **fields) -> Measurement:
    given = {
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "value": 54.321,
        "lower": 49.876,
        "upper": 58.765,
        "se": 2.27,
        "n": 483,
        "n_eff": 322.123,
        "source": "Residents survey",
        "sample_type": "random",
        "wording_id": "HC07-v1",
        "population": "Residents aged 16 and over",
        "mode_shares": {"postal": 1.0},
    } | fields
    return Measurement.objects.create(indicator=of, **given)
