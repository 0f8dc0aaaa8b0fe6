"""The pictures inside of a file: freed of when, where and by whom they were taken. Not one pixel changes."""

import re

from core.pictures.stripping import without_metadata
from schools.files.archives import SAVE_ANEW
from schools.files.errors import RefusedFileError

# By how they begin and not by their names: programs keep a photograph as "image1.png" too.
BEGINNINGS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
OF_TELEPHONES = re.compile(rb"....ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis)", re.DOTALL)
SAYS_MORE = re.compile(rb"Exif\0|eXIf|EXIF|ns\.adobe\.com/xap|Photoshop 3\.0")

FOUND = ("Data in a picture", "such as when, where and by which camera")
UNCLEAN = (
    "A picture in this file ({}) may say where and by whom it was taken, and is damaged or of a kind that this cannot "
    f"be taken out of. Put it in as JPEG or PNG in place of that one. {SAVE_ANEW}"
)


def without_details(content: bytes, name: str) -> bytes:
    """Return a picture without what it says of places, times and cameras; as it is where it is no such picture.

    Raises:
        RefusedFileError: it may say so, and what cannot be taken out; ``name`` tells the author which it is.
    """
    kind = next((kind for begins, kind in BEGINNINGS.items() if content.startswith(begins)), None)
    if kind == "WEBP" and content[8:12] != b"WEBP":
        return content  # a sound or a film
    try:
        if kind:
            return without_metadata(kind, content)
    except ValueError:
        if not SAYS_MORE.search(content):
            return content
    if kind or content.startswith(TIFF) or OF_TELEPHONES.match(content):
        raise RefusedFileError(UNCLEAN.format(name[:60]))
    return content
