"""A manager, and one thing of each kind that would happen by itself."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone
from wagtail.models import Page

from config.roles import lay_roles
from core.outbox.actions import put


@pytest.fixture(autouse=True)
def _no_banner_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def martha(db, make_user):
    """Return a communications manager."""
    lay_roles()
    return make_user("martha", "Communications managers", first_name="Martha", last_name="Mills")


@pytest.fixture
def soon():
    """Return a time an hour from now."""
    return timezone.now() + timedelta(hours=1)


def page_to_go_live(at, title="Week") -> Page:
    """Make a page whose approved version waits for a time."""
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title=title, slug=title.lower(), live=False, go_live_at=at))
    page.save_revision(approved_go_live_at=at)
    return page


def page_to_expire(at, title="Over") -> Page:
    """Make a live page that is to be taken down at a time."""
    page = Page.objects.get(depth=1).add_child(instance=Page(title=title, slug=title.lower(), expire_at=at))
    page.save_revision()
    return page


def message(*, to_public=True, subject="Our news", **fields):
    """Put a message into the outbox."""
    return put(EmailMessage(subject, "Words", "x@example.org", ["a@example.org"]), to_public=to_public, **fields)
