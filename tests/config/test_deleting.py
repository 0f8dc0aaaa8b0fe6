"""Deleting in the admin what something else still needs."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign
from core.models import Organisation
from events.models import Venue
from indicators.models import Indicator
from surveys.models import Item, Question, Wording
from tests.factories.campaigns import make_draft_page
from tests.factories.events import make_occurrence, make_venue
from tests.factories.indicators import indicator, measurement
from tests.factories.surveys import make_open_wave, make_wave, make_wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client, make_user):
    """Sign a survey analyst in."""
    client.force_login(make_user("anna", "Survey analysts"))


def test_words_that_people_were_asked_are_kept_when_their_question_leaves_the_questionnaire(client, analyst):
    wave = make_open_wave()
    asked = Wording.objects.get(question__code="CNF01")
    Item.objects.filter(wording=asked).delete()
    response = client.post(reverse("wagtailsnippets_surveys_wording:delete", args=[asked.pk]), follow=True)
    assert "cannot be deleted, because it is still used by" in response.content.decode()
    assert asked in wave.instrument.wordings.all()


def test_words_that_nobody_was_asked_go(client, analyst):
    drafted = make_wording("CNF02")
    client.post(reverse("wagtailsnippets_surveys_wording:delete", args=[drafted.pk]))
    assert not Wording.objects.filter(pk=drafted.pk).exists()


@pytest.mark.parametrize("name", ["question", "questionnaire"])
def test_what_a_survey_needs_is_kept_and_says_why(client, analyst, name):
    wave = make_wave()
    kept = wave.questionnaire if name == "questionnaire" else Question.objects.first()
    response = client.post(reverse(f"wagtailsnippets_surveys_{name}:delete", args=[kept.pk]), follow=True)
    assert "cannot be deleted, because it is still used by" in response.content.decode()
    kept.refresh_from_db()


def test_several_at_once_all_go_or_none(client, analyst):
    make_open_wave()
    kept, unused = Wording.objects.get(question__code="CNF01"), make_wording("CNF02")
    listing = reverse("wagtailsnippets_surveys_wording:list")
    bulk = f"/admin/bulk/surveys/wording/delete/?next={listing}&id={unused.pk}"
    response = client.post(f"{bulk}&id={kept.pk}", follow=True)
    assert "Nothing was deleted, because some of it is still used by" in response.content.decode()
    assert Wording.objects.filter(pk=unused.pk).exists()
    assert client.post(bulk).url == listing
    assert not Wording.objects.filter(pk=unused.pk).exists()


def test_a_venue_with_dates_is_kept_and_an_empty_one_goes(client, make_user):
    kept, unused = make_occurrence().venue, make_venue()
    client.force_login(make_user("eve", "Events leads"))
    for venue in (kept, unused):
        client.post(reverse("wagtailsnippets_events_venue:delete", args=[venue.pk]))
    assert list(Venue.objects.all()) == [kept]


def test_an_indicator_with_values_is_kept_and_says_why(client, make_user):
    kept = indicator("B5")
    measurement(kept, 2025)
    client.force_login(make_user("cora", "Coordinators"))
    response = client.post(reverse("indicator:delete", args=[kept.pk]), follow=True)
    assert response.status_code == 200
    assert "cannot be deleted, because it is still used by" in response.content.decode()
    assert Indicator.objects.filter(pk=kept.pk).exists()


def test_an_indicator_without_values_goes(client, make_user):
    unused = indicator("B5")
    client.force_login(make_user("cora", "Coordinators"))
    assert client.post(reverse("indicator:delete", args=[unused.pk])).status_code == 302
    assert not Indicator.objects.filter(pk=unused.pk).exists()


def test_an_organisation_with_people_is_kept(client, make_user):
    kept = Organisation.objects.create(code="voices", name="Voices")
    ada = make_user("ada", "Administrators")
    ada.organisation = kept
    ada.save()
    client.force_login(ada)
    response = client.post(reverse("organisation:delete", args=[kept.pk]), follow=True)
    assert "it is still used by “ada”" in response.content.decode()
    assert Organisation.objects.filter(pk=kept.pk).exists()


def test_who_may_not_delete_a_campaign_is_told_nothing_of_its_draft(client, make_user, campaign_index):
    page = make_draft_page()
    client.force_login(make_user("pat", "Partners"))
    response = client.post(reverse("campaigns:delete", args=[page.campaign.pk]), follow=True)
    assert page.title not in response.content.decode()
    assert Campaign.objects.filter(pk=page.campaign.pk).exists()
