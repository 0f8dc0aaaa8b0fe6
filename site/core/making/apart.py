"""A process of its own for what takes much memory, or opens files made to harm: watched, and ended in any case.

It is started anew each time and never forked: a worker has threads. The two speak through a folder: what the process
needs lies in it, and each file that it makes appears there once it is whole.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

LOOK, TELL = 0.1, 10.0  # seconds from one look at the process to the next, and from one word that it lives to the next
SAID = "said"
# What of our environment is no secret: how programs, libraries and fonts are found.
NO_SECRETS = ("PATH", "HOME", "LANG", "LC_", "TZ", "PYTHON", "LD_", "DYLD_", "XDG_", "FONTCONFIG")
LEFT_AFTER = 600.0  # seconds since anything was laid into a folder: who worked in it is dead
_END_WITH_PARENT = 1  # Linux: PR_SET_PDEATHSIG


class TakesTooMuchError(Exception):
    """The process held more memory than it may, and was ended."""


class TakesTooLongError(Exception):
    """The process made nothing for longer than it may, and was ended."""


class KilledError(Exception):
    """Somebody else ended the process, by the signal that this says."""


class UnforeseenError(Exception):
    """The process failed in a way that nobody foresaw: ``kind`` of error, and all that it ``said``."""

    def __init__(self, said: str) -> None:
        lines = said.strip().splitlines() or ["nothing said"]
        super().__init__(lines[-1])
        self.kind, self.said = lines[-1].partition(":")[0], said


@dataclass(frozen=True)
class Limits:
    """What a process may take: bytes of memory, and seconds for each file that is waited for."""

    memory: int
    seconds: float


@contextmanager
def folder_apart(prefix: str) -> Iterator[Path]:
    """Give a new folder whose name begins with ``prefix``, which goes again with all that is in it."""
    with tempfile.TemporaryDirectory(prefix=prefix) as made:
        yield Path(made)


def sweep_folders(prefix: str) -> None:
    """Delete the folders of :func:`folder_apart` that were left by somebody who was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(FileNotFoundError):  # its owner came first
            if time.time() - folder.stat().st_mtime > LEFT_AFTER:
                shutil.rmtree(folder, ignore_errors=True)


def end_with_starter() -> None:
    """Let this process end when whoever started it is killed and could not end it; elsewhere than on Linux, nothing."""
    starter = os.getppid()
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != starter:  # it was killed between the two
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def started(command: Sequence[str], folder: Path, *, is_trusted: bool = True) -> Iterator[psutil.Popen]:
    """Start ``command`` with ``folder`` as its last word, and end it in any case.

    One that is not trusted, because of what it opens, is given no secret of our environment.

    It has a group of its own, so that Ctrl-C ends only who waits for it. What it lays aside goes with the folder.
    """
    with (folder / SAID).open("wb") as said:
        process = psutil.Popen(
            [*command, str(folder)],
            stdin=subprocess.DEVNULL,
            stderr=said,
            env=_environment(is_trusted=is_trusted) | {"TMPDIR": str(folder)},
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(psutil.NoSuchProcess):  # it ended by itself
            process.kill()
        process.wait()


def _environment(*, is_trusted: bool) -> dict[str, str]:
    return {name: said for name, said in os.environ.items() if is_trusted or name.startswith(NO_SECRETS)}


def await_file(file: Path, process: psutil.Popen, *, limits: Limits, alive: Callable[[], None]) -> None:
    """Wait until ``file`` is there, and watch what the process takes meanwhile.

    ``alive`` is called every ten seconds, and ends the waiting by raising.

    Raises:
        TakesTooMuchError, TakesTooLongError: it was ended.
        KilledError: somebody else ended it.
        UnforeseenError: it ended without the file.
    """
    begun = told = time.monotonic()
    while not file.exists():
        if process.poll() is not None:
            if file.exists():  # it was written between the two looks
                return
            raise _why(process.returncode, file.parent)
        if memory(process) > limits.memory:
            raise TakesTooMuchError
        now = time.monotonic()
        if now - begun > limits.seconds:
            raise TakesTooLongError
        if now - told > TELL:
            told = now
            alive()
        _pause(process)


def write_whole(file: Path, content: bytes) -> None:
    """Let ``file`` appear with all of its ``content`` at once, for whoever waits for it."""
    part = file.with_suffix(".part")
    part.write_bytes(content)
    part.rename(file)


def memory(process: psutil.Popen) -> int:
    """Return the bytes that the process holds; none once it ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _pause(process: psutil.Popen) -> None:
    """Wait a moment, or less where the process ends."""
    try:
        process.wait(LOOK)
    except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
        return


def _why(status: int, folder: Path) -> Exception:
    """Return why a process ended before its time."""
    if status < 0:
        return KilledError(signal.Signals(-status).name)
    return UnforeseenError((folder / SAID).read_text(errors="replace"))
