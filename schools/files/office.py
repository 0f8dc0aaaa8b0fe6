"""What a PowerPoint or Word file must not hold: macros, objects, and whatever is fetched when somebody opens it."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from schools.files.archives import HIDDEN, SAVE_ANEW, local, said, xml_of, xml_parts
from schools.files.errors import RefusedFileError

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
# Fields of Word that fetch or start something.
FETCHING_FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED)\b")
STARTING_ACTIONS = re.compile(r"^ppaction://(program|macro|ole)", re.IGNORECASE)
FOLLOWED = {"http", "https", "mailto", "tel"}

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
LEADS_ASTRAY = (
    "A link in this file leads to a file on somebody's computer or network ({}). Take the link out, save it and choose "
    "it again."
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
        if name.endswith(".rels"):
            for relation in root:
                _check_relation(relation, kind)
        else:
            _check_part(root)


def _check_name(name: str, kind: str) -> None:
    if OF_MACROS.search(name):
        raise RefusedFileError(MACRO.format(kind))
    if OF_CONTROLS.search(name):
        raise RefusedFileError(CONTROL)
    if "/embeddings/" in name.lower():
        raise RefusedFileError(HIDDEN.format(PurePosixPath(name).name[:60]))


def _check_types(types: Element, kind: str) -> None:
    """See that the parts are declared as what such a file holds."""
    declared = {said(part, "PartName").lstrip("/"): said(part, "ContentType") for part in types}
    if any(OF_MACROS.search(value) for value in declared.values()):
        raise RefusedFileError(MACRO.format(kind))
    main, expected = MAIN_PARTS[kind]
    if declared.get(main) != expected:
        raise RefusedFileError(OTHER_KIND.format(kind, kind))


def _check_relation(relation: Element, kind: str) -> None:
    kind_of_relation, target = said(relation, "Type"), said(relation, "Target")
    if OF_MACROS.search(kind_of_relation):
        raise RefusedFileError(MACRO.format(kind))
    if OF_CONTROLS.search(kind_of_relation):
        raise RefusedFileError(CONTROL)
    is_external = said(relation, "TargetMode").lower() == "external"
    if is_external and kind_of_relation.endswith("/hyperlink"):
        if _scheme(target) not in FOLLOWED:
            raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))
    elif is_external and kind_of_relation.endswith("/attachedTemplate"):
        raise RefusedFileError(TEMPLATE)
    elif is_external:
        raise RefusedFileError(FETCHES.format(kind_of_relation.rpartition("/")[2][:60]))
    elif OF_OBJECTS.search(kind_of_relation):
        raise RefusedFileError(HIDDEN.format(PurePosixPath(target).name[:60]))


def _scheme(target: str) -> str:
    """Return what a link begins with; a place in the file itself (#slide) counts as an address."""
    return "https" if target.startswith("#") else urlsplit(target.strip()).scheme.lower()


def _check_part(root: Element) -> None:
    instructions = ""
    for element in root.iter():
        if local(element.tag) == "instrText":
            instructions += element.text or ""
        elif local(element.tag) == "fldSimple":
            instructions += f" {said(element, 'instr')} "
        elif STARTING_ACTIONS.match(said(element, "action")):
            raise RefusedFileError(STARTS)
    if found := FETCHING_FIELDS.search(instructions):
        raise RefusedFileError(FETCHES.format(found[0]))
