from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from indicators.models import Definition, Target
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def test_without_a_strategy_the_dashboard_says_so(client):
    assert "No strategy has been published yet." in text(client.get("/indicators/"))


def test_the_dashboard_groups_indicators_by_objective_and_names_the_empty_one(client):
    make.measurement(make.indicator())
    make.objective(code="early", title="Early intervention", order=1)
    page = text(client.get("/indicators/"))
    first, second = page.split("Early intervention")
    assert "Indicator B5" in first
    assert "No indicator measures this objective yet." in second


def test_the_dashboard_shows_principles_and_definitions_that_hold_today(client):
    strategy = make.strategy()
    strategy.principles = "No hierarchy of hate"
    strategy.save()
    given = {"source": "The strategy", "valid_from": date(2017, 1, 1)}
    Definition.objects.create(code="now", term="Hate crime", text="What it is now.", **given)
    Definition.objects.create(code="then", term="Old", text="What it was.", valid_to=date(2018, 1, 1), **given)
    page = text(client.get("/indicators/"))
    assert "<li>No hierarchy of hate</li>" in page
    assert "What it is now." in page
    assert "What it was." not in page


def test_a_card_has_value_range_base_target_direction_and_period_in_words(client):
    indicator = make.indicator(headline=True)
    make.measurement(indicator, 2024, value=44.0, lower=40.0, upper=48.0)
    make.measurement(indicator, 2025)
    Target.objects.create(indicator=indicator, value=60, due=date(2099, 3, 31))
    page = text(client.get("/indicators/"))
    assert "<strong>54%</strong>" in page
    assert "Likely range: 50% to 59%" in page
    assert "Based on about 485 answers" in page
    assert '<span aria-hidden="true">↑</span> Since 31 December 2024: higher' in page
    assert "Target: 60% by 31 March 2099" in page
    assert "1 January 2025 to 31 December 2025" in page


def test_numbers_and_dates_are_written_as_the_language_of_the_page_writes_them(client):
    views = make.indicator(code="C1", kind="plain", unit="views")
    make.measurement(views, value=12345, lower=None, upper=None)
    rate = make.indicator(code="C2", kind="rate", unit="per 1,000")
    make.measurement(rate, value=3.44, lower=2.91, upper=4.06, n=1250, numerator=40, denominator=11_628)
    polish = text(client.get("/pl/indicators/"))
    assert '<strong>12 345 <bdi lang="en" dir="ltr">views</bdi></strong>' in polish
    assert "2,9" in polish
    assert "1 250" in polish
    assert "31 grudnia 2025" in polish
    urdu = text(client.get("/ur/indicators/C2/"))
    assert "\u20663.4\u2069" in urdu
    assert "31 دسمبر 2025" in urdu


def test_an_arrow_stands_on_headline_indicators_only(client):
    indicator = make.indicator()
    make.measurement(indicator, 2024, value=44.0, lower=40.0, upper=48.0)
    make.measurement(indicator, 2025)
    page = text(client.get("/indicators/"))
    assert "Since 31 December 2024: higher" in page
    assert "↑" not in page


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/B5/"])
def test_sample_data_is_marked_and_kept_from_search_engines(client, address):
    make.measurement(make.indicator(), is_sample=True)
    response = client.get(address)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert '<span class="sample-data">Sample data</span>' in response.content.decode()
    assert "ld+json" not in response.content.decode()


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/B5/"])
def test_real_numbers_are_not_marked_as_sample(client, address):
    make.measurement(make.indicator())
    response = client.get(address)
    assert "X-Robots-Tag" not in response
    assert "Sample data" not in response.content.decode()


def test_an_indicator_page_shows_everything_known(client):
    indicator = make.indicator(
        rationale="It shows trust.", baseline_start=date(2020, 1, 1), baseline_end=date(2020, 12, 31)
    )
    make.measurement(indicator, 2020)
    make.measurement(indicator, 2024, value=55.0, wording_id="HC07-v2")
    make.measurement(indicator, 2025, value=56.0)
    page = text(client.get("/indicators/B5/"))
    assert "<title>Indicator B5" in page
    assert "The share of people who agree." in page
    assert "It shows trust." in page
    assert "Since 31 December 2020: no clear change" in page
    assert "about 95 in 100 of the ranges" in page
    assert "[b]: break in the series: not to be compared with earlier values" in page
    assert "/api/v1/indicators/B5/measurements.csv" in page
    assert "Residents survey" in page


def test_the_table_has_every_value_newest_first(client):
    indicator = make.indicator()
    for year in (2023, 2024, 2025):
        make.measurement(indicator, year)
    page = text(client.get("/indicators/B5/"))
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    assert [row.split("</th>")[0] for row in rows] == [
        f'<th scope="row">1 January {year} to 31 December {year}' for year in (2025, 2024, 2023)
    ]
    assert "<td>54%</td><td>50% to 59%</td><td>485</td><td>no clear change</td>" in rows[0]


def test_an_open_survey_is_called_not_representative_and_is_not_judged(client):
    indicator = make.indicator()
    make.measurement(indicator, sample_type="open")
    Target.objects.create(indicator=indicator, value=50, due=date(2099, 3, 31))
    page = text(client.get("/indicators/B5/"))
    assert "<strong>54%</strong> of those who answered" in page
    assert "Range from chance alone: 50% to 59%" in page
    assert "this is not representative" in page
    assert "An open survey is not judged against a target." in page
    assert "margin of error" not in page
    assert "Likely range" not in page


def test_one_thing_has_its_unit_in_the_singular(client):
    indicator = make.indicator(kind="plain", unit="events", polarity="none", counts_people=False)
    make.measurement(indicator, value=1.0, lower=None, upper=None, se=None, n=None)
    assert "<strong>1 event</strong>" in text(client.get("/indicators/B5/"))


def test_a_plain_number_has_no_range_and_no_direction(client):
    indicator = make.indicator(kind="plain", unit="views", polarity="none", counts_people=False)
    make.measurement(indicator, 2024, value=100.0, lower=None, upper=None, se=None, n=None)
    make.measurement(indicator, 2025, value=900.0, lower=None, upper=None, se=None, n=None)
    page = text(client.get("/indicators/B5/"))
    assert "<strong>900 views</strong>" in page
    assert "A plain number has no range, no target and no direction." in page
    assert "higher" not in page.split("Which way is better")[0]


def test_a_withheld_value_says_why_and_has_no_direction(client):
    indicator = make.indicator()
    make.measurement(indicator, 2024)
    make.measurement(indicator, 2025, n=17)
    page = text(client.get("/indicators/B5/"))
    assert "<strong>[c] withheld, because it could point to a person</strong>" in page
    assert "<dt>Direction</dt>" not in page


def test_an_indicator_without_a_value_says_so(client):
    make.indicator()
    page = text(client.get("/indicators/B5/"))
    assert "No value yet" in page
    assert "No value has been recorded yet." in page


def test_the_chart_has_alternative_text_and_stands_above_its_table(client, tmp_path):
    indicator = make.indicator()
    make.measurement(indicator)
    indicator.chart = default_storage.save("charts/x.svg", ContentFile(b"<svg/>"))
    indicator.save()
    page = text(client.get("/indicators/B5/"))
    assert 'alt="Chart of Indicator B5. One value: 54% (December 2025). The table below has the same number."' in page
    assert page.index("<img") < page.index("<table")


def test_a_page_whose_chart_is_not_drawn_yet_shows_its_table_alone(client):
    make.measurement(make.indicator())
    page = text(client.get("/indicators/B5/"))
    assert "<img" not in page
    assert "<table>" in page


@pytest.mark.parametrize("code", ["B6", "b5", "%22%22%22((", "B5%0A", "x" * 2000])
def test_an_unknown_code_is_a_page_that_says_so(client, code):
    make.indicator()
    response = client.get(f"/indicators/{code}/")
    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/B5/"])
def test_other_methods_are_refused(client, address):
    make.indicator()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/B5/"])
def test_the_pages_set_no_cookie(client, address):
    make.measurement(make.indicator())
    assert not client.get(address).cookies


@pytest.mark.parametrize("several", [1, 3])
def test_the_dashboard_asks_as_much_for_three_indicators_as_for_one(client, several, django_assert_num_queries):
    for number in range(several):
        indicator = make.indicator(f"B{number}")
        make.measurement(indicator, 2024)
        make.measurement(indicator, 2025)
    client.get("/indicators/")
    with django_assert_num_queries(11):
        client.get("/indicators/")


@pytest.mark.parametrize("several", [1, 3])
def test_an_indicator_page_asks_as_much_for_three_values_as_for_one(client, several, django_assert_num_queries):
    indicator = make.indicator()
    for number in range(several):
        make.measurement(indicator, 2023 + number)
    client.get("/indicators/B5/")
    with django_assert_num_queries(9):
        client.get("/indicators/B5/")
