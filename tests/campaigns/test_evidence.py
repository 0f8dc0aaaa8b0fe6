"""What rooms know of what a campaign changed."""

import pytest

from campaigns.enums import Level
from campaigns.queries import evidence_of
from campaigns.registry import Evidence, evidence
from tests.factories.campaigns import unsaved_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    found = unsaved_campaign("autumn")
    found.save()
    return found


def known(level, label):
    return Evidence(level=level, label=label, sentence="Said.", method="Asked.", source="A survey")


@pytest.fixture
def offers(monkeypatch):
    """Two rooms that know something, in place of those of the site."""
    list(evidence)
    monkeypatch.setattr(evidence, "_offers", {})
    evidence.offer("a")(lambda _: [known(Level.OUTCOME, "trust"), known(Level.OUTTAKE, "remembered")])
    evidence.offer("b")(lambda campaign: [known(Level.OUTTAKE, f"heard of {campaign.code}")])


def test_outtakes_stand_before_outcomes_and_each_room_keeps_its_order(campaign, offers):
    assert [one.label for one in evidence_of(campaign)] == ["remembered", "heard of autumn", "trust"]


def test_a_campaign_that_nobody_was_asked_about_has_none(campaign):
    assert evidence_of(campaign) == []
