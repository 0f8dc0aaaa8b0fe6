"""Files as one ZIP, the same to the byte for the same files, under names that every system takes."""

import re
import shutil
import unicodedata
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:  # who looks at files apart needs the names alone, and no Django
    from django.db.models.fields.files import FieldFile

ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)  # so that the same contents make the same file
UNIX, FOR_EVERYBODY = 3, 0o644 << 16  # said of every entry, whichever system packs it
LONGEST_NAME = 100  # characters; with the folder that somebody unpacks it into it stays under the 260 of Windows
# Windows keeps these for devices, whatever extension follows.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?![a-z0-9])")


def write_archive(entries: Iterable[tuple[str, "FieldFile | str"]], to: IO[bytes]) -> None:
    """Write a ZIP of stored files and texts into ``to``, one after the other: never two of them in memory.

    Pictures, PDFs and office files are as small as they get, so nothing is pressed once more.

    Raises:
        OSError: a file is missing from storage.
    """
    with ZipFile(to, "w", ZIP_STORED) as archive:
        for name, content in entries:
            entry = ZipInfo(name, date_time=ALWAYS_THE_SAME)
            entry.create_system, entry.external_attr = UNIX, FOR_EVERYBODY
            if isinstance(content, str):
                archive.writestr(entry, content.encode())
                continue
            with content.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1024 * 1024)


def safe_name(words: str, extension: str, *, taken: Iterable[str] = ()) -> str:
    """Return a file's name in small letters of ASCII, digits and hyphens, of which none in ``taken`` is like.

    It is "file" where nothing of the ``words`` can be written so.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall("[a-z0-9]+", plain)) or "file"
    stem = f"file-{stem}" if RESERVED.match(stem) else stem
    names = (f"{stem[:LONGEST_NAME].strip('-')}{again}.{extension}" for again in _again())
    used = set(taken)
    return next(name for name in names if name not in used)


def _again() -> Iterable[str]:
    """Go through what tells names apart: nothing, -2, -3 and so on."""
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1
