"""A review may have a day by which it is decided; approvers are reminded the day before and once it is late."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from config.roles import OFFICERS
from core.approvals.due import due_of, set_due
from core.models import OutboxMessage
from core.tasks import keep_approved
from tests.core.test_approvals import edit_url, fresh, review, submit
from tests.factories.campaigns import make_draft_page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page(client, officer):
    """Return a page that the officer has just sent in."""
    page = make_draft_page(by=officer)
    submit(client, officer, page)
    return fresh(page)


def ask(client, page, day):
    return client.post(reverse("approvals_due", args=[page.pk]), {"day": day})


def reminders():
    return [row.subject for row in OutboxMessage.objects.filter(subject__contains="approval of").order_by("pk")]


def test_whoever_sends_a_page_in_is_asked_by_when_and_says_so(client, officer, page):
    assert "Must it be decided by a day?" in client.get(reverse("wagtailadmin_home")).content.decode()
    day = timezone.localdate() + 3 * DAY
    assert ask(client, page, day.isoformat()).status_code == 302
    assert due_of(page) == day
    assert "The approval is to be decided by" in client.get(edit_url(page)).content.decode()


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01"])
def test_what_is_no_day_to_come_is_refused_beside_the_field(client, page, day):
    response = ask(client, page, day)
    assert list(response.context["form"].errors) == ["day"]
    assert due_of(page) is None


def test_a_page_that_is_in_no_review_has_no_day(client, manager, page):
    review(client, manager, page)
    assert ask(client, page, timezone.localdate().isoformat()).status_code in {302, 403}
    assert due_of(fresh(page)) is None


def test_who_may_not_edit_the_page_says_nothing(page, make_user):
    with pytest.raises(PermissionDenied):
        set_due(page=page, by=make_user("una", "Survey analysts"), day=timezone.localdate())


def test_approvers_are_reminded_the_day_before_and_when_it_is_late_once_each(page, officer, manager):
    set_due(page=page, by=officer, day=timezone.localdate() + 3 * DAY)
    for days in (0, 1, 2, 2, 3, 4, 5):
        with time_machine.travel(timezone.now() + days * DAY, tick=False):
            keep_approved()
    assert reminders() == ["Due soon: approval of A page", "Late: approval of A page"]
    assert OutboxMessage.objects.filter(subject__startswith="Late").get().recipients == [manager.email]


def test_what_was_decided_is_not_reminded_of(client, page, officer, manager):
    set_due(page=page, by=officer, day=timezone.localdate())
    review(client, manager, page)
    keep_approved()
    assert reminders() == []


def test_a_late_review_stands_first_on_the_approvers_first_screen(client, page, officer, manager, make_user):
    set_due(page=page, by=officer, day=timezone.localdate())
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        client.force_login(manager)
        words = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ", due " in words
    client.force_login(make_user("omar", OFFICERS))
    assert ", due " not in client.get(reverse("wagtailadmin_home")).content.decode()
