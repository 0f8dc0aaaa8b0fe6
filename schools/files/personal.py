"""Who wrote an office file, and for whom: found, and taken out of every corner that programs put it in."""

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from schools.files import pictures, svg
from schools.files.archives import BROKEN, is_xml, local, rewrite, xml_of, xml_parts
from schools.files.errors import RefusedFileError
from schools.files.looked import Found
from schools.files.signed import is_signed, names_a_printer, names_in, plain_drawing, unsigned

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
    "lpstr": "Property",
    "user-defined": "Property",
}
DESCRIBES = {"coreProperties", "Properties", "document-meta"}  # the first elements of such parts, wherever they stand
# What libraries of documents and labels of secrecy keep beside the words: people, accounts, the organisation's key.
KEPT_BESIDE = re.compile(r"^customXml/[^/]+\.xml$|^docMetadata/[^/]+\.xml$", re.IGNORECASE)
SOURCES = "Sources"  # the books that a text quotes
LEFT_OUT = ("/printerSettings", "/thumbnail")  # kinds of relations; what they lead to goes with them
SMALL_PICTURES = "Thumbnails/"
PRINTER = ("Printer", "its name and settings")

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_DC = "http://purl.org/dc/elements/1.1/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def details(archive: ZipFile) -> list[Found]:
    """Return what the office or OpenDocument file in ``archive`` says of people, each thing once.

    Raises:
        RefusedFileError: a picture in it may say more than can be told.
    """
    return list(dict.fromkeys(_details(archive)))


def _details(archive: ZipFile) -> Iterator[Found]:
    left_out = _left_out(archive)
    if any("printersettings" in name.lower() for name in left_out.intersection(archive.namelist())):
        yield PRINTER
    for name in archive.namelist():
        if is_xml(archive, name):
            yield from _details_of_part(archive, name, xml_of(archive, name))
        elif name not in left_out:
            content = archive.read(name)
            if pictures.without_details(content, posixpath.basename(name)) != content:
                yield pictures.FOUND


def _details_of_part(archive: ZipFile, name: str, root: Element) -> Iterator[Found]:
    if local(root.tag) in DESCRIBES:
        for element in root.iter():
            if (what := DETAILS.get(local(element.tag))) and (words := _words(element)):
                yield what, words
    elif _is_kept_beside(name, root):
        if root.attrib or len(root) or root.text:
            yield "Hidden properties", " ".join(" ".join(root.itertext()).split())[:200] or "without words"
    elif svg.is_drawing(root):
        words = archive.read(name).decode()
        if plain_drawing(words) != words:
            yield pictures.FOUND
    else:
        yield from (("Commented or changed by", who[:200]) for who in names_in(root))
        if names_a_printer(root):
            yield PRINTER


def _words(element: Element) -> str:
    return " ".join((element.text or "").split())[:200]


def _is_kept_beside(name: str, root: Element) -> bool:
    is_about_it = local(root.tag) in {"datastoreItem", SOURCES}
    return bool(KEPT_BESIDE.match(name)) and not is_about_it


def _left_out(archive: ZipFile) -> set[str]:
    """Return the names of the members that are left out, as the relations of other parts give them."""
    found = set()
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in xml_of(archive, name):
                if relation.get("Type", "").endswith(LEFT_OUT):
                    found.add(posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"))
    return found


def take_out(archive: ZipFile, to: Path) -> None:
    """Write the file anew without what it says of people; its words, and what was commented, stay as they are.

    Raises:
        RefusedFileError: something of it would stay in.
    """
    left_out = _left_out(archive)

    def change(name: str, content: bytes) -> bytes | None:
        if name in left_out or name.startswith(SMALL_PICTURES):
            return None
        if is_xml(archive, name):
            return _freed(name, xml_of(archive, name), content.decode(), left_out).encode()
        return pictures.without_details(content, posixpath.basename(name))

    rewrite(archive, to, change)
    with ZipFile(to) as kept:
        if details(kept) or any(is_signed(root) for _, root in xml_parts(kept)):
            raise RefusedFileError(BROKEN)


def _freed(name: str, root: Element, words: str, left_out: set[str]) -> str:
    """Return the text of a part without what it says of people."""
    if local(root.tag) == "coreProperties":
        return _core(*_kept(root))
    if local(root.tag) == "document-meta":
        return _meta(*_kept(root))
    if local(root.tag) == "Properties" or _is_kept_beside(name, root):
        return _emptied(root)
    return plain_drawing(words) if svg.is_drawing(root) else unsigned(words, partial(_stays, left_out=left_out))


def _stays(name: str, attributes: dict[str, str], *, left_out: set[str]) -> bool:
    """Tell whether a tag leads to something that is still there."""
    if name == "Relationship":
        return not attributes.get("Type", "").endswith(LEFT_OUT)
    if name == "file-entry":
        return not attributes.get("full-path", "").startswith(SMALL_PICTURES)
    return attributes.get("PartName", "").lstrip("/") not in left_out


def _kept(root: Element) -> tuple[str, str]:
    """Return the title and the language that a part gives: what a screen reader says first, and in which voice."""
    found = {local(element.tag): _words(element) for element in root.iter()}
    return found.get("title", ""), found.get("language", "")


def _core(title: str, language: str) -> str:
    named = f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
    return f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}" xmlns:dc="{_DC}">{named}</cp:coreProperties>'


def _meta(title: str, language: str) -> str:
    named = f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
    spaces = f'xmlns:office="{_OPEN}:office:1.0" xmlns:dc="{_DC}" office:version="1.3"'
    return f"{HEAD}<office:document-meta {spaces}><office:meta>{named}</office:meta></office:document-meta>"


def _emptied(root: Element) -> str:
    """Return a part of its first element alone."""
    space, _, name = str(root.tag).rpartition("}")
    return f"{HEAD}<{name} xmlns={quoteattr(space[1:])}/>" if space else f"{HEAD}<{name}/>"
