"""A whole installation with the demonstration, started once, and Chromium to look at it with."""

import json
import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from core.health.tools import find_chromium
from tests.installations import REPOSITORY, installation, run, wait_until

AXE = REPOSITORY / "node_modules/axe-core/axe.min.js"
# Chromium asks its maker for updates and the like; those answers are nothing to a test, and some networks refuse.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
# A driven Chromium calls itself headless, which the counting takes for the robot it is; people's browsers do not.
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
# What passes is most of what axe finds, and describing it takes longer than finding it.
VIOLATIONS = """only =>
  axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(found => found.violations)"""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

expect.set_options(timeout=15_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark every test in this folder, and keep them in one process: they share the installation.

    First of all such hooks, since pytest-xdist reads the groups in its own.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session", autouse=True)
def _databases_for_later_tests(django_db_setup, request):
    """Let the tests that follow in this process have their database.

    Playwright's event loop counts as running in this thread until the process ends, and Django refuses a thread with
    a running loop its database. No coroutine of ours runs there, so nothing is unsafe about it. It also opens another
    connection there, which has to be told what `serialized_rollback` puts back.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        before = getattr(connection, "_test_serialized_contents", None)  # none where no test of this run needs it
        request.getfixturevalue("playwright")
        connection._test_serialized_contents = before
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Give the running installation: `folder`, `base_url`, `processes()`."""
    with installation(tmp_path_factory.mktemp("browser") / "var") as made:
        made.start()
        wait_until((made.folder / "demo-accounts.json").exists, why=made.log)
        yield made


@pytest.fixture(scope="session")
def base_url(site) -> str:
    """Return the installation's address: `page.goto("/campaigns/")` goes there."""
    return site.base_url


@pytest.fixture(scope="session")
def accounts(site) -> dict[str, dict[str, str]]:
    """Return the demonstration's accounts: {role: {"username", "password"}}."""
    return json.loads((site.folder / "demo-accounts.json").read_text())


@pytest.fixture(scope="session")
def manage(site):
    """Return a function that runs a management command in the installation and gives what it printed."""

    def command(*arguments: str) -> str:
        done = run("manage.py", *arguments, VAR_DIR=site.folder, PORT=site.port)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return command


@pytest.fixture(scope="session")
def stored(site):
    """Return a function that reads the installation's database past the product: a dictionary for each row."""

    def rows(statement: str, *values: str) -> list[dict]:
        with closing(sqlite3.connect(f"file:{site.folder / 'db.sqlite3'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement, values)]

    return rows


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Return how Chromium is started: the one on this machine, quiet."""
    chromium = find_chromium()
    assert chromium, "The browser tests need Chromium. Run make test, which installs it where it can."
    arguments = QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return browser_type_launch_args | {"executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, base_url) -> dict:
    """Return how each test's own profile is made."""
    return browser_context_args | {"base_url": base_url, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def page_without_scripts(browser, browser_context_args):
    """Give a page of a browser that runs no JavaScript."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def visitor(browser, browser_context_args):
    """Give a page of a browser that a person looks with: one whose views are counted."""
    context = browser.new_context(**browser_context_args, user_agent=PERSON)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser, browser_context_args):
    """Give a page of a screen 375 pixels wide."""
    context = browser.new_context(**browser_context_args | {"viewport": {"width": 375, "height": 740}})
    yield context.new_page()
    context.close()


@pytest.fixture
def staff(browser, browser_context_args, sign_in):
    """Return a function that gives a page of a browser of its own, signed in with the account for ``role``."""
    contexts = []

    def member(role: str) -> Page:
        context = browser.new_context(**browser_context_args, user_agent=PERSON)
        contexts.append(context)
        return sign_in(context.new_page(), role)

    yield member
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(accounts):
    """Return a function that signs ``page`` in to the admin with the demonstration's account for ``role``."""

    def sign(page: Page, role: str) -> Page:
        account = accounts[role]
        page.goto("/admin/login/")
        page.get_by_placeholder("Enter your username").fill(account["username"])
        page.get_by_placeholder("Enter password").fill(account["password"])
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/admin/(?!login)"))
        return page

    return sign


@pytest.fixture(scope="session")
def axe():
    """Return a function that gives what axe finds wrong with ``page``: one line a fault, none where all is well.

    ``rules`` names those to go by, all of WCAG 2.2 AA and axe's good practices unless told.
    """
    assert AXE.exists(), "axe-core is missing. Run make install."
    script = AXE.read_text()

    def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
        # Run in the page's own world past its CSP: the policy forbids a script element, not the debugger.
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"() => {{ {script} }}")
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
        found = page.evaluate(VIOLATIONS, only)
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html'][:200]}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations
