"""Uploaded files: how much of one is kept, and whether it is what its name says.

That is told by its first bytes, or by what every file of its kind holds.
"""

import zipfile
from typing import IO

from django.core.files.uploadhandler import TemporaryFileUploadHandler

# The most that any form takes. Of a larger file no more than this reaches the disk, and its form says it is too large.
LARGEST_KEPT = 50 * 1024 * 1024

# A member that every file of the format holds. The first two bytes of all of them are a ZIP's.
OFFICE_MEMBERS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENTS = {
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
# How each of these begins: where in the file, and with what. A film is no text, and MP4 begins with NUL bytes.
BEGINNINGS = {"pdf": (0, b"%PDF-"), "mp4": (4, b"ftyp"), "webm": (0, b"\x1aE\xdf\xa3")}
# How office files begin that are locked with a password, and those of the formats before 2007.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def is_what_it_says(extension: str, content: IO[bytes]) -> bool:
    """Tell whether ``content`` is of the kind that ``extension`` (lower case, no dot) claims; read from its start.

    Of an extension that is not known here it is text, without the NUL bytes that programs and pictures hold.
    """
    content.seek(0)
    if extension in OFFICE_MEMBERS or extension in OPEN_DOCUMENTS:
        return _is_archive(extension, content)
    start = content.read(10_000)
    if extension in BEGINNINGS:
        offset, mark = BEGINNINGS[extension]
        return start.startswith(mark, offset)
    return start.startswith(UTF_16) or b"\0" not in start


def _is_archive(extension: str, content: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(content) as members:
            if extension in OPEN_DOCUMENTS:
                return members.open("mimetype").read(100).decode("ascii", "replace") == OPEN_DOCUMENTS[extension]
            return OFFICE_MEMBERS[extension] in members.namelist()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        # What a damaged or encrypted archive raises while it is read; none of it is a file we can pass on.
        return False


def is_locked(content: IO[bytes]) -> bool:
    """Tell whether ``content`` is an office file under a password; those of old formats begin alike."""
    content.seek(0)
    return content.read(len(OLD_OFFICE)) == OLD_OFFICE


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keep an upload in a temporary file, and nothing of it past the most that any form takes.

    The file says its true size, so that its form refuses it in a sentence, and nothing else that was typed is lost.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what comes, as long as a form could take it."""
        if start < LARGEST_KEPT:
            self.file.write(raw_data)
