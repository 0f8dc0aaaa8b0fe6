"""The public API as its description promises it."""

import csv
import io
from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from indicators.models import Target
from reach.actions import add
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db

COLUMNS = (
    "indicator,area_code,area_name,period_start,period_end,value,lower,upper,n,unit,marker,status,source,wording_id"
)


@pytest.fixture
def indicator():
    found = make.indicator(headline=True, baseline_start=date(2023, 1, 1), baseline_end=date(2023, 12, 31))
    for year in (2023, 2024, 2025):
        make.measurement(found, year)
    Target.objects.create(indicator=found, value=60, due=date(2099, 3, 31))
    return found


def test_a_list_of_indicators_has_items_count_and_next(client, indicator):
    make.indicator("B6")
    answer = client.get("/api/v1/indicators").json()
    assert set(answer) == {"items", "count", "next"}
    assert ([item["code"] for item in answer["items"]], answer["count"], answer["next"]) == (["B5", "B6"], 2, None)


def test_one_indicator_has_its_latest_number_and_words(client, indicator):
    answer = client.get("/api/v1/indicators/B5").json()
    assert answer["latest"]["value"] == 54
    assert answer["since_last"] == "no clear change"
    assert answer["since_baseline"] == "no clear change"
    assert answer["target"] == {"value": 60, "due": "2099-03-31"}
    assert answer["page"] == "http://testserver/indicators/B5/"


def test_measurements_are_published_numbers(client, indicator):
    answer = client.get("/api/v1/indicators/B5/measurements").json()
    assert answer["count"] == 3
    assert answer["items"][1] == {
        "indicator": "B5",
        "area_code": "",
        "area_name": "",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "value": 54,
        "lower": 50,
        "upper": 59,
        "n": 485,
        "unit": "%",
        "marker": "",
        "status": "no clear change",
        "source": "Residents survey",
        "wording_id": "HC07-v1",
    }


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/indicators",
        "/api/v1/indicators/B5",
        "/api/v1/indicators/B5/measurements",
        "/api/v1/indicators/B5/measurements.csv",
        "/api/v1/indicators/B5/measurements.csv-metadata.json",
        "/api/v1/reach",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/indicators/none",
        "/api/v1/reach?from=yesterday",
    ],
)
def test_head_is_answered_as_get_without_a_body(client, indicator, address):
    get, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("address", ["/api/v1/indicators", "/api/v1/indicators/B5/measurements"])
def test_following_next_meets_every_row_once(client, indicator, address):
    make.indicator("B6")
    make.indicator("B7")
    met, following = [], f"{address}?limit=2"
    while following:
        answer = client.get(following).json()
        met += [item.get("period_end") or item["code"] for item in answer["items"]]
        following = answer["next"]
    assert len(met) == len(set(met)) == answer["count"] == 3


def test_the_csv_has_the_columns_promised_and_markers_where_there_is_no_number(client, indicator):
    make.measurement(indicator, 2026, n=17)
    response = client.get("/api/v1/indicators/B5/measurements.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == COLUMNS
    assert lines[-1] == "B5,,,2026-01-01,2026-12-31,[c],[c],[c],[c],%,[c],,Residents survey,HC07-v1"
    assert lines[3] == ("B5,,,2025-01-01,2025-12-31,54,50,59,485,%,,no clear change,Residents survey,HC07-v1")


def test_the_csv_says_sample_data_and_starts_no_formula(client):
    make.measurement(make.indicator(), is_sample=True, source="sample")
    make.measurement(make.indicator("B6"), source="=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/indicators/B5/measurements.csv").content.decode())))
    assert rows[0]["source"] == "Sample data"
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/indicators/B6/measurements.csv").content.decode())))
    assert rows[0]["source"] == "'=HYPERLINK(1)"


def test_the_metadata_beside_the_csv_describes_each_column_and_its_markers(client, indicator):
    response = client.get("/api/v1/indicators/B5/measurements.csv-metadata.json")
    assert response["Content-Type"] == "application/csvm+json"
    body = response.json()
    assert body["url"] == "measurements.csv"
    assert ",".join(column["name"] for column in body["tableSchema"]["columns"]) == COLUMNS
    value = next(column for column in body["tableSchema"]["columns"] if column["name"] == "value")
    assert (value["datatype"], value["null"]) == ("number", ["[c]", "[u]", "[x]", "[z]"])


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/indicators/nobody", 404),
        ("get", "/api/v1/indicators/nobody/measurements", 404),
        ("get", "/api/v1/indicators/nobody/measurements.csv", 404),
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/v1/indicators?limit=0", 422),
        ("get", "/api/v1/indicators?offset=-1", 422),
        ("get", "/api/v1/indicators?limit=lots", 422),
        ("get", "/api/v1/reach?from=yesterday", 422),
        ("get", "/api/v1/indicators/%00", 400),
        ("post", "/api/v1/indicators", 405),
        ("put", "/api/v1/indicators/B5", 405),
        ("delete", "/api/v1/indicators/B5/measurements", 405),
        ("patch", "/api/v1/reach", 405),
    ],
)
def test_errors_are_problem_documents(client, method, address, status):
    response = getattr(client, method)(address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["detail"].endswith(".")
    assert set(body) == {"type", "title", "status", "detail"}


def test_a_refused_method_says_which_are_allowed(client):
    assert client.post("/api/v1/indicators")["Allow"] == "GET"


def test_a_fault_of_ours_is_a_problem_document_without_its_cause(client, monkeypatch):
    def fail(*_):
        raise RuntimeError("a secret")

    monkeypatch.setattr("indicators.queries.whole_area", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/indicators")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in response.content


def test_the_pages_own_errors_are_not_touched(client):
    assert client.get("/indicators/nobody/")["Content-Type"].startswith("text/html")


def test_the_docs_come_from_this_site_alone(client):
    page = client.get("/api/v1/docs").content.decode()
    assert "https://" not in page
    assert "/static/ninja/swagger-ui-bundle.js" in page


@pytest.mark.parametrize("several", [1, 3])
def test_a_list_asks_as_much_for_three_indicators_as_for_one(client, several, django_assert_num_queries):
    for number in range(several):
        make.measurement(make.indicator(f"B{number}"))
    client.get("/api/v1/indicators")
    with django_assert_num_queries(6):
        client.get("/api/v1/indicators")


def test_the_api_sets_no_cookie(client, indicator):
    assert not client.get("/api/v1/indicators").cookies


api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def something_to_read(indicator):
    """Rows for the application itself, kept from closing the connection that the test's rows live in."""
    add(day=date(2026, 1, 5), page_key="page-a", metric="views", quantity=12)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@api.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_keeps_to_the_description(case, something_to_read):
    # Two days in the wrong order are each valid: only the description cannot say that together they are not.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def test_the_description_is_valid_json_schema(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
