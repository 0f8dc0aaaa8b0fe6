"""No number leaves unrounded: every public answer is searched for what is really stored."""

import re

import pytest
from django.core.files.storage import default_storage

from indicators import charts
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/indicators/",
    "/indicators/B5/",
    "/api/v1/indicators",
    "/api/v1/indicators/B5",
    "/api/v1/indicators/B5/measurements",
    "/api/v1/indicators/B5/measurements.csv",
    "/api/v1/indicators/B5/measurements.csv-metadata.json",
)
SECRETS = (r"54\.3", r"49\.8", r"58\.7", r"2\.27", r"\b483\b", r"322\.1", r"\b262\b", r"0\.613", r"leaflet-7")


@pytest.fixture
def answers(client):
    """Return every public answer about an indicator whose stored numbers are all unlike their published ones."""
    indicator = make.indicator()
    shares = {"mode_shares": {"postal": 0.6137, "online": 0.3863}, "collector_shares": {"leaflet-7": 1.0}}
    make.measurement(indicator, 2024, numerator=262.0, denominator=483.0, **shares)
    make.measurement(indicator, 2025, numerator=262.0, denominator=483.0, **shares)
    make.measurement(indicator, 2023, value=41.5, lower=20.5, upper=65.5, n=17, n_eff=11.25)
    make.measurement(indicator, 2025, area_code="north", area_name="North", value=37.5, lower=27.5, upper=47.5, n=26)
    drawn = charts.draw_for(indicator)
    found = {address: client.get(address).content.decode() for address in ADDRESSES}
    with default_storage.open(drawn) as chart:
        return found | {"chart": chart.read().decode()}


def test_there_is_something_to_leak(answers):
    assert all(answers.values())
    assert "54%" in answers["/indicators/B5/"]


@pytest.mark.parametrize("address", [*ADDRESSES, "chart"])
def test_no_unrounded_number_base_or_share_leaves(answers, address):
    for secret in SECRETS:
        assert re.search(secret, answers[address]) is None, f"{secret} stands in {address}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_a_withheld_value_leaves(answers, address):
    for secret in (
        r"41\.5",
        r"\b42%",
        r"\b42\b",
        r"\b65\.5",
        r"\b66\b",
        r"37\.5",
        r"\b38\b",
        r"\b17\b",
        r"\b26\b",
        r"11\.25",
    ):
        assert re.search(secret, answers[address]) is None, f"{secret} stands in {address}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/indicators/B9/", "/api/v1/indicators/B9", "/api/v1/indicators/B9/measurements.csv"]
)
def test_an_indicator_of_a_strategy_that_is_still_being_written_stays_inside(client, address):
    coming = make.strategy(code="next", status="draft")
    kept = make.indicator("B9", objective=make.objective(code="later", strategy=coming))
    make.measurement(kept)
    assert client.get(address).status_code == 404
    coming.status = "current"
    coming.save()
    assert client.get(address).status_code == 200
