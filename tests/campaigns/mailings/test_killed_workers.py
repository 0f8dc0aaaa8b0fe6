"""`kill -9` of a real worker at a call of the protocol: at most one send, and what is shown is true."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from campaigns.actions.sending.asking import prepare, request_send, stop
from campaigns.actions.sending.carrying import carry_on
from campaigns.models import Mailing
from campaigns.queries.sending import earliest
from tests import installations
from tests.campaigns.mailings.faulty import PLACES
from tests.factories.sending import make_account, make_approved

SIGKILLED = -9
EVERYWHERE = [place for place in PLACES if place.step in {"laying", "sending", "stopping"}]
ELSEWHERE = [place for place in EVERYWHERE if not place.path.endswith(("/schedule", "/send"))]
WHERE_IT_GOES = [place for place in EVERYWHERE if place.path.endswith(("/schedule", "/send"))]
KILLED = ("killed_before", "killed_after")

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Workers:
    """Workers on a copy of the test's SQLite database, or on the test's PostgreSQL itself."""

    def __init__(self, folder, sandbox):
        self.folder, self.sandbox = folder, sandbox
        self.environment = self.on_services() if connection.vendor == "postgresql" else self.on_a_copy()

    def on_a_copy(self):
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)
        return installations.environment(
            DJANGO_SETTINGS_MODULE="config.settings.embedded",
            VAR_DIR=self.folder,
            MAILCHIMP_API_KEY=settings.MAILCHIMP_API_KEY,
            MAILCHIMP_BASE_URL=self.sandbox.base_url,
        )

    def on_services(self):
        # The test settings look at no key of Mailchimp's: a developer's own must not reach the suite.
        (self.folder / "worker_settings.py").write_text(
            "from config.settings.test import *\n"
            f"MAILCHIMP_API_KEY = {settings.MAILCHIMP_API_KEY!r}\n"
            f"MAILCHIMP_BASE_URL = {self.sandbox.base_url!r}\n"
        )
        given = connection.settings_dict
        server = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "worker_settings",
            "PYTHONPATH": os.pathsep.join([str(self.folder), *sys.path]),
            "DATABASE_URL": f"postgres://{server}/{given['NAME']}",
        }

    def work(self, mailing, place, when):
        """Let a worker carry the mailing on, and return how its process ended."""
        command = [sys.executable, "-m", "tests.campaigns.mailings.one_step", mailing.pk, place.method, place.path]
        ended = subprocess.run(
            [*map(str, command), str(place.number), when],
            env=self.environment,
            cwd=installations.REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ended.returncode in {0, SIGKILLED}, ended.stderr
        return ended.returncode

    def state(self):
        if connection.vendor == "postgresql":
            return Mailing.objects.values_list("state", flat=True).get()
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            return database.execute("SELECT state FROM campaigns_mailing").fetchone()[0]


@pytest.fixture
def killed(tmp_path, mailchimp_sandbox, officer, manager):
    """Return what brings a mailing to the step of a call, kills the worker there, and lets another one come."""

    def kill(place, when):
        account = make_account(mailchimp_sandbox)
        mailing = make_approved(account, writer=officer, approver=manager)
        bring_to(place, mailing, manager)
        workers = Workers(tmp_path, mailchimp_sandbox)
        assert workers.work(mailing, place, when) == SIGKILLED
        assert workers.work(mailing, place, "never") == 0
        return workers.state(), account

    return kill


def bring_to(place, mailing, manager):
    prepare(mailing=mailing, by=manager)
    if place.step == "laying":
        return
    carry_on(mailing.pk)
    mailing = Mailing.objects.select_related("campaign").get(pk=mailing.pk)
    due = None if place.at_once else earliest(timezone.now())
    request_send(mailing=mailing, by=manager, seen=mailing.digest, due=due)
    if place.step == "stopping":
        carry_on(mailing.pk)
        stop(mailing=Mailing.objects.get(pk=mailing.pk), by=manager)


def refuse_a_lie(state, account):
    """Refuse a state that is neither how it stands at Mailchimp nor says that it is not known."""
    status, sends = account.campaign["status"], len(account.sandbox.sends)
    true = {"save": {"ready", "unknown"}, "schedule": {"scheduled"}, "sending": {"sending"}, "sent": {"sent"}}
    assert state in true[status]
    assert sends == int(status in {"sending", "sent"})


@pytest.mark.parametrize("when", KILLED)
@pytest.mark.parametrize("place", WHERE_IT_GOES, ids=lambda place: place.name)
def test_a_worker_killed_as_it_sends_leaves_the_truth_or_what_is_not_known(place, when, killed):
    refuse_a_lie(*killed(place, when))


@pytest.mark.long
@pytest.mark.parametrize("when", KILLED)
@pytest.mark.parametrize("place", ELSEWHERE, ids=lambda place: place.name)
def test_a_worker_killed_anywhere_else_too(place, when, killed):
    refuse_a_lie(*killed(place, when))
