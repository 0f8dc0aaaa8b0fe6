"""Downloads as a measure."""

from datetime import date

import pytest
import time_machine

from indicators.registry import measures
from reach.actions import add
from reach.enums import Metric
from tests.factories.schools import make_pack_page

pytestmark = pytest.mark.django_db


def read(**parameters):
    readings = measures["schools.downloads"].read(parameters)
    return [(r.period_start, r.period_end, r.value, r.marker) for r in readings]


def take(page, day, quantity):
    add(day=day, page_key=f"page-{page.translation_key}", metric=Metric.DOWNLOADS, quantity=quantity)


@time_machine.travel("2027-05-10 12:00", tick=False)
def test_downloads_are_counted_by_period_the_empty_and_the_running_one_too():
    page, other = make_pack_page(), make_pack_page()
    take(page, date(2026, 11, 30), 3)
    take(other, date(2027, 5, 1), 2)
    add(day=date(2027, 5, 1), page_key=f"page-{page.translation_key}", metric=Metric.VIEWS)
    assert read() == [
        (date(2026, 10, 1), date(2026, 12, 31), 3.0, ""),
        (date(2027, 1, 1), date(2027, 3, 31), 0.0, ""),
        (date(2027, 4, 1), date(2027, 6, 30), 2.0, "p"),
    ]
    assert read(pack=other.pack.code, period="month") == [(date(2027, 5, 1), date(2027, 5, 31), 2.0, "p")]
    assert [value for *_, value, _ in read(period="year")] == [3.0, 2.0]


def test_without_downloads_there_is_no_reading():
    make_pack_page()
    assert read() == []


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [({"pack": "nothing"}, "There is no lesson pack with the code 'nothing'"), ({"period": "week"}, "Give month")],
)
def test_a_wrong_parameter_is_one_sentence(parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(**parameters)
