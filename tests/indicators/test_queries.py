"""What the public sees of a series."""

import pytest

from indicators.queries import public_series
from tests.factories.indicators import indicator

pytestmark = pytest.mark.django_db


def test_series_of_an_indicator_without_a_number_is_empty():
    empty = indicator()

    found = public_series(empty.code)

    assert (found.points, found.latest, found.status, found.is_sample) == ([], None, None, False)
