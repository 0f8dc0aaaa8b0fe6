"""What most tests of surveys want: an open survey with its page; and for those of publishing, a closed wave."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches

from config.roles import ANALYSTS
from core.languages.trees import lay_trees
from core.models import User
from surveys import actions
from surveys.actions.publishing import looked_at
from surveys.models import Breakdown, Question, ResultSet
from tests.factories.results import answer, close, make_people_wave, make_results
from tests.factories.surveys import make_open_wave, make_survey_page
from tests.surveys.publishing import ALIKE


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


@pytest.fixture(scope="module")
def laid_results(laid_tree, lay_once) -> None:
    """Lay a closed wave of 300 people of whom 200 agree, 180 women and 100 men, and its figures; Petra made them."""

    def lay():
        analysts = Group.objects.get(name=ANALYSTS)
        for username, first, last in (("petra", "Petra", "Planner"), ("carl", "Carl", "Colleague")):
            user = User.objects.create_user(username, first_name=first, last_name=last)
            user.groups.add(analysts)
        wave = make_people_wave()
        for view, sex, times in ALIKE:
            answer(wave, times, cnf03=view, dem04=sex, hc08=["fear"])
        make_survey_page(wave.survey)
        lay_trees()
        Breakdown.objects.create(survey=wave.survey, question=Question.objects.get(code="DEM04"))
        make_results(close(wave), by=User.objects.get(username="petra"))

    lay_once(lay)


@pytest.fixture
def analyst(db):
    return User.objects.get(username="petra")


@pytest.fixture
def colleague(db):
    return User.objects.get(username="carl")


@pytest.fixture
def computed(db):
    return ResultSet.objects.get()


@pytest.fixture
def submitted(computed, analyst):
    return actions.submit_results(results=computed, findings="Most agree.", by=analyst)


@pytest.fixture
def approved(submitted, colleague):
    return actions.approve_results(results=submitted, by=colleague, seen=looked_at(submitted))
