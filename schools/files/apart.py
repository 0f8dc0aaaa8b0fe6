"""A lesson file looked at in a process of its own, which it can neither fill nor keep busy for ever.

The process is :mod:`schools.files.__main__`. The file lies in the folder that it is given, named by its kind; what is
kept of it appears there, and last of all what was found.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.making.apart import (
    KilledError,
    Limits,
    TakesTooLongError,
    TakesTooMuchError,
    UnforeseenError,
    await_file,
    folder_apart,
    started,
)
from schools.files.archives import BROKEN
from schools.files.errors import RefusedFileError, UncheckedFileError
from schools.files.looked import Looked

COMMAND = (sys.executable, "-m", "schools.files")
LIMITS = Limits(memory=600_000_000, seconds=120.0)
FOLDERS = "lesson-"  # how the names of their folders begin
ARRIVED, REFUSED, FOUND = "arrived", "refused", "found.json"
# What a reader that fell over a file leaves; any other signal came from outside.
FELL = {signal.SIGSEGV.name, signal.SIGABRT.name, signal.SIGBUS.name, signal.SIGFPE.name, signal.SIGILL.name}

TOO_MUCH = (
    f"Looking through it took more than {LIMITS.memory // 1_000_000} megabytes of memory and was ended, so nobody gets "
    "it. Make its pictures smaller or split it in two, and choose it again."
)
TOO_LONG = (
    f"Looking through it took longer than {LIMITS.seconds / 60:.0f} minutes and was ended, so nobody gets it. Try "
    "again when the machine has less to do, or split it in two."
)
ENDED = (
    "The process that looked through it was ended from outside ({}), perhaps because the machine had no memory left. "
    "Try again; if it happens again, tell whoever runs the site."
)


@contextmanager
def looked_at(write: Callable[[Path], None], kind: str, *, alive: Callable[[], None]) -> Iterator[tuple[Looked, Path]]:
    """Look at the file of ``kind`` that ``write`` writes to a path; give what was found, and the folder with the rest.

    ``alive`` is called every ten seconds of waiting, and ends the process by raising.

    Raises:
        RefusedFileError: it is not to be passed on.
        UncheckedFileError: it could not be looked at to the end.
    """
    with folder_apart(FOLDERS) as folder:
        write(folder / f"{ARRIVED}.{kind}")
        with started(COMMAND, folder, is_trusted=False) as process:
            try:
                await_file(folder / FOUND, process, limits=LIMITS, alive=alive)
            except TakesTooMuchError:
                raise UncheckedFileError(TOO_MUCH) from None
            except TakesTooLongError:
                raise UncheckedFileError(TOO_LONG) from None
            except KilledError as killed:
                if str(killed) in FELL:
                    raise RefusedFileError(BROKEN) from killed
                raise UncheckedFileError(ENDED.format(killed)) from None
            except UnforeseenError as error:
                if (refused := folder / REFUSED).exists():
                    raise RefusedFileError(refused.read_text()) from None
                if error.kind == MemoryError.__name__:
                    raise UncheckedFileError(TOO_MUCH) from None
                raise
        yield Looked.read((folder / FOUND).read_text()), folder
