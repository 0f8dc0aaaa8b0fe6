"""What OpenDocument files must not hold: macros, objects, and whatever is fetched when somebody opens them."""

import re
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from schools.files.archives import HIDDEN, LOCKED, local, said, xml_parts
from schools.files.errors import RefusedFileError
from schools.files.office import FETCHES, FOLLOWED, LEADS_ASTRAY, MACRO

META = "meta.xml"
FOLDERS_OF_MACROS = ("basic/", "scripts/", "dialogs/")
OF_MACROS = {"event-listener", "script"}
OF_OBJECTS = {"object", "object-ole", "plugin", "applet", "floating-frame"}
OF_DATA = re.compile(r"^dde-")
LINKS = {"a", "bibliography-mark"}
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def check(archive: ZipFile, kind: str) -> None:
    """Look through the OpenDocument file in ``archive``, of ``kind`` "odp" or "odt".

    Raises:
        RefusedFileError: it holds what could run, or what is fetched.
    """
    if any(name.lower().startswith(FOLDERS_OF_MACROS) for name in archive.namelist()):
        raise RefusedFileError(MACRO.format(kind))
    for name, root in xml_parts(archive):
        if name == META:
            continue  # it is written anew
        for element in root.iter():
            _check(element, kind, is_manifest=name == "META-INF/manifest.xml")


def _check(element: Element, kind: str, *, is_manifest: bool) -> None:
    tag, target = local(element.tag), said(element, "href")
    if is_manifest and tag == "encryption-data":
        raise RefusedFileError(LOCKED)
    if tag in OF_MACROS and _runs(element, tag, target):
        raise RefusedFileError(MACRO.format(kind))
    if tag in OF_OBJECTS:
        raise RefusedFileError(HIDDEN.format(target.rpartition("/")[2][:60] or tag))
    if OF_DATA.match(tag):
        raise RefusedFileError(FETCHES.format(tag))
    if tag in LINKS or tag == "event-listener":
        _check_link(target)
    elif _leads_out(target):
        raise RefusedFileError(FETCHES.format(target[:60]))


def _runs(element: Element, tag: str, target: str) -> bool:
    """Tell whether an element starts something: a button of slides may lead to another slide, or to an address."""
    in_slides = "presentation" in str(element.tag)
    starts = said(element, "action") in {"execute", "macro", "verb"} or target.lower().startswith("vnd.sun.star")
    return tag == "script" or not in_slides or starts


def _check_link(target: str) -> None:
    scheme = SCHEME.match(target)
    if target.startswith(("../", "/", "\\")) or (scheme and scheme[1].lower() not in FOLLOWED):
        raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))


def _leads_out(target: str) -> bool:
    return bool(SCHEME.match(target)) or target.startswith(("../", "/", "\\"))
