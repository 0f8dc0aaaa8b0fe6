"""What must stand nowhere, whatever the tests did: an address, a key, a secret or a name in what is logged or queued.

A plugin of pytest. It reads every line of the run as production would write it, the arguments of every task, and at
the end what the broker's files hold. The run fails if anything is found, and says in which test.
"""

import json
import logging
import os
import re
import socket
from base64 import b64decode
from pathlib import Path

import pytest

NAME = "Jocasta"  # of whoever signs up in tests
SECRET, SIGNING = "a-secret-of-an-address", "whsec-of-tests"  # of a webhook
FORBIDDEN = {
    "an email address": re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE),
    "the digest of an address": re.compile(r"members/[0-9a-f]{32}"),
    "a key of Mailchimp": re.compile(r"[0-9a-f]{32}-us\d+"),
    "a secret of a webhook": re.compile(rf"{SECRET}|{SIGNING}|/mailchimp/[\w-]{{20,}}"),
    "the name of a person": re.compile(NAME),
}
found: list[str] = []


def look_for_leaks(text: str, where: str) -> None:
    """Take note of whatever of the forbidden stands in ``text``."""
    text = text.replace(f"@{socket.gethostname()}", "")  # how Celery calls a process
    test = os.environ.get("PYTEST_CURRENT_TEST", "the run")
    for what, shape in FORBIDDEN.items():
        if match := shape.search(text):
            found.append(f"{match[0]}, {what}, stands in {where} ({test}): {text[:1000]}")


def look_into_files(*places: Path) -> None:
    """Look for leaks in the files ``places``, or below them."""
    for place in places:
        for path in [place, *place.rglob("*")]:
            if path.is_file():
                look_for_leaks(_content(path), str(path))


def _content(path: Path) -> str:
    """Return what a file says; of a message of the broker also its body, which is written as base64."""
    text = path.read_text(errors="replace")
    try:
        return text + b64decode(json.loads(text)["body"]).decode(errors="replace")
    except (ValueError, TypeError, KeyError):
        return text


class Reader(logging.Handler):
    """Reads each line as it would be written."""

    def __init__(self) -> None:
        from structlog.stdlib import ProcessorFormatter

        from config.logs import logging_settings

        super().__init__(logging.INFO)  # which is what the site writes, whatever a test turns on
        laid = logging_settings(json=True)["formatters"]["lines"]
        self.setFormatter(ProcessorFormatter(**{name: value for name, value in laid.items() if name != "()"}))

    def emit(self, record: logging.LogRecord) -> None:
        """Look for leaks in a line and its traceback."""
        look_for_leaks(self.format(record), "a line of the log")


def read_task(sender: str, body: object, headers: dict, **_: object) -> None:
    """Look for leaks in the arguments of a task that is being queued."""
    look_for_leaks(f"{body} {headers.get('argsrepr')} {headers.get('kwargsrepr')}", f"the task {sender}")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to read."""
    from celery.signals import before_task_publish

    session.config.stash[READER] = Reader()
    before_task_publish.connect(read_task)


READER = pytest.StashKey[Reader]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Go on reading, where an earlier test had its logging laid anew."""
    for name in ("", "django.server"):  # which hands its lines to nobody else
        logging.getLogger(name).addHandler(item.config.stash[READER])  # once, however often it is said


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look into what the broker was left with, and fail the run for anything that was found."""
    look_into_files(Path(os.environ["VAR_DIR"], "broker"))
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["leaks"] = list(found)
    elif found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take over what one of several processes found."""
    found.extend(getattr(node, "workeroutput", {}).get("leaks", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was found, and where."""
    if found:
        terminalreporter.section("Nobody may read this in a log or in the queue", red=True)
        for sentence in found:
            terminalreporter.line(sentence)
