"""What became of a mailing: read at its hours and whenever somebody asks, and told to reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing, MailingReport
from campaigns.queries.sending import to_carry_on
from reach.models import OfflineFigure
from tests.campaigns.mailings.sending import Page, sent_at_once
from tests.factories.sending import make_account, make_approved

pytestmark = pytest.mark.django_db


def test_reports_feed_reach_once_and_a_later_one_takes_the_place_of_the_last(
    mailchimp_sandbox, officer, manager, clock
):
    account = make_account(mailchimp_sandbox, in_segment=40)
    tracked = {
        "track_opens": True,
        "track_clicks": True,
        "tracking_reason": "To choose the hour",
        "tracking_decided_at": timezone.now(),
    }
    mailing = make_approved(account, writer=officer, approver=manager, **tracked)
    sent_at_once(mailing, manager)
    opens = []
    for hours in (1, 6, 24, 72, 168, 720):
        clock.move_to(Mailing.objects.get().sent_at + timedelta(hours=hours, minutes=1))
        assert to_carry_on() == [mailing.pk]
        carry_on(mailing.pk)
        report = MailingReport.objects.first()
        assert report.hours == hours
        standing = OfflineFigure.objects.standing()
        known = {figure.metric: figure.quantity for figure in standing}
        assert len(known) == len(standing)
        assert known.get("opens", 0) == report.proxy_excluded_unique_opens <= report.unique_opens
        assert known.get("clicks", 0) == report.clicks
        opens.append(known.get("opens", 0))
    assert opens == sorted(opens)
    assert opens[-1] > opens[0]
    assert {(figure.channel, figure.method) for figure in OfflineFigure.objects.all()} == {("email", "reported")}
    assert to_carry_on() == []


def test_the_report_is_read_as_soon_as_it_is_asked_for_and_once_for_each_hour(
    mailchimp_sandbox, officer, manager, client, clock
):
    account = make_account(mailchimp_sandbox, in_segment=40)
    tracked = {"track_opens": True, "tracking_reason": "To choose the hour", "tracking_decided_at": timezone.now()}
    mailing = sent_at_once(make_approved(account, writer=officer, approver=manager, **tracked), manager)
    page = Page(client, officer, mailing)
    assert "Read the report now" in str(page)
    page.press("report_mailing")
    assert to_carry_on() == [mailing.pk]
    assert "Less than an hour" in page.work()
    clock.shift(timedelta(hours=26))
    for _ in range(2):
        page.press("report_mailing")
        assert "26 hours" in page.work()
        clock.shift(timedelta(minutes=5))
    assert [report.hours for report in MailingReport.objects.all()] == [26, 0]
    (figure,) = OfflineFigure.objects.standing()
    assert (figure.quantity, figure.source) == (
        MailingReport.objects.first().counted_opens,
        f"Mailchimp's report of “{mailing}”, after 26 hours",
    )
    assert to_carry_on() == []


def test_a_report_that_is_asked_for_while_mailchimp_is_down_is_read_later_and_one_that_is_gone_is_not_asked_for_again(
    account, officer, manager, client
):
    mailing = sent_at_once(make_approved(account, writer=officer, approver=manager), manager)
    page = Page(client, officer, mailing)
    account.sandbox.faults.add("html_502", path="/reports/", times=3)
    page.press("report_mailing")
    assert "Its report could not be read." in page.work()
    assert to_carry_on() == [mailing.pk]
    assert "Less than an hour" in page.work()
    account.sandbox.faults.add("problem", path="/reports/", status=404)
    page.press("report_mailing")
    assert "Its report could not be read." in page.work()
    assert to_carry_on() == []


def test_where_mailchimps_clock_is_ahead_the_report_can_be_read_all_the_same(
    mailchimp_sandbox, officer, manager, client
):
    account = make_account(mailchimp_sandbox, in_segment=40)
    tracked = {"track_opens": True, "tracking_reason": "To choose the hour", "tracking_decided_at": timezone.now()}
    mailing = sent_at_once(make_approved(account, writer=officer, approver=manager, **tracked), manager)
    Mailing.objects.update(sent_at=timezone.now() + timedelta(days=2))
    mailchimp_sandbox.state.ahead += 3 * 24 * 3600
    page = Page(client, officer, mailing)
    page.press("report_mailing")
    assert "Less than an hour" in page.work()
    assert OfflineFigure.objects.get().starts == timezone.localdate()


def test_a_report_is_asked_for_only_of_what_was_sent(account, officer, manager, client):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, officer, mailing)
    page.press("report_mailing")
    assert "Nothing waits for that step now" in str(page)
    assert to_carry_on() == []


def test_of_what_is_not_at_mailchimp_such_as_a_sample_no_report_can_be_asked_for(account, officer, manager, client):
    mailing = sent_at_once(make_approved(account, writer=officer, approver=manager), manager)
    mailing.requests.all().delete()
    mailing.copies.all().delete()
    page = Page(client, officer, mailing)
    assert "Read the report now" not in str(page)
    page.press("report_mailing")
    assert "there is no report to read" in str(page)
    assert to_carry_on() == []
