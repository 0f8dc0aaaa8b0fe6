"""A site with its pages laid."""

import pytest

from home.models import HomePage
from home.setup import lay_tree


@pytest.fixture
def home(db) -> HomePage:
    """Return the home page of a site that ``lay_tree`` has laid."""
    return lay_tree()
