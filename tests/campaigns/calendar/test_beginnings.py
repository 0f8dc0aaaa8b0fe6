"""What the calendar begins with: on an empty site, and in the demonstration."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaigns.calendar.entries import today
from campaigns.models import AwarenessDate, Decision, RestrictedPeriod
from core.demonstration import chapters
from tests.factories.calendar import decided, make_entry

pytestmark = pytest.mark.django_db


def test_an_empty_site_has_its_awareness_dates_and_no_restricted_period(capsys):
    call_command("setup_council")
    assert AwarenessDate.objects.filter(name="National Hate Crime Awareness Week").exists()
    assert not RestrictedPeriod.objects.exists()


def test_the_demonstration_s_period_says_that_it_is_invented_wherever_it_stands(client, manager):
    chapters["campaigns-calendar"].load(lambda _: None)
    chapters["campaigns-calendar"].load(lambda _: None)
    period = RestrictedPeriod.objects.get()
    client.force_login(manager)
    for address in (
        reverse("restricted_period", args=[period.pk]),
        f"{reverse('campaign_calendar')}?month={period.starts:%Y-%m}",
        f"{reverse('campaign_calendar_list')}?first={period.starts}&last={period.ends}",
    ):
        assert "Sample data" in client.get(address).content.decode()


def test_the_demonstration_goes_with_what_was_decided_about_it_and_leaves_what_is_real(manager):
    chapters["campaigns-calendar"].load(lambda _: None)
    decided(RestrictedPeriod.objects.get(), make_entry(today()), manager)
    chapters["campaigns-calendar"].remove()
    assert not RestrictedPeriod.objects.exists()
    assert not Decision.objects.exists()
    assert AwarenessDate.objects.exists()
