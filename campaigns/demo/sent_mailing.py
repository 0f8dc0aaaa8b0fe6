"""A mailing of the demonstration that stands as if it had been sent, with what would have become of it: all invented.

It lies nowhere at Mailchimp, and its last report is read, so no worker has anything to do for it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.actions.sending.reporting import keep_report
from campaigns.demo.placements import WEEK
from campaigns.enums import MailingState
from campaigns.mailchimp.shapes import Report
from campaigns.mailings.letter import outgoing
from campaigns.models import Campaign, MailchimpAudience, Mailing, MailingEvent, MailingReport
from campaigns.queries.mailings import content_hash
from campaigns.queries.sending import HOURS
from core.demonstration import SAMPLE_PREFIX, Chapter, chapters
from core.enums import Channel
from reach.enums import Method
from reach.models import OfflineFigure

CODE = f"{SAMPLE_PREFIX}invitation"
AUDIENCE = "sample"  # no id that Mailchimp would give
SAMPLE = "Sample data"
SENT_TO, CEILING = 1_184, 1_300
SUBJECT = "A week against hate is coming: lend a hand"
PREVIEW = "Three ways to take part, each in less than an hour."
BODY = """
<p>In a fortnight people across Kirklees say together that nobody should be abused for who they are. You can help.</p>
<ul>
<li><b>Put up a poster</b> where you work, learn, pray or play.</li>
<li><b>Invite us</b> to ten minutes of your next meeting.</li>
<li><b>Share where to turn</b> with somebody who may need it.</li>
</ul>
<p>In an emergency call 999. We do not take reports by email.</p>
"""
WAY = (
    MailingState.SUBMITTED,
    MailingState.APPROVED,
    MailingState.PUSHING,
    MailingState.READY,
    MailingState.SEND_REQUESTED,
    MailingState.SENT,
)
# After so many hours: opened with what programs load, opened, clicks, who clicked, unsubscribed.
REPORTED = {24: (498, 301, 96, 81, 2), 7 * 24: (583, 362, 121, 99, 3), HOURS[-1]: (604, 377, 128, 104, 4)}


@transaction.atomic
def load(done: Callable[[str], None]) -> None:
    """Lay the mailing, unless it stands or the campaign is closed."""
    campaign = Campaign.objects.filter(code=WEEK, closed_on=None).exclude(mailings__code=CODE).first()
    if campaign:
        mailing = _sent(campaign)
        for hours in REPORTED:
            _report(mailing, hours)
    done("Mailing that was sent")


def _sent(campaign: Campaign) -> Mailing:
    at = _sent_at(campaign)
    mailing = Mailing(
        campaign=campaign,
        name=f"Invitation ({SAMPLE})",
        code=CODE,
        subject=SUBJECT,
        preview_text=PREVIEW,
        body=[("text", BODY)],
        audience=_audience(),
        to_whole_audience=True,
        expected_recipients=SENT_TO,
        ceiling=CEILING,
        track_opens=True,
        track_clicks=True,
        tracking_reason=f"{SAMPLE}: to show what a report looks like.",
        tracking_decided_at=at,
        submitted_at=at,
        approved_at=at,
        sent_at=at,
        emails_sent=SENT_TO,
    )
    mailing.save()  # what goes out asks for its links, and so for its key
    mailing.frozen = outgoing(mailing)
    mailing.digest = content_hash(mailing)
    for mailing.state in WAY:
        mailing.save()
    Mailing.objects.filter(pk=mailing.pk).update(begun_at=at)
    words = f"{SAMPLE}: laid by the demonstration as if it had been sent. Nobody got it."
    event = MailingEvent.objects.create(mailing=mailing, to_state=MailingState.SENT, words=words)
    MailingEvent.objects.filter(pk=event.pk).update(at=at)
    return mailing


def _sent_at(campaign: Campaign) -> datetime:
    """Return a fortnight before the campaign, and so long ago that the last report was due."""
    last = timezone.localdate() - timedelta(hours=HOURS[-1], days=10)
    day = min(campaign.starts - timedelta(weeks=2), last)
    return timezone.make_aware(datetime.combine(day, time(10)))


def _audience() -> MailchimpAudience:
    """Return an audience that is not at Mailchimp, so nobody can choose it."""
    known = {"name": f"Residents ({SAMPLE})", "web_id": 0, "double_optin": True, "member_count": SENT_TO}
    sender = {"from_name": "Kirklees (demonstration)", "from_email": "news@council.example", "is_gone": True}
    return MailchimpAudience.objects.get_or_create(
        remote_id=AUDIENCE, defaults={**known, **sender, "seen_at": timezone.now()}
    )[0]


def _report(mailing: Mailing, hours: int) -> None:
    with_programs, opened, clicks, clicked, unsubscribed = REPORTED[hours]
    at = _sent_at(mailing.campaign) + timedelta(hours=hours)
    found = Report(
        emails_sent=SENT_TO,
        send_time=mailing.sent_at,
        opens=with_programs * 2,
        unique_opens=with_programs,
        proxy_excluded_opens=opened * 2,
        proxy_excluded_unique_opens=opened,
        clicks=clicks,
        unique_clicks=clicked,
        unique_subscriber_clicks=clicked,
        unsubscribed=unsubscribed,
        abuse_reports=0,
        hard_bounces=9,
        soft_bounces=14,
        syntax_errors=0,
    )
    report = keep_report(mailing, found, hours=hours, now=at, is_sample=True)
    MailingReport.objects.filter(pk=report.pk).update(read_at=at)


def remove() -> None:
    """Take away the mailing with what it put into reach, and its audience."""
    Mailing.objects.filter(code=CODE).delete()
    told = OfflineFigure.objects.filter(campaign_code=WEEK, channel=Channel.EMAIL, method=Method.REPORTED)
    told.erase_samples()
    MailchimpAudience.objects.filter(remote_id=AUDIENCE).delete()


chapters.offer("campaigns-sent-mailing")(Chapter(order=68, steps=1, load=load, remove=remove))
