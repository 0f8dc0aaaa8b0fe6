"""A campaign from its plan to its approved evaluation."""

import pytest

from campaigns.actions import close_campaign
from campaigns.actions.evaluating import approve_evaluation, begin_evaluation, submit_evaluation
from campaigns.enums import LessonKind
from campaigns.evaluation import digest_of
from campaigns.models import Lesson
from indicators.models import Strategy
from tests.factories.campaigns import unsaved_campaign


@pytest.fixture
def campaign():
    campaign = unsaved_campaign()
    campaign.save()
    Strategy.objects.update(status="current")
    return campaign


@pytest.fixture
def closed(campaign, officer):
    return close_campaign(campaign=campaign, by=officer)


@pytest.fixture
def written(closed, officer):
    evaluation = begin_evaluation(campaign=closed, by=officer)
    for kind in LessonKind:
        Lesson.objects.create(evaluation=evaluation, kind=kind, text=f"Lesson {kind}")
    return evaluation


@pytest.fixture
def submitted(written, officer):
    return submit_evaluation(evaluation=written, by=officer)


@pytest.fixture
def approved(submitted, manager):
    return approve_evaluation(evaluation=submitted, by=manager, seen=digest_of(submitted.frozen))
