"""What a PDF says of people, and of the programs that it was made with: found, and taken out."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pikepdf import Array, Dictionary, Name, Pdf, PdfError, Stream

from schools.files import pictures
from schools.files.looked import Found
from schools.files.pdf import dictionaries, streams

DETAILS = {"/Author": "Author", "/Creator": "Written with", "/Producer": "Made with", "/Subject": "Subject"}
UNTOLD = ("/Title", "/CreationDate", "/ModDate", "/Trapped")
# What the description inside goes on saying: title, language, and that the file is made to be read aloud.
TITLE, LANGUAGE = "{http://purl.org/dc/elements/1.1/}title", "{http://purl.org/dc/elements/1.1/}language"
ALOUD = "{http://www.aiim.org/pdfua/ns/id/}part"
PRIVATE = "/PieceInfo"  # what a program keeps for itself, with folders and earlier states
OF_PEOPLE = (PRIVATE, "/CreatorInfo", "/SpiderInfo", "/OPI")
UNSAID_BOXES = {b"uuid", b"uinf", b"xml "}  # of JPEG 2000, ISO/IEC 15444-1, annex I


def details(pdf: Pdf) -> list[Found]:
    """Return what the file says of people and of the programs that wrote it, each thing once.

    Raises:
        RefusedFileError: a picture in it may say more than can be told.
    """
    found = [
        (DETAILS.get(str(key), str(key).lstrip("/")), " ".join(str(value).split())[:200])
        for key, value in pdf.docinfo.items()
        if str(key) in DETAILS or not str(key).startswith(UNTOLD)
    ]
    found += [("Commented by", str(note["/T"])[:200]) for note in _notes(pdf) if "/T" in note]
    if any(map(_is_described, dictionaries(pdf))):
        found.append(("Description inside (XMP)", "everything but title, language and accessibility"))
    if any(PRIVATE in one for one in dictionaries(pdf)):
        found.append(("Kept by a program for itself", "such as folders and earlier states"))
    if any(True for _ in _changed_pictures(pdf)):
        found.append(pictures.FOUND)
    return list(dict.fromkeys((what, words) for what, words in found if words))


def comments_in(pdf: Pdf) -> int:
    """Return how many comments stand on the pages."""
    return sum(1 for note in _notes(pdf) if "/Contents" in note)


def _notes(pdf: Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            if isinstance(note, Dictionary) and str(note.get("/Subtype", "")) not in {"/Widget", "/Link", "/Popup"}:
                yield note


def take_out(pdf: Pdf, to: Path) -> None:
    """Write the file anew without what it says of people, and without what earlier versions of it left in it."""
    title = str(pdf.docinfo.get("/Title", ""))
    said = _description(pdf)
    for note in _notes(pdf):
        if "/T" in note:
            del note["/T"]
    for found in dictionaries(pdf):
        for key in [key for key in found.keys() if _goes(found, key)]:  # noqa: SIM118  (its own kind of dictionary)
            del found[key]
    for stream, clean in list(_changed_pictures(pdf)):
        stream.write(clean, filter=_filters(stream)[-1], decode_parms=_last_parameters(stream))
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if title:
        pdf.docinfo["/Title"] = title
    if said:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as anew:
            for key, words in said.items():
                anew[key] = words
    pdf.save(to, deterministic_id=True, fix_metadata_version=False)


def _goes(found: Any, key: str) -> bool:
    """Tell whether a dictionary's entry is taken out. What a page calls its fonts and pictures may look like any."""
    if key == "/Metadata":
        return _is_described(found)
    if key == "/Thumb":
        return bool(found.get("/Type") == "/Page")
    if key == "/OpenAction":
        return bool(found.get("/Type") == "/Catalog")
    if key == "/AA":
        parts = found["/AA"].values() if isinstance(found["/AA"], Dictionary) else ()
        return all(isinstance(part, Dictionary) and "/S" in part for part in parts)
    return key in OF_PEOPLE


def _is_described(found: Any) -> bool:
    metadata = found.get("/Metadata")
    return isinstance(metadata, Stream) and str(metadata.get("/Subtype", "")) in {"/XML", ""}


def _description(pdf: Pdf) -> dict[str, Any]:
    """Return what is kept of the description of the whole file; nothing where it is odd."""
    if not _is_described(pdf.Root):
        return {}
    try:
        root = fromstring(pdf.Root.Metadata.read_bytes(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, PdfError, ValueError):
        return {}
    title, language = _words_in(root, TITLE), _words_in(root, LANGUAGE)
    aloud = _words_in(root, ALOUD) or next(
        (said for one in root.iter() for key, said in one.attrib.items() if key == ALOUD), ""
    )
    kept = {"dc:title": title, "dc:language": {language} if language else "", "pdfuaid:part": aloud}
    return {key: words for key, words in kept.items() if words}


def _words_in(root: Element, tag: str) -> str:
    found = root.find(f".//{tag}")
    return "" if found is None else " ".join(" ".join(found.itertext()).split())


def _changed_pictures(pdf: Pdf) -> Iterator[tuple[Any, bytes]]:
    """Go through the pictures that say more than they show, each with what it is without that."""
    for stream in streams(pdf):
        last = str(_filters(stream)[-1]) if _filters(stream) else ""
        if last in {"/DCTDecode", "/DCT", "/JPXDecode"}:
            packed = _unpacked(pdf, stream)
            name = "one of its photographs"
            clean = _without_boxes(packed) if last == "/JPXDecode" else pictures.without_details(packed, name)
            if clean != packed:
                yield stream, clean


def _filters(stream: Any) -> list[Any]:
    """Return the ways in which a stream is packed, the last of which makes the picture."""
    said = stream.get("/Filter")
    return list(said) if isinstance(said, Array) else [] if said is None else [said]


def _last_parameters(stream: Any) -> Any:
    said = stream.get("/DecodeParms")
    return said[len(said) - 1] if isinstance(said, Array) and len(said) else said


def _unpacked(pdf: Pdf, stream: Any) -> bytes:
    """Return a picture as its own format has it, freed of what is packed around it."""
    raw: bytes = stream.read_raw_bytes()
    around = _filters(stream)[:-1]
    if not around:
        return raw
    inner: bytes = Stream(pdf, raw, Filter=Array([Name(str(one)) for one in around])).read_bytes()
    return inner


def _without_boxes(picture: bytes) -> bytes:
    """Return a JPEG 2000 without the boxes in which cameras and programs describe it."""
    kept, at = [], 0
    with suppress(struct.error):
        while at < len(picture):
            length, kind = struct.unpack_from(">I4s", picture, at)
            if length == 1:
                length = struct.unpack_from(">Q", picture, at + 8)[0]
            ends = at + length if length >= 8 else len(picture)
            if kind not in UNSAID_BOXES:
                kept.append(picture[at:ends])
            at = ends
        return b"".join(kept)
    return picture
