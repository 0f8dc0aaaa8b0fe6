"""What became of a mailing: read from Mailchimp a few times after it was sent, and when asked for; told to reach."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.actions.sending.working import hold, note
from campaigns.mailchimp import MailchimpError, mailchimp
from campaigns.mailchimp.shapes import Report
from campaigns.mailings.faults import MENDS_ITSELF, in_words
from campaigns.mailings.outgoing import Outgoing
from campaigns.models import Mailing, MailingReport, MailingWork
from campaigns.queries.sending import copy_at_mailchimp, hours_due, hours_since
from core.enums import Channel
from reach.actions import enter_figure, take_back
from reach.enums import Confidence, Method, Metric
from reach.models import OfflineFigure

NOT_READ = "Its report could not be read."
REPLACED = "Mailchimp's report of a later hour takes its place."


def read_report(mailing: Mailing, work: MailingWork) -> None:
    """Read the report that is due or asked for, and keep its sums."""
    now, asked_at = timezone.now(), mailing.report_asked_at
    hours, copy = hours_since(mailing, now) if asked_at else hours_due(mailing, now), copy_at_mailchimp(mailing)
    if copy is None or not (asked_at or hours):
        return
    try:
        found = mailchimp().report(copy.remote_id)
    except MENDS_ITSELF as error:
        note(work, mailing, fault=f"{NOT_READ} {in_words(error)}")
    except MailchimpError as error:
        note(work, mailing, fault=f"{NOT_READ} {in_words(error)}", report_asked_at=None)
    else:
        with transaction.atomic():
            hold(work, mailing)
            keep_report(mailing, found, hours=hours, now=now)
            note(work, mailing, fault="", emails_sent=found.emails_sent, report_asked_at=None)


@transaction.atomic
def keep_report(
    mailing: Mailing, found: Report, *, hours: int, now: datetime, is_sample: bool = False
) -> MailingReport:
    """Keep one report of ``mailing``; the figures in reach are those of the newest, never of two together.

    One that was read in the same hour before gives way to it. What was not tracked is not known, which is not zero.
    """
    last = mailing.reports.first()
    goes = Outgoing.of(mailing.frozen)
    report = MailingReport(
        mailing=mailing,
        hours=hours,
        is_sample=is_sample,
        emails_sent=found.emails_sent,
        hard_bounces=found.hard_bounces,
        soft_bounces=found.soft_bounces,
        syntax_errors=found.syntax_errors,
        unsubscribed=found.unsubscribed,
        abuse_reports=found.abuse_reports,
    )
    if goes.track_opens:
        report.opens, report.unique_opens = found.opens, found.unique_opens
        report.proxy_excluded_opens = found.proxy_excluded_opens
        report.proxy_excluded_unique_opens = found.proxy_excluded_unique_opens
    if goes.track_clicks:
        report.clicks, report.unique_clicks = found.clicks, found.unique_clicks
        report.unique_subscriber_clicks = found.unique_subscriber_clicks
    opens, clicks = (last.opens_figure, last.clicks_figure) if last else (None, None)
    report.opens_figure = _figure(report, Metric.OPENS, report.counted_opens, opens, now)
    report.clicks_figure = _figure(report, Metric.CLICKS, report.clicks, clicks, now)
    mailing.reports.filter(hours=hours).delete()
    report.save()
    return report


def _figure(
    report: MailingReport, metric: Metric, quantity: int | None, before: OfflineFigure | None, now: datetime
) -> OfflineFigure | None:
    """Return what reach has of ``metric`` from now on: a new figure in place of the one ``before``, if they differ."""
    if before and not before.is_taken_back:
        if before.quantity == quantity:
            return before
        take_back(figure=before, reason=REPLACED, by=None)
    if not quantity:
        return None
    mailing, today = report.mailing, timezone.localdate(now)
    figure = OfflineFigure(
        campaign_code=mailing.campaign.code,
        channel=Channel.EMAIL,
        metric=metric,
        method=Method.REPORTED,
        quantity=quantity,
        starts=min(timezone.localdate(mailing.sent_at), today),  # Mailchimp's clock may be ahead of ours
        ends=today,
        source=f"Mailchimp's report of “{mailing}”, after {report.after}",
        confidence=Confidence.MEDIUM,  # a supplier said so
        is_sample=report.is_sample,
    )
    return enter_figure(figure=figure, by=None)
