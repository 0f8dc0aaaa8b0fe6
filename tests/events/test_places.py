"""In which ward events happen, as the ledger of reach is told."""

from datetime import date

import pytest

from core.models import Ward
from reach.registry import every_place
from tests.factories.events import make_event_page, make_occurrence, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def wards():
    return [
        Ward.objects.create(key=f"{name.lower()}-2026", name=name, valid_from=date(2026, 5, 7))
        for name in ("Dalton", "Newsome")
    ]


def test_an_event_stands_in_the_ward_of_its_venues(wards):
    page = make_event_page()
    for _ in range(2):
        make_occurrence(page.event, venue=make_venue(ward=wards[0]))

    assert every_place().pages == {f"page-{page.translation_key}": "dalton-2026"}


@pytest.mark.parametrize("other", ["another ward", "no ward"])
def test_an_event_that_goes_from_ward_to_ward_stands_in_none(wards, other):
    page = make_event_page()
    make_occurrence(page.event, venue=make_venue(ward=wards[0]))
    make_occurrence(page.event, venue=make_venue(ward=wards[1] if other == "another ward" else None))

    assert every_place().pages == {}


def test_an_event_online_stands_in_none(db):
    make_occurrence(make_event_page().event, online_address="https://example.org/join")

    assert every_place().pages == {}
