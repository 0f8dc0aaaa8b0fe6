"""Installations of their own for tests: commands and whole sites as separate processes, as people start them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.leaks import look_into_files

REPOSITORY = Path(__file__).resolve().parents[1]
OWN = (
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_SETTINGS_MODULE",
    "VAR_DIR",
    "PORT",
    "TMPDIR",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "CACHE_URL",
    "CELERY_BROKER_URL",
    "EMAIL_URL",
    "STORAGE_URL",
    "SANDBOX_PORT",
    "MAILCHIMP_API_KEY",
    "MAILCHIMP_BASE_URL",
)


def environment(**variables) -> dict[str, str]:
    """Return this process's environment with ``variables`` as the only settings of ours."""
    rest = {name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("PYTEST")}
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "site")])
    return rest | {"PYTHONPATH": paths} | {name: str(value) for name, value in variables.items()}


def run(*arguments, **variables) -> subprocess.CompletedProcess:
    """Run Python with ``arguments`` to its end, with ``variables`` in its environment."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(**variables), cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=300
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """A site started by `python -m config.serve` under a folder and on a port of its own."""

    def __init__(self, folder: Path, *, port: int | None = None):
        self.folder, self.port, self.sandbox_port = folder, port or free_port(), free_port()
        self.base_url = f"http://localhost:{self.port}"
        self.supervisor: subprocess.Popen | None = None
        self.log = folder.parent / f"{folder.name}.log"

    def start(self, *, patience: float = 300):
        """Start it and wait until it answers."""
        with self.log.open("a") as lines:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "config.serve"],
                env=environment(
                    VAR_DIR=self.folder, PORT=self.port, SANDBOX_PORT=self.sandbox_port, PYTHONUNBUFFERED=1
                ),
                cwd=REPOSITORY,
                stdout=lines,
                stderr=lines,
                start_new_session=True,
            )
        wait_until(self.has_greeted, patience=patience, why=self.log)
        return self

    def has_greeted(self) -> bool:
        """Tell whether it answers, and raise where it ended instead."""
        if self.supervisor.poll() is not None:
            raise AssertionError(f"The installation ended:\n{self.log.read_text()}")
        return answers(f"http://127.0.0.1:{self.port}/healthz")

    def end(self, number: int = signal.SIGINT) -> int:
        """Send it ``number``, as Ctrl-C would, and return its exit status."""
        self.supervisor.send_signal(number)
        return self.supervisor.wait(60)

    def processes(self, part: str = "") -> list[psutil.Process]:
        """Return the living processes of this folder whose command line contains ``part``."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("VAR_DIR") == str(self.folder) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append((process, " ".join(process.cmdline())))
            except (psutil.Error, OSError):
                continue
        return [process for process, line in found if part in line]

    def clean(self):
        """End whatever is left: for the end of a test, passed or failed. What it wrote is searched for leaks."""
        for process in self.processes():
            process.kill()
        if self.supervisor:
            self.supervisor.wait(30)
        look_into_files(self.log, self.folder / "broker")


@contextmanager
def installation(folder: Path):
    """Give an installation in ``folder``, and end all of it afterwards."""
    made = Installation(folder)
    try:
        yield made
    finally:
        made.clean()


def answers(address: str) -> bool:
    """Tell whether ``address`` answers 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def wait_until(condition, *, patience: float = 30, why: Path | None = None):
    """Wait until ``condition()`` holds; fail with what stands in the file ``why`` where it never does."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {patience} seconds in vain. {why.read_text() if why else ''}")
        time.sleep(0.1)
