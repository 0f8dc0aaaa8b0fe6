"""What a PDF must not hold, and what it says of people."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf, Stream

from schools.files.archives import BROKEN, LOCKED, SAVE_ANEW
from schools.files.errors import RefusedFileError
from schools.files.looked import Found

MOST_PAGES = 400
DEEPEST = 40  # levels of arrays and dictionaries inside each other
# Actions that lead to a place in the file, or to an address that the reader shows first.
HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named", "/Thread", "/Hide", "/SetOCGState", "/ResetForm"}
PLAYED = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}
KEPT_OF_INFO = "/Title"
# What the description inside may go on saying: the title, the language, and that the file is made to be read aloud.
KEPT_OF_XMP = ("http://purl.org/dc/elements/1.1/}title", "http://purl.org/dc/elements/1.1/}language", "/pdfua/ns/id/")
DETAILS = {"/Author": "Author", "/Creator": "Written with", "/Producer": "Made with", "/Subject": "Subject"}

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
    for found in _dictionaries(pdf):
        _check(found)
    return pdf


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
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


def details(pdf: Pdf) -> list[Found]:
    """Return what the file says of people and of the programs that wrote it."""
    found = [
        (DETAILS.get(str(key), str(key).lstrip("/")), " ".join(str(value).split())[:200])
        for key, value in pdf.docinfo.items()
        if str(key) in DETAILS or not str(key).startswith(("/Title", "/CreationDate", "/ModDate", "/Trapped"))
    ]
    found += [("Commented by", str(note["/T"])[:200]) for note in _notes(pdf) if "/T" in note]
    if "/Metadata" in pdf.Root:
        found.append(("Description inside (XMP)", "everything but title, language and accessibility"))
    return list(dict.fromkeys((what, words) for what, words in found if words))


def comments_in(pdf: Pdf) -> int:
    """Return how many comments stand on the pages."""
    return sum(1 for note in _notes(pdf) if "/Contents" in note)


def _notes(pdf: Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            if str(note.get("/Subtype", "")) not in {"/Widget", "/Link", "/Popup"}:
                yield note


def take_out(pdf: Pdf, to: Path) -> None:
    """Write the file anew without what it says of people, and without what earlier versions of it left in it."""
    for note in _notes(pdf):
        if "/T" in note:
            del note["/T"]
    title = str(pdf.docinfo.get(KEPT_OF_INFO, ""))
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if title:
        pdf.docinfo[KEPT_OF_INFO] = title
    for key in ("/OpenAction", "/PieceInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Metadata" in pdf.Root:
        _keep_little(pdf)
    pdf.save(to, deterministic_id=True, fix_metadata_version=False)


def _keep_little(pdf: Pdf) -> None:
    """Take out of the description inside what is neither title nor language nor accessibility; all, where it is odd."""
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            for key in [key for key in said if not any(part in key for part in KEPT_OF_XMP)]:
                with suppress(KeyError):
                    del said[key]
    except Exception:  # noqa: BLE001  (whatever is wrong with it, it goes)
        del pdf.Root["/Metadata"]
