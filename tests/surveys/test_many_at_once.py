"""Fifty people answer at once on a real web server with two processes, one of which is killed in the middle."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlencode

import psutil
import pytest
from django.db import connection
from django.utils import timezone

from surveys.models import Draft, RaisedLimit, Response
from tests.factories.surveys import make_open_wave, make_questionnaire, make_survey_page, make_wording
from tests.installations import answers, free_port, wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PEOPLE, ITEMS = 50, 20
KEYS = [f"cnf{number}" for number in range(10, 10 + ITEMS)]
OPTIONS = ("agree", "disagree", "dont-know")
START = "/surveys/local-voice/"


def answers_of(person):
    """Return what a person answers: nobody answers like another."""
    codes = [OPTIONS[person // 3**place % 3] for place in range(ITEMS)]
    return dict(zip(KEYS, codes, strict=True))


@contextmanager
def web_server(folder):
    """Serve the test's own database by gunicorn with its own settings, and give its process and port."""
    given, port = connection.settings_dict, free_port()
    (folder / "web_settings.py").write_text("from config.settings.test import *\n")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "web_settings",
        "PYTHONPATH": os.pathsep.join([str(folder), *sys.path]),
        "DATABASE_URL": f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}",
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:config.web",
        "--bind",
        f"127.0.0.1:{port}",
        "config.wsgi",
    ]
    log = folder / "web.log"
    with log.open("w") as lines:
        process = subprocess.Popen(command, env=environment, stdout=lines, stderr=lines, start_new_session=True)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), patience=120, why=log)
        yield process, port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Respondent:
    """Somebody who presses the button again where the connection broke."""

    def __init__(self, person, port):
        self.person, self.port, self.cookies = person, port, {}

    def ask(self, method, path, **fields):
        for _ in range(20):
            try:
                return self._ask_once(method, path, fields)
            except (ConnectionError, http.client.HTTPException):
                broken.release()
        raise AssertionError("The web server does not come back.")

    def _ask_once(self, method, path, fields):
        sent = urlencode(fields | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as web:
            web.request(method, START + path, sent if method == "POST" else None, headers)
            answer = web.getresponse()
            answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = re.match(r"(\w+)=([^;]*)", cookie).groups()
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", "")

    def answer_all(self):
        self.ask("GET", "start/")
        self.ask("GET", f"{KEYS[0]}/")
        for key, code in answers_of(self.person).items():
            assert self.ask("POST", f"{key}/", answer=code)[0] == 302
            saved.release()
        return self.ask("POST", "check/")


saved, broken = threading.Semaphore(0), threading.Semaphore(0)


def kill_one_of(server):
    """Kill a web process once half of all steps are saved."""
    for _ in range(PEOPLE * ITEMS // 2):
        assert saved.acquire(timeout=120)
    min(psutil.Process(server.pid).children(), key=lambda child: child.pid).kill()


def test_fifty_at_once_lose_and_double_nothing_though_a_web_process_is_killed(tmp_path):
    items = [(make_wording(key.upper()), True) for key in KEYS]
    wave = make_open_wave(questionnaire=make_questionnaire(*items))
    make_survey_page(wave.survey)
    RaisedLimit.objects.create(collector=wave.collectors.get(), venue="Here", day=timezone.localdate(), most=PEOPLE)

    with web_server(tmp_path) as (server, port), ThreadPoolExecutor(PEOPLE + 1) as pool:
        killing = pool.submit(kill_one_of, server)
        sending = [pool.submit(Respondent(person, port).answer_all) for person in range(PEOPLE)]
        ends = Counter((status, re.sub("=.*", "", place)) for status, place in (one.result() for one in sending))
        killing.result()

    assert ends == {(302, f"{START}done/?sent"): PEOPLE}
    given = sorted(map(str, Response.objects.values_list("answers", flat=True)))
    assert given == sorted(str(answers_of(person)) for person in range(PEOPLE))
    assert not Draft.objects.exists()
    assert broken.acquire(blocking=False), "Nobody's connection broke, so the killing tested nothing."
