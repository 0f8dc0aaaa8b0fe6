"""`kill -9` of a real worker with 50 messages waiting and one being sent: after a restart all are sent or in doubt."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from core.outbox import actions
from core.outbox.models import OutboxMessage
from tests.core.outbox.smtp_server import mail_server

MESSAGES = 51
PATIENCE = 90  # seconds, on a machine that is busy with other tests


class Installation:
    """A worker with its own broker, on a copy of the test's SQLite database or on the test's PostgreSQL itself."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        queue = folder / "broker/queue"
        queue.mkdir(parents=True)
        self.environment = os.environ | {
            "VAR_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        }
        self.broker, self.options = (
            "filesystem://",
            {
                "data_folder_in": str(queue),
                "data_folder_out": str(queue),
                "control_folder": str(queue.parent),
            },
        )
        if connection.vendor == "postgresql":
            self.use_services()
        else:
            self.copy_database()

    def use_services(self) -> None:
        # The test settings look at no EMAIL_URL: a developer's own must not reach the suite.
        (self.folder / "worker_settings.py").write_text(
            "from config.settings.test import *\n"
            'OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"\n'
            f'EMAIL_HOST, EMAIL_PORT = "127.0.0.1", {self.port}\n'
        )
        given = connection.settings_dict
        server = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "worker_settings",
            "PYTHONPATH": os.pathsep.join([str(self.folder), *sys.path]),
            "DATABASE_URL": f"postgres://{server}/{given['NAME']}",
        }
        self.broker, self.options = settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS
        with self.app() as app:
            app.control.purge()  # what earlier tests asked for, this worker would do among the rest

    def copy_database(self) -> None:
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)

    def nudge(self, name: str, *arguments: object) -> None:
        with self.app() as app:
            app.send_task(name, args=arguments, ignore_result=True)

    def app(self) -> Celery:
        app = Celery(broker=self.broker)
        app.conf.broker_transport_options = self.options
        return app

    def states(self) -> Counter[str]:
        if connection.vendor == "postgresql":
            return Counter(OutboxMessage.objects.values_list("state", flat=True))
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            return Counter(state for (state,) in database.execute("SELECT state FROM core_outboxmessage"))

    @contextmanager
    def worker(self) -> Iterator[Callable[[], None]]:
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency=1", "-l", "ERROR"]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)

        def kill() -> None:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        try:
            yield kill
        finally:
            kill()

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not condition():
            log = self.folder / "worker.log"
            assert time.monotonic() < until, f"{what} did not come about: {self.states()}\n{log.read_text()[-3000:]}"
            time.sleep(0.1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_worker_loses_nothing_and_sends_nothing_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(actions, "nudge", lambda row: None)
    mails = (EmailMessage(f"Number {n}", "Words", "x@example.org", ["a@example.org"]) for n in range(MESSAGES))
    rows = [actions.put(mail) for mail in mails]
    holding, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        holding.set()
        let_go.wait(PATIENCE)

    with mail_server() as smtp:
        smtp.hold = hold
        place = Installation(tmp_path, smtp.port)
        for row in rows:
            place.nudge("core.outbox.deliver", row.pk)

        with place.worker() as kill:
            place.wait_for(holding.is_set, "the first conversation")
            assert place.states() == {"waiting": MESSAGES - 1, "sending": 1}
            kill()
        assert place.states() == {"waiting": MESSAGES - 1, "sending": 1}

        let_go.set()
        with place.worker():
            place.nudge("core.outbox.sweep")
            place.wait_for(lambda: not {"waiting", "sending"} & set(place.states()), "the end")

    assert place.states() == {"sent": MESSAGES - 1, "in-doubt": 1}
    assert set(Counter(smtp.message_ids).values()) == {1}
    assert {row.message_id for row in rows} >= set(smtp.message_ids)
    assert len(smtp.message_ids) >= MESSAGES - 1
