"""A site to look at."""

import pytest

from home.models import ContentPage
from home.setup import lay_tree
from indicators.enums import Status
from indicators.models import Strategy
from tests.factories import indicators
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event_page
from tests.factories.schools import make_file, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey_page


@pytest.fixture
def every_page(db) -> None:
    """Lay a site with a page of every kind, each with something to show."""
    home = lay_tree()
    home.add_child(instance=ContentPage(title="What it is", slug="what-it-is", summary="In plain words."))
    make_live_page()
    make_event_page()
    make_file(make_pack_page().pack)
    make_survey_page(make_open_wave().survey)
    indicators.measurement(indicators.indicator())
    Strategy.objects.update(status=Status.CURRENT)  # the starter's is a draft, whose indicators nobody sees
