"""Mailings of campaigns, and what is known of the account that sends them."""

from typing import Any

from django.utils import timezone

from campaigns.actions.mailings import begin_mailing, submit_mailing
from campaigns.models import Campaign, MailchimpAudience, MailchimpSegment, Mailing
from core.models import User
from tests.factories.campaigns import unsaved_campaign


def make_audience(name: str = "Kirklees news", **fields: Any) -> MailchimpAudience:
    """Return an audience of 1,200 people."""
    known = {
        "remote_id": f"a{MailchimpAudience.objects.count()}b2",
        "web_id": 100,
        "double_optin": True,
        "member_count": 1200,
        "from_name": "Kirklees Council",
        "from_email": "news@example.org",
        "language": "en",
        "seen_at": timezone.now(),
    }
    return MailchimpAudience.objects.create(name=name, **(known | fields))


def make_segment(audience: MailchimpAudience, name: str = "Events near Dewsbury", **fields: Any) -> MailchimpSegment:
    """Return a segment of 340 people."""
    known = {"remote_id": MailchimpSegment.objects.count() + 7, "kind": "saved", "member_count": 340}
    return MailchimpSegment.objects.create(audience=audience, name=name, seen_at=timezone.now(), **(known | fields))


def make_mailing(campaign: Campaign | None = None, *, by: User | None = None, **fields: Any) -> Mailing:
    """Return a mailing that is being written, of a campaign without a page unless one is given."""
    if campaign is None:
        campaign = unsaved_campaign()
        campaign.save()
    mailing = begin_mailing(campaign=campaign, name="Newsletter", language=fields.pop("language", "en"), by=by)
    for name, value in ({"subject": "You will be believed"} | fields).items():
        setattr(mailing, name, value)
    mailing.save()
    return Mailing.objects.get(pk=mailing.pk)


def make_fit_mailing(campaign: Campaign | None = None, *, by: User | None = None, **fields: Any) -> Mailing:
    """Return a mailing to a segment that nothing keeps from going in."""
    audience = make_audience()
    fit = {
        "preview_text": "Who can help, day or night.",
        "body": [("text", "<p>If it happens to you, tell somebody.</p>")],
        "audience": audience,
        "segment": make_segment(audience),
        "expected_recipients": 340,
        "ceiling": 400,
    }
    return make_mailing(campaign, by=by, **(fit | fields))


def make_submitted_mailing(campaign: Campaign | None = None, *, by: User, **fields: Any) -> Mailing:
    """Return a mailing that ``by`` wrote and sent in."""
    return submit_mailing(mailing=make_fit_mailing(campaign, by=by, **fields), by=by)
