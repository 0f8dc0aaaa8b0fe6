"""The web version of a mailing, for who reads it in a browser."""

import pytest
from django.utils import timezone

from campaigns.mailings.letter import web_address
from campaigns.models import Mailing
from campaigns.queries.mailings import content_hash
from tests.factories.campaigns import make_live_page
from tests.factories.mailings import make_submitted_mailing

pytestmark = pytest.mark.django_db
AT = "/campaigns/no-place/mailings/mail-newsletter/"


@pytest.fixture
def mailing(campaign_index, officer):
    mailing = make_submitted_mailing(make_live_page().campaign, by=officer)
    mailing.state, mailing.digest, mailing.approved_at = "approved", content_hash(mailing), timezone.now()
    mailing.save()
    return mailing


def test_it_shows_exactly_what_was_approved_once_it_is_out(client, mailing):
    assert client.get(AT).status_code == 404
    Mailing.objects.update(state="send_requested", subject="Changed by hand")
    response = client.get(AT)
    assert response.content.decode() == mailing.frozen["web_html"]
    assert "Changed by hand" not in response.content.decode()
    assert web_address(mailing).endswith(AT)


def test_it_asks_search_engines_to_leave_it_and_runs_nothing(client, mailing):
    Mailing.objects.update(state="sent")
    response = client.get(AT)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "pushing", "ready", "cancelled"])
def test_nobody_reads_what_is_not_out(client, mailing, state):
    Mailing.objects.update(state=state)
    assert client.get(AT).status_code == 404


def test_one_that_was_changed_past_the_site_is_not_shown(client, mailing):
    Mailing.objects.update(state="sent", frozen=mailing.frozen | {"web_html": "<p>Something else</p>"})
    assert client.get(AT).status_code == 404


def test_the_address_names_its_campaign(client, mailing):
    Mailing.objects.update(state="sent")
    assert client.get(AT.replace("no-place", "other")).status_code == 404
    assert client.get(AT.replace("newsletter", "other")).status_code == 404
