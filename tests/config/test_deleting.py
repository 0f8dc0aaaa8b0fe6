"""Deleting in the admin what something else still needs."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign
from core.models import Organisation
from indicators.models import Indicator
from tests.factories.campaigns import make_draft_page
from tests.factories.indicators import indicator, measurement

pytestmark = pytest.mark.django_db


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
