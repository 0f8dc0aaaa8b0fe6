"""Whether an uploaded file is what its name says: by its first bytes, or by what every file of its kind holds."""

import zipfile
from typing import IO

# A member that every file of the format holds. The first two bytes of all of them are a ZIP's.
OFFICE_MEMBERS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENTS = {
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
# How each of these begins: where in the file, and with what. A film is no text, and MP4 begins with NUL bytes.
BEGINNINGS = {"pdf": (0, b"%PDF-"), "mp4": (4, b"ftyp"), "webm": (0, b"\x1aE\xdf\xa3")}
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
