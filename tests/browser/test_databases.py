"""Tests that follow a browser's in the same process have the database that they would have had before it."""

import pytest
from wagtail.models import Page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_rows_of_every_site_are_put_back_after_a_test_that_committed(playwright, time):
    assert Page.objects.filter(depth=1).exists()
