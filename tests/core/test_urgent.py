"""Who is on duty publishes alone, for a day: a colleague approves it, or it goes back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from config.roles import MANAGERS, OFFICERS
from core.approvals import urgent
from core.approvals.content import is_approved
from core.approvals.urgent import confirm, publish_urgently, to_decide, withdraw
from core.models import Approval, Deputy, DutyOfficer, OutboxMessage
from core.tasks import keep_approved
from tests.core.test_approvals import edit_url, fresh, review, save, submit
from tests.factories.campaigns import make_draft_page

pytestmark = pytest.mark.django_db
WHY = "The office is on fire."


@pytest.fixture
def duty(officer):
    """Return an officer who is on duty today."""
    today = timezone.localdate()
    DutyOfficer.objects.create(user=officer, first_day=today, last_day=today)
    return officer


@pytest.fixture
def page(client, duty, manager):
    """Return a page that a manager approved, with a newer draft of who is on duty."""
    draft = make_draft_page(by=duty)
    submit(client, duty, draft, title="Approved")
    review(client, manager, draft)
    save(client, duty, draft, title="Urgent words")
    return fresh(draft)


def publish(client, user, page, reason=WHY):
    client.force_login(user)
    return client.post(reverse("approvals_urgent", args=[page.pk]), {"reason": reason})


def decide(client, user, page, **what):
    client.force_login(user)
    return client.post(reverse("approvals_decide", args=[page.pk]), what)


def hours_later(hours):
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


class TestPublishing:
    def test_who_is_on_duty_publishes_alone_and_managers_are_told(self, client, duty, manager, page):
        client.force_login(duty)
        assert "Publish as urgent" in client.get(edit_url(page)).content.decode()
        OutboxMessage.objects.all().delete()
        publish(client, duty, page)
        page = fresh(page)
        assert (page.title, is_approved(page)) == ("Urgent words", True)
        told = OutboxMessage.objects.get()
        assert (told.recipients, told.subject) == ([manager.email], "Urgent: Urgent words")
        assert WHY in bytes(told.mime).decode()
        entry = PageLogEntry.objects.get(page=page.pk, action="groundswell.urgent")
        assert (entry.user, entry.data["reason"]) == (duty, WHY)

    def test_it_is_marked_in_the_editor_and_waits_for_managers(self, client, duty, manager, page):
        publish(client, duty, page)
        client.force_login(manager)
        editor = client.get(edit_url(page)).content.decode()
        assert "This page was published as urgent by olive, alone" in editor
        assert reverse("approvals_decide", args=[page.pk]) in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_a_reason_is_needed(self, client, duty, page):
        assert "Say why this cannot wait" in publish(client, duty, page, reason=" ").content.decode()
        assert fresh(page).title == "Approved"

    @pytest.mark.parametrize("shift", [-1, 1])
    def test_not_on_another_day(self, client, duty, page, shift):
        day = timezone.localdate() + timedelta(days=shift)
        DutyOfficer.objects.update(first_day=day, last_day=day)
        publish(client, duty, page)
        with pytest.raises(PermissionDenied):
            publish_urgently(page=page, by=duty, reason=WHY)
        assert fresh(page).title == "Approved"

    def test_nobody_else(self, client, page, make_user):
        for user in (make_user("omar", OFFICERS), make_user("max", MANAGERS)):
            publish(client, user, page)
        assert fresh(page).title == "Approved"

    def test_what_has_a_fault_is_refused_in_a_sentence(self, client, duty, page):
        page.campaign.closed_on = timezone.localdate()
        page.campaign.save()
        assert "nothing of it can be changed" in publish(client, duty, page).content.decode()
        assert fresh(page).title == "Approved"


class TestDeciding:
    def test_a_manager_approves_and_it_stays(self, client, duty, manager, page):
        publish(client, duty, page)
        decide(client, manager, page, approve="yes")
        with hours_later(25):
            keep_approved()
        assert (fresh(page).title, to_decide(page)) == ("Urgent words", None)

    def test_a_manager_withdraws_and_what_was_approved_before_returns(self, client, duty, manager, page):
        publish(client, duty, page)
        assert "Say why it is withdrawn" in decide(client, manager, page, withdraw="yes").content.decode()
        decide(client, manager, page, withdraw="yes", reason="It was a drill.")
        page = fresh(page)
        assert (page.title, page.live, is_approved(page)) == ("Approved", True, True)
        assert page.get_latest_revision_as_object().title == "Urgent words"
        keep_approved()
        assert fresh(page).title == "Approved"

    def test_a_page_that_nothing_stood_on_before_is_taken_down(self, client, duty, manager):
        page = make_draft_page("new", by=duty)
        publish(client, duty, page)
        assert fresh(page).live
        decide(client, manager, page, withdraw="yes", reason="It was a drill.")
        assert not fresh(page).live

    def test_after_a_day_it_goes_back_by_itself_and_all_are_told(self, client, duty, page):
        publish(client, duty, page)
        OutboxMessage.objects.all().delete()
        with hours_later(23):
            keep_approved()
            assert fresh(page).title == "Urgent words"
        with hours_later(25):
            keep_approved()
            keep_approved()
        assert fresh(page).title == "Approved"
        assert "taken back, because nobody approved it" in bytes(OutboxMessage.objects.get().mime).decode()

    def test_who_published_it_does_not_approve_it_even_as_a_deputy(self, client, duty, manager, page):
        today = timezone.localdate()
        Deputy.objects.create(for_whom=manager, user=duty, first_day=today, last_day=today)
        publish(client, duty, page)
        with pytest.raises(PermissionDenied):
            confirm(approval=to_decide(page), by=duty)
        decide(client, duty, page, withdraw="yes", reason="My mistake.")
        assert fresh(page).title == "Approved"

    def test_a_manager_who_wrote_part_of_it_does_not_approve_it(self, client, duty, manager, page):
        save(client, manager, page, title="Urgent words of a manager")
        publish(client, duty, page)
        with pytest.raises(PermissionDenied):
            confirm(approval=to_decide(page), by=manager)

    def test_an_approval_of_a_later_version_settles_it(self, client, duty, manager, page):
        publish(client, duty, page)
        submit(client, duty, page, title="A later version")
        review(client, manager, page)
        with hours_later(25):
            keep_approved()
        assert fresh(page).title == "A later version"

    def test_a_second_urgent_version_that_is_withdrawn_brings_back_what_was_approved(self, client, duty, manager, page):
        publish(client, duty, page)
        save(client, duty, page, title="More urgent words")
        publish(client, duty, page)
        decide(client, manager, page, withdraw="yes", reason="A drill.")
        assert fresh(page).title == "Approved"

    def test_deciding_twice_is_refused(self, client, duty, manager, page):
        publish(client, duty, page)
        approval = to_decide(page)
        confirm(approval=approval, by=manager)
        with pytest.raises(ValidationError, match="decided about this already"):
            withdraw(approval=approval, by=manager, reason="Late.")


def test_one_that_cannot_be_taken_back_keeps_nothing_else_from_it(client, duty, manager, page, monkeypatch):
    """A fault in one page would else stop the site from keeping every other page to what was approved."""
    publish(client, duty, page)
    other = make_draft_page("other", by=duty)
    publish(client, duty, other)
    changed = make_draft_page("changed", by=duty)
    submit(client, duty, changed, title="Approved too")
    review(client, manager, changed)
    Page.objects.filter(pk=changed.pk).update(title="Nobody approved this")
    fault = urgent._before

    def fail_for_one(approval):
        if approval.page_id == page.pk:
            raise ValidationError("Somebody has decided about this already.")
        return fault(approval)

    monkeypatch.setattr(urgent, "_before", fail_for_one)
    with hours_later(25):
        keep_approved()

    assert not fresh(other).live
    assert fresh(changed).title == "Approved too"


def test_only_an_urgent_approval_is_decided_later(page):
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(how="colleague").update(decide_by=timezone.now())
