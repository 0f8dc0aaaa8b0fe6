"""Office files are ZIPs of XML: opened within limits, read without what XML allows and no office program writes."""

import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from core.making.packing import RESERVED
from schools.files.errors import RefusedFileError

MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 300 * 1024**2  # bytes
MOST_PRESSED = 150  # times; the XML of a long document is pressed some forty times
ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)
ENCRYPTED = 0x1
PRESSED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the two that office programs read
# How a program, a file with macros in it, or another archive begins, whatever it is named.
OTHER_FILES = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF", b"PK\x03\x04", b"#!", b"{\\rtf")
OF_SIGNATURES = re.compile(r"^_xmlsignatures/|^meta-inf/\w*signatures\.xml$", re.IGNORECASE)
XML_NAMES = (".xml", ".rels", ".rdf", ".vml", ".svg")
# How XML begins under whatever name, in UTF-8 and in the encodings that no office program writes.
XML_BEGINS = re.compile(rb"(\xef\xbb\xbf)?\s*<[?!:A-Za-z_][^\0-\x08]*$|\xff\xfe|\xfe\xff|<\0|\0<", re.DOTALL)
ENCODING = re.compile(rb"""(\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")

SAVE_ANEW = "Open it in the program it was made with, save it again and choose it again."
BROKEN = f"This file cannot be read. {SAVE_ANEW}"
BOMB = f"This file unpacks to far more than it seems to be, as files made to harm do. {SAVE_ANEW}"
NAMES = f"This file holds parts under names that no office program writes, as files made to harm do. {SAVE_ANEW}"
SIGNED = (
    "This file carries a digital signature, which names who signed it and would break when personal details are taken "
    "out. Save a copy without the signature and choose that."
)
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
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise RefusedFileError(NAMES)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise RefusedFileError(LOCKED)
    if any(member.compress_type not in PRESSED_BY for member in members):
        raise RefusedFileError(BROKEN)
    if any(map(OF_SIGNATURES.match, names)):
        raise RefusedFileError(SIGNED)
    for member in members:
        with archive.open(member) as content:
            if content.read(8).startswith(OTHER_FILES):
                raise RefusedFileError(HIDDEN.format(PurePosixPath(member.filename).name[:60]))
    return archive


def _is_plain(name: str) -> bool:
    """Tell whether a member's name stays inside the folder that it is unpacked into, and is what it seems to be."""
    return (
        name.isprintable()
        and not any(sign in name for sign in '\\:<>"|?*')
        and all(map(_is_plain_part, name.rstrip("/").split("/")))
    )


def _is_plain_part(part: str) -> bool:
    """Tell whether every system takes this as the name of a file: Windows drops points and spaces at the end."""
    return bool(part) and part[-1] not in ". " and not RESERVED.match(part.lower())


def xml_of(archive: ZipFile, name: str) -> Element:
    """Return a part of ``archive`` as XML.

    Raises:
        RefusedFileError: it is not in UTF-8, so what is taken out of it by its words would stay in.
        Exception: it is no XML, or declares entities, as defusedxml and expat put it.
    """
    content = archive.read(name)
    encoding = ENCODING.match(content)
    if b"\0" in content or (encoding and encoding[2].lower() not in {b"utf-8", b"us-ascii"}):
        raise RefusedFileError(BROKEN)
    root: Element = fromstring(content, forbid_dtd=True)
    return root


def xml_parts(archive: ZipFile) -> Iterator[tuple[str, Element]]:
    """Go through the parts that are XML, one at a time: a long text takes much memory."""
    return ((name, xml_of(archive, name)) for name in archive.namelist() if is_xml(archive, name))


def is_xml(archive: ZipFile, name: str) -> bool:
    """Tell whether a part is XML, whatever it is named: programs go by what it is declared to be."""
    if name.lower().endswith(XML_NAMES):
        return True
    with archive.open(name) as content:
        return bool(XML_BEGINS.match(content.read(64)))


def rewrite(archive: ZipFile, to: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write every member anew as ``change`` returns it, in the same order, and nothing of what stood between them.

    One of which it returns None is left out.
    """
    with ZipFile(to, "w") as written:
        for member in archive.infolist():
            if member.is_dir() or (content := change(member.filename, archive.read(member))) is None:
                continue
            entry = ZipInfo(member.filename, date_time=ALWAYS_THE_SAME)
            entry.compress_type = (
                zipfile.ZIP_STORED if member.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            written.writestr(entry, content)


def local(tag: Any) -> str:
    """Return the name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def said(element: Element, name: str) -> str:
    """Return the attribute ``name`` of ``element``, in whichever namespace; empty where there is none."""
    return next(iter(all_said(element, name)), "")


def all_said(element: Element, *names: str) -> list[str]:
    """Return all attributes of ``element`` with one of these names: it may have one in each namespace."""
    return [value for key, value in element.attrib.items() if local(key) in names]
