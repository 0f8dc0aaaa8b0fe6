"""An open survey with its page, as most tests want it."""

import pytest

from tests.factories.surveys import make_open_wave, make_survey_page


@pytest.fixture
def wave(db):
    """Return an open wave with a question of every kind."""
    return make_open_wave()


@pytest.fixture
def start(wave):
    """Return the address of the open survey's start page."""
    make_survey_page(wave.survey)
    return "/surveys/local-voice/"
