"""What every test may use."""

import os
import shutil
from pathlib import Path

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


def pytest_collection_modifyitems(items):
    """Refuse a test that says it is alike on every database and asks for one."""
    for item in items:
        if item.get_closest_marker("alike") and (item.get_closest_marker("django_db") or "db" in item.fixturenames):
            raise pytest.UsageError(f"{item.nodeid} uses the database, so it may differ: it cannot be marked alike.")


@pytest.fixture(scope="session")
def migrated_file(pytestconfig, django_db_blocker) -> Path | None:
    """Return an SQLite file on which every migration has run; None where the tests make their own from nothing."""
    if pytestconfig.getvalue("create_db") or connection.vendor != "sqlite":
        return None
    with django_db_blocker.unblock():
        return database.migrated_file(pytestconfig.cache.mkdir("databases"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, pytestconfig, django_db_blocker, migrated_file
):
    """Let the test database start as a copy of a migrated one, unless `--create-db` asks for every migration."""
    if migrated_file:
        shutil.copyfile(migrated_file, connection.settings_dict["TEST"]["NAME"])
    elif not pytestconfig.getvalue("create_db"):
        with django_db_blocker.unblock():
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
