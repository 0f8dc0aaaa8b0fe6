"""Where "Leave quickly" may lead."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Site

from core.leaving import NEUTRAL_SITE, exit_address, refuse_unfit_exit
from core.models import CouncilSettings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://www.metoffice.gov.uk/", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("//www.metoffice.gov.uk/", "begins with https://"),
        ("https://", "public website"),
        ("https://intranet/", "public website"),
        ("https://user:secret@www.metoffice.gov.uk/", "public website"),
        ("https://[not-an-address/", "no web address"),
        ("https://www.metoffice.gov.uk:port/", "no web address"),
        ("https://voices.example.org/help/", "leads back to this site"),
        ("", "begins with https://"),
    ],
)
def test_an_unfit_way_out_is_refused_with_a_sentence_and_never_taken(address, words):
    Site.objects.update(hostname="voices.example.org")
    with pytest.raises(ValidationError, match=words):
        refuse_unfit_exit(address)
    assert exit_address(address) == NEUTRAL_SITE


def test_any_other_https_site_is_taken():
    assert exit_address("https://www.bbc.co.uk/weather") == "https://www.bbc.co.uk/weather"


def test_the_settings_say_what_is_wrong_beside_the_field():
    council = CouncilSettings.for_site(Site.objects.get())
    council.exit_url = "http://weather.example.org/"
    council.accessibility_reviewed = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        council.full_clean()
    assert set(refused.value.message_dict) == {"exit_url", "accessibility_reviewed"}


def test_a_statement_is_old_a_year_after_its_review_and_while_nobody_reviewed_it():
    today = timezone.localdate()
    council = CouncilSettings(accessibility_prepared=today - timedelta(days=900))
    assert council.statement_is_old(today)
    council.accessibility_reviewed = today - timedelta(days=365)
    assert not council.statement_is_old(today)
    assert council.statement_is_old(today + timedelta(days=1))
    assert CouncilSettings().statement_is_old(today)
