"""Office files are ZIPs of XML: opened within limits, read without what XML allows and no office program writes."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from schools.files.errors import RefusedFileError

MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 300 * 1024**2  # bytes
MOST_PRESSED = 150  # times; the XML of a long document is pressed some forty times
ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)
ENCRYPTED = 0x1
# How a program, a file with macros in it, or another archive begins, whatever it is named.
OTHER_FILES = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF", b"PK\x03\x04", b"#!", b"{\\rtf")

SAVE_ANEW = "Open it in the program it was made with, save it again and choose it again."
BROKEN = f"This file cannot be read. {SAVE_ANEW}"
BOMB = f"This file unpacks to far more than it seems to be, as files made to harm do. {SAVE_ANEW}"
NAMES = f"This file holds parts under names that no office program writes, as files made to harm do. {SAVE_ANEW}"
LOCKED = "This file is locked with a password. Save it without one and choose it again."
HIDDEN = (
    "This file holds another file or a program inside ({}). Take out what was put in as an object, or paste it as a "
    "picture, save it and choose it again."
)


def opened(path: Path) -> ZipFile:
    """Return the archive at ``path``, of which nothing has been unpacked yet.

    Raises:
        RefusedFileError: it is damaged, locked, or made to harm whoever unpacks it.
    """
    try:
        archive = ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedFileError(BROKEN) from error
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or size > LARGEST_UNPACKED or size > MOST_PRESSED * path.stat().st_size:
        raise RefusedFileError(BOMB)
    names = [member.orig_filename for member in members]
    if len({name.lower() for name in names}) < len(names) or not all(map(_is_plain, names)):
        raise RefusedFileError(NAMES)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise RefusedFileError(LOCKED)
    for member in members:
        with archive.open(member) as content:
            if content.read(8).startswith(OTHER_FILES):
                raise RefusedFileError(HIDDEN.format(PurePosixPath(member.filename).name[:60]))
    return archive


def _is_plain(name: str) -> bool:
    """Tell whether a member's name stays inside the folder that it is unpacked into, on every system."""
    parts = name.rstrip("/").split("/")
    return not any(part in {"", ".", ".."} for part in parts) and not any(sign in name for sign in '\\:\0<>"|')


def xml_of(archive: ZipFile, name: str) -> Element:
    """Return a part of ``archive`` as XML.

    Raises:
        Exception: it is no XML, or declares entities, as defusedxml and expat put it.
    """
    root: Element = fromstring(archive.read(name), forbid_dtd=True)
    return root


def xml_parts(archive: ZipFile) -> Iterator[tuple[str, Element]]:
    """Go through the parts that are XML."""
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".rdf", ".vml")):
            yield name, xml_of(archive, name)


def rewrite(archive: ZipFile, to: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Write every member anew as ``change`` returns it: in the same order, and nothing of what stood between them."""
    with ZipFile(to, "w") as written:
        for member in archive.infolist():
            if member.is_dir():
                continue
            entry = ZipInfo(member.filename, date_time=ALWAYS_THE_SAME)
            entry.compress_type = (
                zipfile.ZIP_STORED if member.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            written.writestr(entry, change(member.filename, archive.read(member)))


def local(tag: Any) -> str:
    """Return the name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def said(element: Element, name: str) -> str:
    """Return the attribute ``name`` of ``element``, in whichever namespace; empty where there is none."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
