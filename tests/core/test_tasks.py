"""What the shared room does by the clock."""

from datetime import timedelta

import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import Page

from core.tasks import publish_scheduled, purge


def test_a_page_goes_live_and_expires_at_its_times(root_page: Page):
    now = timezone.now()
    page = root_page.add_child(instance=Page(title="Week", slug="week", live=False))
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=2)
    page.save_revision(approved_go_live_at=page.go_live_at)
    page.save()

    lives = []
    for hours in (0, 1.1, 1.2, 2.1, 2.2):
        with time_machine.travel(now + timedelta(hours=hours)):
            publish_scheduled()
        page.refresh_from_db()
        lives.append(page.live)

    assert lives == [False, True, True, False, False]


def test_sessions_that_have_run_out_are_deleted_at_night(db):
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(minutes=1))
    purge()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
