"""Child processes that never outlive their supervisor: started, recorded, found again, ended."""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

PR_SET_PDEATHSIG = 1  # Linux, prctl(2): a signal for this process when the one that started it dies.
# Found before any fork: between fork and exec nothing may be looked up.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class AlreadyRunningError(Exception):
    """Another process holds the lock."""


class Lock:
    """A file that one living process holds: the system lets go of it however that process ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock at ``path``.

        Raises:
            AlreadyRunningError: somebody holds it.
        """
        self.path = path
        while True:
            self._file: IO[str] = path.open("a+")
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._file.close()
                raise AlreadyRunningError from error
            if self._is_at_its_path():
                return
            self._file.close()  # Its last holder removed it while we opened it.

    def _is_at_its_path(self) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        return False

    def release(self) -> None:
        """Let go, and remove the file."""
        self.path.unlink(missing_ok=True)
        self._file.close()


@dataclass
class Child:
    """One program that is to run for as long as its supervisor does."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    quick_deaths: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own: Ctrl-C at the terminal reaches only the supervisor."""
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  (our own programs)
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509  (the supervisor has one thread)
        )
        self.started = time.monotonic()

    @property
    def pid(self) -> int:
        """Return its process id, which is also its group's; 0 before it was started."""
        return self.process.pid if self.process else 0

    def has_died(self) -> bool:
        """Tell whether it was started and runs no more."""
        return self.process is not None and self.process.poll() is not None

    def was_killed(self) -> bool:
        """Tell whether it died by force from outside, not by an exit or a fault of its own."""
        return self.process is not None and self.process.poll() == -signal.SIGKILL


def _die_with(parent: int) -> None:
    """Ask Linux to end this process when ``parent`` dies; elsewhere the next start ends it, by its record."""
    if _LIBC is None:
        return
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # It died before we could ask.
        os.kill(os.getpid(), signal.SIGKILL)


def stop(children: list[Child], *, patience: float) -> None:
    """End ``children`` and all that they started: by request, and after ``patience`` seconds by force."""
    running = [child for child in children if child.process is not None]
    for child in running:
        if child.process:
            child.process.terminate()
    deadline = time.monotonic() + patience
    for child in running:
        with suppress(subprocess.TimeoutExpired):
            if child.process:
                child.process.wait(max(0.0, deadline - time.monotonic()))
    for child in running:
        _kill_group(child.pid)
        if child.process:
            child.process.wait()
        child.process = None


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class Record:
    """Which processes were started, kept in a file for whoever starts next."""

    def __init__(self, folder: Path) -> None:
        """Keep the record of the installation whose VAR_DIR is ``folder``."""
        self.folder = folder
        self.path = folder / "run" / "processes.json"

    def write(self, children: list[Child]) -> None:
        """Note the id and the time of creation of each running child."""
        rows = []
        for child in children:
            with suppress(psutil.NoSuchProcess):
                if child.pid:
                    rows.append({"pid": child.pid, "created": psutil.Process(child.pid).create_time()})
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(rows))
        new.replace(self.path)

    def forget(self) -> None:
        """Remove the record: nothing runs."""
        self.path.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """End what a killed supervisor left behind, and return how many processes that were."""
        left = list(self._leftovers())
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=10)
        self.forget()
        return len(left)

    def _leftovers(self) -> Iterator[psutil.Process]:
        """Go through the recorded processes that live, and the living members of their sessions.

        The time of creation tells a recorded process from a stranger who got its number later; VAR_DIR in its
        environment tells an orphan of ours from a stranger's.
        """
        recorded = {row["pid"]: row["created"] for row in self._rows()}
        for process in psutil.process_iter() if recorded else ():
            with suppress(psutil.Error, OSError):
                created = recorded.get(process.pid)
                is_recorded = created is not None and abs(process.create_time() - created) < 1
                if is_recorded or (os.getsid(process.pid) in recorded and self._is_ours(process)):
                    yield process

    def _is_ours(self, process: psutil.Process) -> bool:
        return process.environ().get("VAR_DIR") == str(self.folder)

    def _rows(self) -> list[dict]:
        """Return what was recorded; nothing where the record is damaged."""
        with suppress(OSError, ValueError, TypeError):
            rows = json.loads(self.path.read_text())
            return [row for row in rows if {"pid", "created"} <= set(row) and row["pid"] > 1]
        return []
