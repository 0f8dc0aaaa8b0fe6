"""An open survey with its page, as most tests want it."""

import pytest
from django.core.cache import caches

from tests.factories.surveys import make_open_wave, make_survey_page


@pytest.fixture(autouse=True)
def _nobody_came_before():
    """Forget who came in earlier tests: all of them come from one address, and the limits outlive a test."""
    caches["limits"].clear()


@pytest.fixture
def wave(db):
    """Return an open wave with a question of every kind."""
    return make_open_wave()


@pytest.fixture
def start(wave, client):
    """Return the address of the open survey's start page, from which ``client`` has begun a form."""
    make_survey_page(wave.survey)
    client.get("/surveys/local-voice/start/")
    return "/surveys/local-voice/"
