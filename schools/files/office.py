"""What a PowerPoint or Word file must not hold: macros, objects, and whatever is fetched when somebody opens it."""

import re
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from schools.files import fields, svg
from schools.files.archives import HIDDEN, SAVE_ANEW, all_said, local, xml_of, xml_parts
from schools.files.errors import RefusedFileError
from schools.files.links import FOLLOWED, LEADS_ASTRAY, leads_astray, scheme_of

CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation.main+xml"),
    "docx": ("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"),
}
OF_MACROS = re.compile(
    r"vbaproject|vbadata|macroenabled|ms-word\.attachedtoolbars|macrosheet|dialogsheet", re.IGNORECASE
)
OF_CONTROLS = re.compile(r"activex|ctrlprop|/control$", re.IGNORECASE)
OF_OBJECTS = re.compile(r"oleobject|embeddings|/package$|/subdocument$|/afchunk$|/frame$", re.IGNORECASE)
OF_ADD_INS = re.compile(r"webextension", re.IGNORECASE)
STARTING_ACTIONS = re.compile(r"^ppaction://(program|macro|ole)", re.IGNORECASE)
VML = "{urn:schemas-microsoft-com:vml}"

MACRO = "This file holds a macro, which is a program. Save it without macros, as .{}, and choose it again."
CONTROL = f"This file holds an ActiveX control, which is a program. Take it out. {SAVE_ANEW}"
FETCHES = (
    "This file fetches something from elsewhere when it is opened ({}). Put that into the file itself, or give its "
    "address as a link, save it and choose it again."
)
TEMPLATE = (
    "This file is tied to a template on somebody's computer or network, which is fetched when it is opened. In Word, "
    "under Templates and Add-ins, attach Normal instead, save it and choose it again."
)
STARTS = "A button in this file starts a program. Take it out, save it and choose it again."
OTHER_KIND = "This file is named .{} but is another kind of office file. Save it as .{} and choose it again."


def check(archive: ZipFile, kind: str) -> None:
    """Look through the office file in ``archive``, of ``kind`` "pptx" or "docx".

    Raises:
        RefusedFileError: it holds what could run, or what is fetched.
    """
    for name in archive.namelist():
        _check_name(name, kind)
    _check_types(xml_of(archive, CONTENT_TYPES), kind)
    for name, root in xml_parts(archive):
        if name.lower().endswith(".rels"):
            for relation in root:
                _check_relation(relation, kind)
        elif svg.is_drawing(root):
            svg.check(root, FETCHES)
        else:
            fields.check(root)
            for element in root.iter():
                _check_element(element)


def _check_name(name: str, kind: str) -> None:
    if OF_MACROS.search(name):
        raise RefusedFileError(MACRO.format(kind))
    if OF_CONTROLS.search(name):
        raise RefusedFileError(CONTROL)
    if "/embeddings/" in name.lower():
        raise RefusedFileError(HIDDEN.format(PurePosixPath(name).name[:60]))


def _check_types(types: Element, kind: str) -> None:
    """See that the parts are declared as what such a file holds."""
    declared = {part.get("PartName", "").lstrip("/"): part.get("ContentType", "") for part in types}
    if any(OF_MACROS.search(value) for value in declared.values()):
        raise RefusedFileError(MACRO.format(kind))
    main, expected = MAIN_PARTS[kind]
    if declared.get(main) != expected:
        raise RefusedFileError(OTHER_KIND.format(kind, kind))


def _check_relation(relation: Element, kind: str) -> None:
    """Look at where a part leads; its attributes count without a namespace alone, as programs read them."""
    kind_of_relation, target = relation.get("Type", ""), relation.get("Target", "")
    if OF_MACROS.search(kind_of_relation):
        raise RefusedFileError(MACRO.format(kind))
    if OF_CONTROLS.search(kind_of_relation):
        raise RefusedFileError(CONTROL)
    if OF_ADD_INS.search(kind_of_relation):
        raise RefusedFileError(FETCHES.format("an add-in"))
    is_external = relation.get("TargetMode", "").lower() == "external"
    if is_external and kind_of_relation.endswith("/hyperlink"):
        if not target.startswith("#") and scheme_of(target) not in FOLLOWED:
            raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))
    elif is_external and kind_of_relation.endswith("/attachedTemplate"):
        raise RefusedFileError(TEMPLATE)
    elif is_external or scheme_of(target):
        raise RefusedFileError(FETCHES.format(kind_of_relation.rpartition("/")[2][:60]))
    elif OF_OBJECTS.search(kind_of_relation):
        raise RefusedFileError(HIDDEN.format(PurePosixPath(target).name[:60]))


def _check_element(element: Element) -> None:
    if any(map(STARTING_ACTIONS.match, all_said(element, "action"))):
        raise RefusedFileError(STARTS)
    if local(element.tag) == "mailMerge":
        raise RefusedFileError(FETCHES.format("mail merge"))
    if str(element.tag).startswith(VML):
        if any(map(scheme_of, all_said(element, "src"))):
            raise RefusedFileError(FETCHES.format("a drawing"))
        for target in filter(leads_astray, all_said(element, "href")):
            raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))
