"""What tests of news by email share."""

import pytest
from django.core.cache import caches

from campaigns.models.audiences import MailchimpAudience
from tests.factories.updates import AREAS, make_audience, make_webhook, open_updates


@pytest.fixture(autouse=True)
def _nobody_came():
    """Forget who signed up over which network in earlier tests."""
    caches["limits"].clear()


@pytest.fixture
def audience(campaign_index) -> MailchimpAudience:
    """Return an audience as the account is known here."""
    return make_audience(areas=AREAS)


@pytest.fixture
def wording(audience):
    """Open signing up, and return the words that people agree to."""
    return open_updates(audience, areas=AREAS)


@pytest.fixture
def webhook(audience):
    """Have Mailchimp tell us what happens at the audience."""
    return make_webhook(audience)
