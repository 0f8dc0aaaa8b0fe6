"""Who wrote an office file, and for whom: found, and taken out of it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape
from zipfile import ZipFile

from core.pictures.stripping import without_metadata
from schools.files.archives import local, rewrite, xml_of
from schools.files.looked import Found

CORE, APP, CUSTOM, META = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"
# What says something about people in the parts that describe a file, by the name of its element.
DETAILS = {
    "creator": "Author",
    "initial-creator": "Author",
    "lastModifiedBy": "Last changed by",
    "printed-by": "Printed by",
    "Manager": "Manager",
    "Company": "Company",
    "description": "Comments",
    "keywords": "Keywords",
    "keyword": "Keywords",
    "category": "Category",
    "contentStatus": "Status",
    "HyperlinkBase": "Folder of its links",
    "Template": "Template",
    "lpwstr": "Property",
    "user-defined": "Property",
}
KEPT = ("title", "language")  # what a screen reader says first, and in which voice
# Who commented or changed something, in the parts that are words: attributes of Office, elements of OpenDocument.
WORDED = re.compile(r"^(word|ppt)/.*\.xml$|^(content|styles)\.xml$")
BY_ATTRIBUTE = re.compile(
    r"""(?P<before>\s(?:\w+:)?(?P<name>author|initials|userId|providerId|lastEditedBy)=)(?P<quote>["'])(?P<said>.*?)(?P=quote)"""
)
BY_NAME = re.compile(
    r"""(?P<before><(?:\w+:)?(?:cmAuthor|author)\b[^>]*?\sname=)(?P<quote>["'])(?P<said>.*?)(?P=quote)"""
)
BY_ELEMENT = re.compile(
    r"(?P<before><(?P<tag>dc:creator|meta:creator-initials|loext:sender-initials)>)(?P<said>[^<]*)(?=</(?P=tag)>)"
)
NOBODY = "Author"
PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_DC = "http://purl.org/dc/elements/1.1/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def details(archive: ZipFile) -> list[Found]:
    """Return what the office or OpenDocument file in ``archive`` says of people, each thing once."""
    return list(dict.fromkeys(_details(archive)))


def _details(archive: ZipFile) -> Iterator[Found]:
    names = set(archive.namelist())
    for part in (CORE, APP, CUSTOM, META):
        if part in names:
            for element in xml_of(archive, part).iter():
                if (what := DETAILS.get(local(element.tag))) and (words := _words(element)):
                    yield what, words
    for name in archive.namelist():
        if WORDED.match(name):
            for who in _who(archive.read(name).decode("utf-8", "replace")):
                yield "Commented or changed by", who
        elif (kind := _picture(name)) and without_details(kind, content := archive.read(name)) != content:
            yield "Data in a picture", "such as when, where and by which camera"


def _words(element: Element) -> str:
    return " ".join((element.text or "").split())[:200]


def _who(words: str) -> Iterator[str]:
    for found in BY_ATTRIBUTE.finditer(words):
        if found["name"] == "author" and found["said"] not in {"", NOBODY}:
            yield found["said"][:200]
    for by in (BY_NAME, BY_ELEMENT):
        for found in by.finditer(words):
            if found["said"] not in {"", NOBODY} and "initials" not in found[0]:
                yield found["said"][:200]


def take_out(archive: ZipFile, to: Path) -> None:
    """Write the file anew without what it says of people; its words, and what was commented, stay as they are."""
    written: dict[str, Callable[[bytes], str]] = {
        CORE: lambda _: _core(*_kept(archive, CORE)),
        APP: lambda _: f'{HEAD}<Properties xmlns="{_OFFICE}/extended-properties"/>',
        CUSTOM: lambda _: f'{HEAD}<Properties xmlns="{_OFFICE}/custom-properties"/>',
        META: lambda _: _meta(*_kept(archive, META)),
    }

    def change(name: str, content: bytes) -> bytes:
        if name in written:
            return written[name](content).encode()
        if WORDED.match(name):
            return _unsigned(content)
        kind = _picture(name)
        return without_details(kind, content) if kind else content

    rewrite(archive, to, change)


def _kept(archive: ZipFile, part: str) -> tuple[str, str]:
    """Return the title and the language that a part gives."""
    found = {local(element.tag): _words(element) for element in xml_of(archive, part).iter()}
    title, language = (found.get(name, "") for name in KEPT)
    return title, language


def _core(title: str, language: str) -> str:
    named = f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
    return f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}" xmlns:dc="{_DC}">{named}</cp:coreProperties>'


def _meta(title: str, language: str) -> str:
    named = f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
    spaces = f'xmlns:office="{_OPEN}:office:1.0" xmlns:dc="{_DC}" office:version="1.3"'
    return f"{HEAD}<office:document-meta {spaces}><office:meta>{named}</office:meta></office:document-meta>"


def _unsigned(content: bytes) -> bytes:
    """Return a part of words that says no more who commented or changed something."""
    words = content.decode("utf-8", "surrogateescape")
    for by in (BY_ATTRIBUTE, BY_NAME):
        words = by.sub(lambda found: f"{found['before']}{found['quote']}{NOBODY}{found['quote']}", words)
    words = BY_ELEMENT.sub(lambda found: f"{found['before']}{NOBODY}", words)
    return words.encode("utf-8", "surrogateescape")


def _picture(name: str) -> str | None:
    """Return the kind of picture that a member is, of those that may say where and when they were taken."""
    return PICTURES.get(name.rpartition(".")[2].lower())


def without_details(kind: str, content: bytes) -> bytes:
    """Return a picture without what it says of places, times and cameras; as it is where it is of another kind."""
    try:
        return without_metadata(kind, content)
    except ValueError:
        return content
