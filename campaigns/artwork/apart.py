"""A set drawn in a process of its own, which takes little memory, gives all of it back, and can be ended.

The process is :mod:`campaigns.artwork.__main__`. The order and the picture lie in the folder that it is given, and each
file appears there once it is whole.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from core.making.apart import (
    KilledError,
    Limits,
    TakesTooLongError,
    TakesTooMuchError,
    UnforeseenError,
    await_file,
    started,
)

COMMAND = (sys.executable, "-m", "campaigns.artwork")
CEILING = 400_000_000  # bytes of memory
PATIENCE = 180.0  # seconds for one file; the dearest takes some four
ORDER, PICTURE, REFUSED = "order.json", "picture", "refused"
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
        with started(COMMAND, folder) as process:
            for size, kind in files:
                file = folder / named(size, kind)
                _await(file, process, alive)
                yield file
                file.unlink()


def _await(file: Path, process: psutil.Popen, alive: Callable[[], None]) -> None:
    """Wait until ``file`` is there, and say in a sentence why it never will be."""
    try:
        await_file(file, process, limits=Limits(CEILING, PATIENCE), alive=alive)
    except TakesTooMuchError:
        raise ArtworkError(TOO_MUCH, field="picture") from None
    except TakesTooLongError:
        raise ArtworkError(TOO_LONG) from None
    except KilledError as killed:
        raise ArtworkError(ENDED.format(killed)) from None
    except UnforeseenError:
        if (refused := file.with_name(REFUSED)).exists():
            raise ArtworkError(refused.read_text()) from None
        raise
