"""A site to look at."""

import pytest

from home.models import ContentPage, HomePage
from indicators.enums import Status
from indicators.models import Strategy
from tests.factories import indicators
from tests.factories.campaigns import make_live_page
from tests.factories.events import make_event_page, make_occurrence
from tests.factories.schools import make_file, make_pack_page
from tests.factories.surveys import make_open_wave, make_survey_page
from tests.factories.updates import AREAS, make_audience, open_updates


def make_every_page() -> None:
    """Make a page of every kind on a site, each with something to show."""
    plain = ContentPage(title="What it is", slug="what-it-is", summary="In plain words.")
    HomePage.objects.get().add_child(instance=plain)
    make_live_page()
    make_occurrence(make_event_page(slug="fair").event)
    make_file(make_pack_page(slug="words").pack)
    make_survey_page(make_open_wave().survey)
    indicators.measurement(indicators.indicator())
    open_updates(make_audience(areas=AREAS), areas=AREAS)
    Strategy.objects.update(status=Status.CURRENT)  # the starter's is a draft, whose indicators nobody sees


@pytest.fixture(scope="module")
def laid_pages(laid_tree, lay_once) -> None:
    """Lay a site with a page of every kind."""
    lay_once(make_every_page)
