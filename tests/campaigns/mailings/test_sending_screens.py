"""Sending a mailing as staff do it: from the page of the mailing, with every step asked about and told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Mailing, MailingReport, MailingTest
from campaigns.queries.sending import earliest, to_carry_on
from core.waiting import waiting
from reach.models import OfflineFigure
from tests.campaigns.mailings.sending import Page
from tests.factories.mailings import make_fit_mailing, make_submitted_mailing
from tests.factories.sending import make_approved

pytestmark = pytest.mark.django_db


def when(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_a_mailing_goes_from_approval_to_its_report_by_the_buttons_alone(account, officer, manager, client, clock):
    to = {"audience": account.audience, "segment": account.segment, "ceiling": 10}
    mailing = make_submitted_mailing(by=officer, **to)

    page = Page(client, manager, mailing)
    asked = page.at("approve_mailing")
    assert "Residents" in asked
    assert "Events" in asked
    seen = asked.partition('name="seen" value="')[2].partition('"')[0]
    page.press("approve_mailing", looked="on", seen=seen)

    page = Page(client, officer, mailing)
    assert "Lay it at Mailchimp" in str(page)
    page.press("prepare_mailing")
    assert "is being laid" in str(page)
    assert "It lies at Mailchimp as it was approved, for 2 people." in page.work()

    asked = page.at("send_mailing")
    assert "to 2 people</button>" in asked
    assert "Send it at once" not in asked
    due = earliest(timezone.now())
    digest = Mailing.objects.get().digest
    answer = page.press("send_mailing", due=when(due), looked="on", seen=digest)
    assert answer.status_code == 302, answer.content.decode()
    assert f"Mailchimp sends it on {timezone.localtime(due):%-d %B %Y, %H:%M}" in page.work()
    clock.shift(timedelta(hours=1))
    page.work()
    assert "to 2 people." in page.work()
    clock.shift(timedelta(hours=2))
    assert to_carry_on() == [mailing.pk]
    assert "Not counted" in page.work()
    report = MailingReport.objects.get()
    assert (report.hours, report.emails_sent, report.delivered, report.unique_opens) == (1, 2, 2, None)
    assert OfflineFigure.objects.count() == 0
    assert to_carry_on() == []


def test_a_time_that_cannot_be_stands_beside_its_field_and_nothing_typed_is_lost(account, officer, manager, client):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, officer, mailing)
    page.press("prepare_mailing")
    page.work()
    typed = when(timezone.now() + timedelta(minutes=1))
    answer = page.press("send_mailing", due=typed, looked="on", seen=mailing.digest)
    assert answer.status_code == 422
    assert "Choose a time at least 15 minutes from now" in answer.content.decode()
    assert typed in answer.content.decode()
    answer = page.press("send_mailing", due="soon", looked="on", seen=mailing.digest)
    assert answer.status_code == 422
    assert "Write the day and the time like 2026-09-30 14:15." in answer.content.decode()
    assert page.press("send_mailing", due="", seen=mailing.digest).status_code == 422


def test_who_may_not_send_mailings_is_refused(account, officer, manager, make_user, client):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, make_user("tess", "Schools leads"), mailing)
    steps = ("prepare_mailing", "send_mailing", "test_mailing", "stop_mailing", "try_mailing_again", "give_up_mailing")
    for name in steps:
        page.press(name, looked="on", seen=mailing.digest)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.tests.count(), account.sandbox.asked) == ("approved", 0, [])


def test_a_step_that_was_taken_meanwhile_leads_to_how_it_stands(account, officer, manager, client):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, officer, mailing)
    for name in ("approve_mailing", "send_back_mailing", "send_mailing", "stop_mailing", "leave_mailing"):
        answer = client.get(reverse(f"campaigns:{name}", args=[mailing.pk]))
        assert answer.url == reverse("campaigns:mailing", args=[mailing.pk])
    assert "Nothing waits for that step now" in str(page)


def test_what_is_not_known_waits_on_the_first_screen_and_only_a_manager_decides(
    account, officer, manager, client, clock
):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, manager, mailing)
    page.press("prepare_mailing")
    page.work()
    account.sandbox.faults.add("html_502", method="POST", path="/actions/send")
    assert "Send it at once" in page.at("send_mailing")
    page.press("send_mailing", at_once="on", looked="on", seen=mailing.digest)
    shown = page.work()
    assert "Nobody knows yet whether it goes out or went" in shown
    assert "It did not go" not in shown
    clock.shift(timedelta(minutes=11))
    assert "It did not go: try again" in str(page)
    assert "It did not go: try again" not in str(Page(client, officer, mailing))
    found = [row for name, offer in waiting.items() if name == "campaigns.mailings" for row in offer(officer)]
    assert [(row.what, row.is_late) for row in found] == [("Mailing of which it is not known whether it went", True)]
    page = Page(client, manager, mailing)
    page.press("try_mailing_again")
    assert "Ready to be sent." in page.work()


def test_a_test_goes_to_the_addresses_of_colleagues_alone_before_approval_too(account, officer, make_user, client):
    colleague = make_user("mo", "Communications managers")
    fields = {"audience": account.audience, "segment": account.segment, "ceiling": 10}
    mailing = make_submitted_mailing(by=officer, **fields)
    page = Page(client, officer, mailing)
    page.press("test_mailing", to=[str(colleague.pk)])
    assert "mo: sent." in page.work()
    (letter,) = account.sandbox.state.letters
    assert letter["to"] == "mo@example.org"
    assert account.sandbox.sends == []
    assert page.press("test_mailing", to=["mo@example.org"]).status_code == 422
    assert page.press("test_mailing").status_code == 422


def test_a_draft_is_tested_as_it_is_written_and_without_an_audience_it_is_said_what_lacks(
    account, officer, make_user, client
):
    colleague = make_user("mo", "Communications managers")
    draft = make_fit_mailing(by=officer, audience=account.audience, segment=account.segment)
    page = Page(client, officer, draft)
    page.press("test_mailing", to=[str(colleague.pk)])
    assert "mo: sent." in page.work()
    Mailing.objects.update(audience=None, segment=None)
    page.press("test_mailing", to=[str(colleague.pk)])
    assert "Choose first who gets the mailing" in page.work()
    assert len(account.sandbox.state.letters) == 1


def test_a_test_is_never_tried_again_and_there_are_ten_an_hour(account, officer, make_user, client):
    colleague = make_user("mo", "Communications managers")
    fields = {"audience": account.audience, "segment": account.segment, "ceiling": 10}
    mailing = make_submitted_mailing(by=officer, **fields)
    page = Page(client, officer, mailing)
    account.sandbox.faults.add("answer_lost", method="POST", path="/actions/test")
    page.press("test_mailing", to=[str(colleague.pk)])
    assert "mo: not known." in page.work()
    page.work()
    assert len(account.sandbox.state.letters) == 1
    MailingTest.objects.bulk_create(MailingTest(mailing=mailing, state="sent") for _ in range(9))
    answer = page.press("test_mailing", to=[str(colleague.pk)])
    assert "10 tests of this mailing were sent within the last hour" in answer.content.decode()


def test_no_page_about_sending_asks_mailchimp(account, officer, manager, client):
    mailing = make_approved(account, writer=officer, approver=manager)
    page = Page(client, officer, mailing)
    page.press("prepare_mailing")
    page.work()
    before = len(account.sandbox.asked)
    for name in ("mailing", "send_mailing", "test_mailing", "give_up_mailing", "write_mailing_anew"):
        assert page.at(name)
    assert len(account.sandbox.asked) == before
