"""A set drawn in a process of its own, which takes little memory, gives all of it back, and can be ended.

The process is :mod:`campaigns.artwork.__main__`. It is started anew each time and never forked: a worker has threads.
The two speak through a folder: the order and the picture lie in it, and each file appears there once it is whole.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError

COMMAND = (sys.executable, "-m", "campaigns.artwork")
CEILING = 400_000_000  # bytes of memory
PATIENCE = 180.0  # seconds for one file; the dearest takes some four
LOOK, TELL = 0.1, 10.0  # seconds from one look at the process to the next, and from one word that it lives to the next
ORDER, PICTURE, REFUSED, SAID = "order.json", "picture", "refused", "said"
TOO_MUCH = (
    f"Drawing it took more than {CEILING // 1_000_000} megabytes of memory and was ended. Save the picture smaller, "
    "choose that, and send the artwork in anew."
)
TOO_LONG = (
    f"Drawing one file of it took longer than {PATIENCE / 60:.0f} minutes and was ended. Try again when the machine "
    "has less to do; if it happens again, tell whoever runs the site."
)
ENDED = (
    "The process that drew it was ended from outside ({}), perhaps because the machine had no memory left. Try again; "
    "if it happens again, tell whoever runs the site."
)


class UnforeseenError(Exception):
    """The process failed in a way that nobody foresaw: ``kind`` of error, and all that it ``said``."""

    def __init__(self, said: str) -> None:
        lines = said.strip().splitlines() or ["nothing said"]
        super().__init__(lines[-1])
        self.kind, self.said = lines[-1].partition(":")[0], said


@dataclass(frozen=True)
class Order:
    """What is to be drawn: files by size and kind ("png", "pdf"), in turn, and what each says of itself."""

    design: Design
    about: dict[str, str]
    files: list[tuple[str, str]]

    def write(self, folder: Path) -> None:
        """Lay it in ``folder``, the picture as a file of its own."""
        if self.design.picture is not None:
            (folder / PICTURE).write_bytes(self.design.picture)
        (folder / ORDER).write_text(json.dumps(asdict(replace(self, design=replace(self.design, picture=None)))))

    @classmethod
    def read(cls, folder: Path) -> "Order":
        """Return what lies in ``folder``."""
        said: dict[str, Any] = json.loads((folder / ORDER).read_text())
        design, picture = said["design"], folder / PICTURE
        focus = tuple(design["focus"]) if design["focus"] else None
        content = picture.read_bytes() if picture.exists() else None
        return cls(
            Design(**{**design, "picture": content, "focus": focus}), said["about"], [tuple(x) for x in said["files"]]
        )


def named(size: str, kind: str) -> str:
    """Return what a file is called in the folder."""
    return f"{size}.{kind}"


def drawn_apart(
    design: Design, files: Sequence[tuple[str, str]], *, about: Mapping[str, str], alive: Callable[[], None]
) -> Generator[Path]:
    """Go through the ``files`` as they are drawn; each is there until the next is asked for.

    ``alive`` is called every ten seconds of waiting, and ends the process by raising.

    Raises:
        ArtworkError: it cannot be drawn, took too much memory or time, or was ended by somebody.
        UnforeseenError: it failed otherwise.
    """
    with tempfile.TemporaryDirectory(prefix="artwork-") as made:
        folder = Path(made)
        Order(design, dict(about), list(files)).write(folder)
        del design  # with the bytes of its picture
        with _process(folder) as process:
            for size, kind in files:
                file = folder / named(size, kind)
                _await(file, process, folder, alive)
                yield file
                file.unlink()


@contextmanager
def _process(folder: Path) -> Iterator[psutil.Popen]:
    """Start the process, in a group of its own so that Ctrl-C ends only who waits for it, and end it in any case.

    What it lays aside goes with the folder, however it ends.
    """
    with (folder / SAID).open("wb") as said:
        process = psutil.Popen(
            [*COMMAND, str(folder)],
            stdin=subprocess.DEVNULL,
            stderr=said,
            env=os.environ | {"TMPDIR": str(folder)},
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(psutil.NoSuchProcess):  # it ended by itself
            process.kill()
        process.wait()


def _await(file: Path, process: psutil.Popen, folder: Path, alive: Callable[[], None]) -> None:
    """Wait until ``file`` is there, and watch what the process takes meanwhile."""
    begun = told = time.monotonic()
    while not file.exists():
        if process.poll() is not None:
            if file.exists():  # it was written between the two looks
                return
            raise _why(process.returncode, folder)
        if _memory(process) > CEILING:
            raise ArtworkError(TOO_MUCH, field="picture")
        now = time.monotonic()
        if now - begun > PATIENCE:
            raise ArtworkError(TOO_LONG)
        if now - told > TELL:
            told = now
            alive()
        _pause(process)


def _pause(process: psutil.Popen) -> None:
    """Wait a moment, or less where the process ends."""
    try:
        process.wait(LOOK)
    except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
        return


def _memory(process: psutil.Popen) -> int:
    """Return the bytes that the process holds; none once it ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _why(status: int, folder: Path) -> Exception:
    """Return why a process ended before its time."""
    if (refused := folder / REFUSED).exists():
        return ArtworkError(refused.read_text())
    if status < 0:
        return ArtworkError(ENDED.format(signal.Signals(-status).name))
    return UnforeseenError((folder / SAID).read_text(errors="replace"))
