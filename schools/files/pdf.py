"""What a PDF must not hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf, Stream

from schools.files.archives import BROKEN, LOCKED, SAVE_ANEW, SIGNED
from schools.files.errors import RefusedFileError
from schools.files.links import LEADS_ASTRAY, leads_astray
from schools.files.office import FETCHES

MOST_PAGES = 400
DEEPEST = 40  # levels of arrays and dictionaries inside each other
# Actions that lead to a place in the file, or to an address that the reader shows first.
HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named", "/Thread", "/Hide", "/SetOCGState", "/ResetForm"}
PLAYED = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}

PROGRAM = f"This PDF holds JavaScript, which is a program. Save it as a PDF without scripts. {SAVE_ANEW}"
STARTS = (
    "This PDF does something by itself or at a click that a document does not do ({}). Take that out, or print the "
    "document as a new PDF, and choose it again."
)
HIDDEN = "This PDF has another file attached to it. Save it without attachments and choose it again."
PLAYS = "This PDF holds a film, a sound or a model inside ({}). Take it out, save it and choose it again."
FORM = "This PDF is a form made of programs (XFA). Print it as a plain PDF and choose that."
LONG = f"This PDF has more than {MOST_PAGES} pages. Split it in parts and add each as a file."


def opened(path: Path) -> Pdf:
    """Return the PDF at ``path``, looked through.

    Raises:
        RefusedFileError: it is damaged, locked, too long, or holds what could run or was attached.
    """
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError as error:
        raise RefusedFileError(LOCKED) from error
    except pikepdf.PdfError as error:
        raise RefusedFileError(BROKEN) from error
    if pdf.is_encrypted:
        raise RefusedFileError(LOCKED)
    if len(pdf.pages) > MOST_PAGES:
        raise RefusedFileError(LONG)
    for found in dictionaries(pdf):
        _check(found)
    for stream in streams(pdf):
        _check_stream(stream.stream_dict)
    return pdf


def streams(pdf: Pdf) -> Iterator[Any]:
    """Go through every stream of the file."""
    return (found for found in pdf.objects if isinstance(found, Stream))


def dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Go through every dictionary of the file once, those inside others too."""
    for whole in (*pdf.objects, pdf.trailer):
        yield from _inside(whole, 0)


def _inside(found: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise RefusedFileError(BROKEN)
    if isinstance(found, Stream):
        found = found.stream_dict
    if isinstance(found, Dictionary):
        yield found
        parts: Any = found.values()
    elif isinstance(found, Array):
        parts = found
    else:
        return
    for part in parts:
        if isinstance(part, (Array, Dictionary)) and not part.is_indirect:  # the others come by themselves
            yield from _inside(part, depth + 1)


def _check(found: Any) -> None:
    action = str(found.get("/S", "")) if _is_action(found) else ""
    subtype = str(found.get("/Subtype", ""))
    if "/JS" in found or action == "/JavaScript":
        raise RefusedFileError(PROGRAM)
    if action and action not in HARMLESS_ACTIONS:
        raise RefusedFileError(STARTS.format(action.lstrip("/")))
    if (
        "/EF" in found
        or "/EmbeddedFiles" in found
        or found.get("/Type") == "/EmbeddedFile"
        or subtype == "/FileAttachment"
    ):
        raise RefusedFileError(HIDDEN)
    if subtype in PLAYED:
        raise RefusedFileError(PLAYS.format(subtype.lstrip("/")))
    if "/XFA" in found:
        raise RefusedFileError(FORM)
    if action == "/URI" and leads_astray(target := str(found.get("/URI", ""))):
        raise RefusedFileError(LEADS_ASTRAY.format(target[:60]))
    if found.get("/Type") == "/Sig" or {"/ByteRange", "/Contents"} <= set(found.keys()):
        raise RefusedFileError(SIGNED)


def _check_stream(found: Any) -> None:
    """See that a stream holds what it says: its content may stand in another file, a form be a page of another."""
    if "/F" in found or "/Ref" in found:
        raise RefusedFileError(FETCHES.format("a part that stands in another file"))


def _is_action(found: Any) -> bool:
    """Tell an action from what else has an /S: a border, a group, a style, a part of the structure."""
    return found.get("/Type") == "/Action" or str(found.get("/S", "")) in ACTIONS


ACTIONS = HARMLESS_ACTIONS | {
    "/JavaScript",
    "/Launch",
    "/GoToR",
    "/GoToE",
    "/GoTo3DView",
    "/GoToDp",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/Trans",
    "/Sound",
    "/Movie",
}
