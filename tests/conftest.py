"""What every test may use."""

import gc
import os
import shutil
import subprocess
from collections import defaultdict
from contextlib import ExitStack, suppress
from ctypes.util import find_library
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page, Site

from core.models import User
from tests import database

pytest_plugins = ["tests.leaks"]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Fail, under CI, a test that skips itself: there it has all that it needs."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} cannot run: {report.longrepr}"


def uses_database(item) -> bool:
    """Tell whether the test ``item`` says that it uses the database."""
    return bool(item.get_closest_marker("django_db")) or "db" in item.fixturenames


def laid_for(item) -> set[str]:
    """Return the fixtures of the test ``item`` that lay rows once for its file, as ``lay_once`` says."""
    return {name for name in item.fixturenames if name.startswith("laid_")}


def has_r() -> bool:
    """Tell whether R and its survey package are installed."""
    asked = ["Rscript", "-e", "if (!requireNamespace('survey', quietly = TRUE)) quit(status = 1)"]
    return bool(shutil.which("Rscript")) and not subprocess.run(asked, check=False, capture_output=True).returncode


def has_zbar() -> bool:
    """Tell whether zbar's library is installed."""
    return bool(find_library("zbar"))


def pytest_collection_modifyitems(config, items):
    """Refuse a test that says it is alike on every database and asks for one, and rows that some of a file expect.

    Nobody needs R or zbar to run the suite: what asks it is left out where it is not installed. CI installs it, and
    fails without it.
    """
    for marker, is_there in (("r", has_r), ("zbar", has_zbar)):
        asking = [item for item in items if item.get_closest_marker(marker)]
        if asking and not os.environ.get("CI") and not is_there():
            config.hook.pytest_deselected(items=asking)
            items[:] = [item for item in items if item not in asking]
    files = defaultdict(list)
    for item in items:
        if uses_database(item):
            files[item.path].append(item)
            if item.get_closest_marker("alike"):
                raise pytest.UsageError(
                    f"{item.nodeid} uses the database: it may differ, so it cannot be marked alike."
                )
    for together in files.values():
        laid = set.union(*map(laid_for, together))
        for item in together:
            if unasked := laid - laid_for(item):
                raise pytest.UsageError(
                    f"{item.nodeid} would find what {unasked} laid: let it ask for that, or move it."
                )


def pytest_collection_finish():
    """Keep what the imports made out of every later search for garbage: it stays to the end of the run."""
    gc.collect()
    gc.freeze()


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


class Reader(Client):
    """Django's client, which remembers the files that it was given."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.files = []

    def request(self, **request):
        response = super().request(**request)
        if response.streaming:
            self.files.append(response)
        return response


@pytest.fixture
def client():
    """Return a client; what a test did not read of a file is read after it, so that the file is closed."""
    reader = Reader()
    yield reader
    for file in reader.files:
        with suppress(ValueError):  # it is closed already
            file.getvalue()


@pytest.fixture(autouse=True)
def _nobody_was_here():
    """Forget the visitors of earlier tests: who came to a page then would not be new to it, or seem to click twice."""
    caches["visitors"].clear()


@pytest.fixture(scope="module")
def lay_once(django_db_setup, django_db_blocker):
    """Return a function that runs what it is given, and whose rows each test of the file then finds as they were laid.

    For what is dear to make and what every test of a file begins with. Each test's transaction opens within one of the
    file's, so what it changes is gone at its end, and the rows go with the file's last test. A fixture that calls it
    has this scope too, returns no row, since an object keeps what another test did to it, and is named `laid_...`: all
    tests of a file that use the database ask for it, or some would find its rows and some not, by their order.
    """
    with ExitStack() as whole_file:
        with django_db_blocker.unblock():
            whole_file.enter_context(transaction.atomic())

        def lay(make):
            Site.clear_site_root_paths_cache()
            with django_db_blocker.unblock():
                return make()

        yield lay
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            whole_file.close()


@pytest.fixture(scope="module")
def laid_tree(lay_once) -> None:
    """Lay the pages that every site begins with."""
    from home.setup import lay_tree

    lay_once(lay_tree)


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
    from tests.factories.campaigns import make_home

    return make_home()


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
