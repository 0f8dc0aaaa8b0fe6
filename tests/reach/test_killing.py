"""The web server itself: what it counted stands after a stop, a reload and a killing, but for the last second."""

import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest

from tests.installations import REPOSITORY, answers, environment, free_port, run, wait_until
from tests.reach.test_counting import PHONE

pytestmark = [pytest.mark.alike, pytest.mark.xdist_group("serve")]


class Web:
    """Gunicorn with two workers, on a folder of its own."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.log = folder.parent / "web.log"
        self.server: subprocess.Popen | None = None

    def start(self):
        variables = {"VAR_DIR": self.folder, "PORT": self.port, "DJANGO_SETTINGS_MODULE": "config.settings.embedded"}
        with self.log.open("a") as lines:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "python:config.web", "config.wsgi"],
                env=environment(**variables),
                cwd=REPOSITORY,
                stdout=lines,
                stderr=lines,
            )
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/healthz"), patience=120, why=self.log)
        return self

    def ask(self, times: int):
        for _ in range(times):
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as caller:
                caller.request("GET", "/campaigns/", headers={"User-Agent": PHONE})
                assert caller.getresponse().status == 200

    def counted(self) -> int:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            asked = "SELECT coalesce(sum(quantity), 0) FROM reach_count WHERE metric = 'views'"
            return database.execute(asked).fetchone()[0]

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.server.pid).children()

    def kill(self):
        for process in [*self.workers(), self.server]:
            process.kill()
        self.server.wait(30)


@pytest.fixture(scope="module")
def laid(tmp_path_factory, migrated_file):
    """Give a folder with the pages that every site begins with."""
    folder = tmp_path_factory.mktemp("counting") / "var"
    folder.mkdir()
    if migrated_file:
        shutil.copyfile(migrated_file, folder / "db.sqlite3")
    for command in (("migrate", "--verbosity=0"), ("setup_council",)):
        made = run("manage.py", *command, VAR_DIR=folder)
        assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def web(laid, tmp_path):
    shutil.copytree(laid, tmp_path / "var")
    made = Web(tmp_path / "var")
    try:
        yield made.start()
    finally:
        if made.server.poll() is None:
            made.kill()


def test_a_stop_a_reload_and_a_killed_worker_lose_nothing_that_is_a_second_old(web):
    web.ask(20)
    old = web.workers()
    web.server.send_signal(signal.SIGHUP)  # a reload, at once: nothing has been written yet
    psutil.wait_procs(old, timeout=30)
    wait_until(lambda: web.counted() == 20, why=web.log)

    web.ask(10)
    time.sleep(1)
    for worker in web.workers():
        os.kill(worker.pid, signal.SIGKILL)
    wait_until(lambda: answers(f"http://127.0.0.1:{web.port}/healthz"), why=web.log)
    assert web.counted() == 30

    web.ask(10)
    web.server.send_signal(signal.SIGTERM)
    web.server.wait(30)
    assert web.counted() == 40


def test_a_killing_takes_no_more_than_the_last_second(web):
    began = time.monotonic()
    asked: list[float] = []
    while time.monotonic() - began < 3:
        web.ask(1)
        asked.append(time.monotonic())
    web.kill()
    ended = time.monotonic()

    counted = web.counted()
    assert sum(moment < ended - 1 for moment in asked) <= counted <= len(asked)
