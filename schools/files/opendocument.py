"""What OpenDocument files must not hold: macros, objects, and whatever is fetched when somebody opens them."""

import posixpath
import re
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from schools.files import svg
from schools.files.archives import HIDDEN, LOCKED, all_said, local, xml_parts
from schools.files.errors import RefusedFileError
from schools.files.links import LEADS_ASTRAY, OF_A_DISK, leads_astray, plain, scheme_of
from schools.files.office import FETCHES, MACRO

META = "meta.xml"
FOLDERS_OF_MACROS = ("basic/", "scripts/", "dialogs/")
OF_MACROS = {"event-listener", "script", "execute-macro"}
OF_OBJECTS = {"object", "object-ole", "plugin", "applet", "floating-frame"}
OF_DATA = re.compile(r"^dde-")
LINKS = {"a", "bibliography-mark"}
XFORMS = "{http://www.w3.org/2002/xforms}"  # forms that read from, and send to, an address


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
        if svg.is_drawing(root):
            svg.check(root, FETCHES)
            continue
        for element in root.iter():
            _check(element, kind, is_manifest=name == "META-INF/manifest.xml")


def _check(element: Element, kind: str, *, is_manifest: bool) -> None:
    tag, targets = local(element.tag), all_said(element, "href")
    if is_manifest and tag == "encryption-data":
        raise RefusedFileError(LOCKED)
    if tag in OF_MACROS and _runs(element, tag, targets):
        raise RefusedFileError(MACRO.format(kind))
    if tag in OF_OBJECTS:
        raise RefusedFileError(HIDDEN.format("".join(targets).rpartition("/")[2][:60] or tag))
    if OF_DATA.match(tag) or str(element.tag).startswith(XFORMS):
        raise RefusedFileError(FETCHES.format(tag))
    for target in targets:
        if tag in LINKS or tag == "event-listener":
            if leads_astray(target):
                raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))
        elif scheme_of(target) or posixpath.normpath(plain(target)).startswith((*OF_A_DISK, "..")):
            raise RefusedFileError(FETCHES.format(target[:60]))


def _runs(element: Element, tag: str, targets: list[str]) -> bool:
    """Tell whether an element starts something: a button of slides may lead to another slide, or to an address."""
    in_slides = "presentation" in str(element.tag)
    actions = {"execute", "macro", "verb"}.intersection(all_said(element, "action"))
    starts = actions or any(plain(target).lower().startswith("vnd.sun.star") for target in targets)
    return tag != "event-listener" or not in_slides or bool(starts)
