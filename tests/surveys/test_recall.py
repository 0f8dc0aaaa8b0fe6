"""Saying which question of a survey asks whether people came across a campaign."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.roles import ANALYSTS, OFFICERS
from surveys import actions
from surveys.models import Question, Recall
from tests.factories.campaigns import unsaved_campaign
from tests.factories.results import make_campaign_wave
from tests.factories.surveys import make_wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    found = unsaved_campaign("autumn")
    found.save()
    return found


def marked(wave, **said):
    said = {"question": Question.objects.get(code="CMP01"), "answers": ["yes"]} | said
    return actions.mark_recall(survey=wave.survey, **said)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([], "Choose answers of CMP01"),
        (["perhaps"], "Choose answers of CMP01"),
        (["not-sure"], "Choose answers of CMP01"),
        (["yes", "no"], "Leave at least one answer of CMP01"),
        (["no"], "For “Autumn” the answers to CMP01 that count are yes. Choose the same"),
    ],
)
def test_answers_that_make_no_two_sides_are_refused_in_a_sentence(campaign, answers, sentence):
    wave = make_campaign_wave(campaign)
    campaign.title = "Autumn"
    campaign.save()
    other = unsaved_campaign("winter")
    other.save()

    with pytest.raises(ValidationError, match=sentence):
        marked(wave, campaign=other, answers=answers)
    assert Recall.objects.count() == 1


def test_a_question_about_the_person_or_of_the_tables_is_none_about_a_campaign(campaign):
    wave = make_campaign_wave(campaign)
    other = unsaved_campaign("winter")
    other.save()

    with pytest.raises(ValidationError, match="DEM04 asks about the person"):
        marked(wave, campaign=other, question=Question.objects.get(code="DEM04"), answers=["female"])
    with pytest.raises(ValidationError, match="This survey asks about this campaign already"):
        marked(wave, campaign=campaign)
    with pytest.raises(ValidationError, match="CMP01 says who came across"):
        actions.set_breakdowns(survey=wave.survey, codes=["CMP01"])
    Recall.objects.all().delete()
    actions.set_breakdowns(survey=wave.survey, codes=["CMP01"])
    with pytest.raises(ValidationError, match="Tables are broken down by CMP01 already"):
        marked(wave, campaign=campaign)


@pytest.mark.parametrize("broken", [{"codes": []}, {}])
def test_the_database_refuses_a_second_question_about_a_campaign_and_one_without_answers(campaign, broken):
    wave = make_campaign_wave(campaign)
    row = {"survey": wave.survey, "campaign": campaign, "question": make_wording("CMP04").question, "codes": ["yes"]}
    if broken:
        Recall.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recall.objects.create(**row | broken)


def test_an_analyst_marks_a_campaigns_question_by_the_screen_and_removes_it(client, campaign, make_user):
    client.force_login(make_user("analyst", ANALYSTS))
    wave = make_campaign_wave(campaign)
    Recall.objects.all().delete()
    address = reverse("survey_recall", args=[wave.pk])

    refused = client.post(address, {"campaign": campaign.pk})
    assert "Choose the answer, or answers, by which people say" in refused.content.decode()
    client.post(address, {"campaign": campaign.pk, "answers": ["CMP01 yes"]})
    assert Recall.objects.get().codes == ["yes"]
    assert str(campaign) in client.get(address).content.decode()
    client.post(reverse("survey_remove_recall", args=[wave.pk, Recall.objects.get().pk]))
    assert not Recall.objects.exists()


def test_nobody_but_an_analyst_marks_one(client, campaign, make_user):
    client.force_login(make_user("officer", OFFICERS))
    wave = make_campaign_wave(campaign)

    assert client.get(reverse("survey_recall", args=[wave.pk])).status_code == 302
    assert client.post(reverse("survey_remove_recall", args=[wave.pk, Recall.objects.get().pk])).status_code == 302
    assert Recall.objects.exists()
