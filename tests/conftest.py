"""What every test may use."""

import pytest
from wagtail.models import Page, Site

from core.models import User


@pytest.fixture
def root_page(db) -> Page:
    """Return the page that the site's address leads to."""
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def make_user(db):
    """Return a function that makes an active account in the groups named."""
    from django.contrib.auth.models import Group

    def make(username: str, *groups: str, **fields) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", "a-long-password", **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make
