"""A site with its pages laid."""

import pytest

from home.models import HomePage


@pytest.fixture
def home(laid_tree, db) -> HomePage:
    """Return the home page of a site that ``lay_tree`` has laid."""
    return HomePage.objects.get()
