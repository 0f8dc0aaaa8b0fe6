"""One machine, one command: web server, worker, beat and a Mailchimp to try things out, watched and stopped together.

`python -m config.serve` (`make run`) keeps everything under VAR_DIR and answers on PORT; `--dev` takes changed
code up at once. It imports no settings itself: what needs the database runs as a child (`config.prepare`).
"""

import argparse
import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.processes import AlreadyRunningError, Child, Lock, Record, stop
from config.start import refuse_embedded_with_database, starting
from config.var import REPOSITORY, var_dir, writable_folder

HOST = "127.0.0.1"
LIVED = 10.0  # A child that ran for so many seconds had started well.
GIVE_UP = 5  # So many bad starts in a row, and starting again would be no use.
PATIENCE = 15.0


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)  # noqa: T201  (a person reads this, not a log)


def _in(seconds: int) -> str:
    """Return when something happens that many seconds from now, in words."""
    return {0: "now", 1: "in a second"}.get(seconds, f"in {seconds} seconds")


def refuse_taken_port(port: int, name: str) -> None:
    """Refuse to start where somebody else answers on ``port``, which the variable ``name`` chooses.

    Raises:
        ImproperlyConfigured: the port cannot be had.
    """
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError as error:
            problem = "needs rights that you do not have" if isinstance(error, PermissionError) else "is taken"
            raise ImproperlyConfigured(
                f"Port {port} {problem}. Choose another, such as {name}={port % 60000 + 1024}."
            ) from error


def refuse_wrong_values(folder: Path) -> None:
    """Read what the children will read, so that a wrong value stops the start before anything is made.

    Raises:
        ImproperlyConfigured: a value is wrong.
    """
    environment.web_address("SITE_URL", default=f"http://{HOST}")
    environment.storages(folder, folder)
    environment.sandbox_port()
    environment.mailchimp_key()
    environment.mailchimp_address()
    if environment.optional("EMAIL_URL"):
        environment.mail()


def choose_sandbox_port(port: int) -> int:
    """Return where the sandbox of the site on ``port`` answers: a free port, where the usual one is another copy's.

    Raises:
        ImproperlyConfigured: SANDBOX_PORT names one that cannot be had.
    """
    chosen = environment.sandbox_port()
    if environment.optional("SANDBOX_PORT"):
        if chosen == port:
            raise ImproperlyConfigured(f"PORT and SANDBOX_PORT are both {port}. Choose another for one of them.")
        refuse_taken_port(chosen, "SANDBOX_PORT")
        return chosen
    if chosen != port:
        with suppress(ImproperlyConfigured):
            refuse_taken_port(chosen, "SANDBOX_PORT")
            return chosen
    with socket.socket() as free:
        free.bind((HOST, 0))
        return free.getsockname()[1]


def take_lock(folder: Path) -> Lock:
    """Take the lock of the installation whose run folder is ``folder``.

    Raises:
        ImproperlyConfigured: a copy runs from the same VAR_DIR, or the folder is read-only.
    """
    try:
        return Lock(writable_folder(folder) / "lock")
    except AlreadyRunningError as error:
        raise ImproperlyConfigured(
            f"Another copy runs from {folder.parent}. Stop it, or give this one its own VAR_DIR and PORT."
        ) from error
    except OSError as error:
        raise ImproperlyConfigured(
            f"{folder} cannot be written to ({error.strerror}). Set VAR_DIR to another."
        ) from error


class Supervisor:
    """Starts the children, starts again what dies, and stops all of them."""

    def __init__(self, *, folder: Path, port: int, sandbox_port: int, dev: bool) -> None:
        """Supervise the installation in ``folder``, on ``port``."""
        self.folder, self.port, self.sandbox_port, self.dev = folder, port, sandbox_port, dev
        self.record = Record(folder)
        self.stopping = threading.Event()
        self.children: list[Child] = []
        self.newest_code = 0.0

    def run(self) -> int:
        """Run until told to stop, and return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            if (status := self._prepare()) or self.stopping.is_set():
                return status
            self.children = self._services()
            for child in self.children:
                self._start(child)
            return self._watch_until_stopped()
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # Stopping is under way: a second Ctrl-C must not leave half.
            stop(self.children, patience=PATIENCE)
            self.record.forget()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _start(self, child: Child) -> None:
        child.start()
        self.record.write(self.children)

    def _prepare(self) -> int:
        """Migrate and load the demonstration; return what that exited with."""
        self.children = [child] = [self._child("prepare", "-m", "config.prepare")]
        self._start(child)
        while not child.has_died():
            if self.stopping.wait(0.1):
                return 0
        return child.process.returncode if child.process else 0

    def _child(self, name: str, *arguments: str) -> Child:
        own = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev" if self.dev else "config.settings.embedded",
            "VAR_DIR": str(self.folder),
            "PORT": str(self.port),
            "SANDBOX_PORT": str(self.sandbox_port),
            "TMPDIR": str(self.folder / "tmp"),
        }
        return Child(name, [sys.executable, *arguments], os.environ | own)

    def _services(self) -> list[Child]:
        address = f"{HOST}:{self.port}"
        web = (
            ["-m", "django", "runserver", address]
            if self.dev
            else ["-m", "gunicorn", "-c", "python:config.web", "config.wsgi"]
        )
        celery = ["-m", "celery", "--quiet", "-A"]
        # A worker of threads is one process: kill -9 leaves no children of its behind.
        worker = ["worker", "--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        beat = ["beat", "--pidfile=", "--schedule", str(self.folder / "run" / "beat-schedule")]
        return [
            self._child("web server", *web),
            self._child("worker", *celery, "config.celery", *worker),
            self._child("beat", *celery, "config.beat", *beat),
            self._child("Mailchimp sandbox", "-m", "django", "mailchimp_sandbox", "--port", str(self.sandbox_port)),
        ]

    def _watch_until_stopped(self) -> int:
        answered = False
        while not self.stopping.wait(0.3):
            if self.dev:
                self._take_up_changed_code()
            for child in self.children:
                if not self._look_after(child):
                    return 1
            if not answered and self._answers():
                answered = True
                self._greet()
        say("Groundswell stops.")
        return 0

    def _look_after(self, child: Child) -> bool:
        """Start ``child`` again where it died; False where that has proved useless."""
        if child.has_died():
            pause = self._pause_after_death(child)
            stop([child], patience=0)
            if child.quick_deaths >= GIVE_UP:
                say(f"The {child.name} stopped {GIVE_UP} times as soon as it started; what it said stands above.")
                return False
            child.not_before = time.monotonic() + pause
            say(f"The {child.name} stopped; it starts again {_in(pause)}.")
        if child.process is None and time.monotonic() >= child.not_before:
            self._start(child)
        return True

    def _pause_after_death(self, child: Child) -> int:
        """Return the seconds to wait before ``child`` starts again: the more, the more often it failed at once.

        Whoever killed it says nothing of whether it can start.
        """
        if child.was_killed():
            return 1
        lived = time.monotonic() - child.started
        child.quick_deaths = 0 if lived > LIVED else child.quick_deaths + 1
        return 2**child.quick_deaths - 1

    def _take_up_changed_code(self) -> None:
        """Start all but the web server again when a module of ours changed; that one sees to itself."""
        newest = max(path.stat().st_mtime for path in REPOSITORY.glob("*/**/*.py") if path.is_file())
        if self.newest_code and newest > self.newest_code:
            changed = self.children[1:]
            stop(changed, patience=PATIENCE)
            for child in changed:
                self._start(child)
        self.newest_code = newest

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def _greet(self) -> None:
        say(
            f"\nGroundswell runs at http://localhost:{self.port}/ and is edited at http://localhost:{self.port}/admin/."
        )
        say(f"A Mailchimp to try things out, and every email sent: http://localhost:{self.sandbox_port}/.")
        accounts = self.folder / "demo-accounts.json"
        try:
            rows = json.loads(accounts.read_text())
            lines = [f"  {role:<26} {row['username']:<26} {row['password']}" for role, row in rows.items()]
        except FileNotFoundError:
            lines = []
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            say(f"{accounts} cannot be read, so the demonstration accounts are not listed. Nothing else depends on it.")
            lines = []
        if lines:
            say("\n".join([f"Demonstration accounts (also in {accounts}):", *lines]))
        say("Ctrl-C stops all of it.")


def run(*, dev: bool) -> int:
    """Run the installation that the environment names, and return the exit status.

    Raises:
        ImproperlyConfigured: something stands in the way; nothing has been made.
    """
    refuse_embedded_with_database()
    port, folder = environment.port(), var_dir()
    refuse_wrong_values(folder)
    # An installation that ran before may have left processes that hold its port: they end first.
    lock = take_lock(folder / "run") if (folder / "run").is_dir() else None
    try:
        if lock and (ended := Record(folder).end_leftovers()):
            say(f"Ended {ended} {'process' if ended == 1 else 'processes'} that an earlier run had left behind.")
        refuse_taken_port(port, "PORT")
        sandbox_port = choose_sandbox_port(port)
        lock = lock or take_lock(folder / "run")
        return Supervisor(folder=folder, port=port, sandbox_port=sandbox_port, dev=dev).run()
    finally:
        if lock:
            lock.release()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="Run Groundswell on this machine, all of it.")
    parser.add_argument("--dev", action="store_true", help="Django's debug pages; changed code is taken up at once")
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.embedded"
    with starting():
        sys.exit(run(dev=arguments.dev))


if __name__ == "__main__":
    main()
