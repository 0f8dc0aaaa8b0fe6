"""What every test may use."""

import os

import pytest
from django.db import connection
from wagtail.models import Page, Site

from core.models import User
from tests import database


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Fail, under CI, a test that skips itself: there it has all that it needs."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} cannot run: {report.longrepr}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, pytestconfig, django_db_blocker):
    """Let the test database start as a copy of a migrated one, unless `--create-db` asks for every migration."""
    if pytestconfig.getvalue("create_db"):
        return
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            database.copy_file(pytestconfig.cache.mkdir("databases"))
        else:
            database.name_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the SQLite file that stands there; it goes with the run's own folder."""
    return connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def _forget_where_sites_begin():
    """Forget the cached root page of an earlier test, whose tree is gone."""
    Site.clear_site_root_paths_cache()


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


@pytest.fixture
def home(db):
    """Return a home page that the site's address leads to."""
    from home.models import HomePage

    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="Home", slug="home-page", summary="Welcome."))
    Site.objects.update(root_page=page)
    return page


@pytest.fixture
def campaign_index(home):
    """Return the list of campaigns, with the roles laid on it."""
    from config.roles import lay_roles
    from tests.factories.campaigns import make_campaign_index

    index = make_campaign_index(home)
    lay_roles()
    return index


@pytest.fixture
def officer(make_user, campaign_index):
    """Return a communications officer."""
    return make_user("olive", "Communications officers")


@pytest.fixture
def manager(make_user, campaign_index):
    """Return a communications manager."""
    return make_user("martha", "Communications managers")
