"""The words of a page in the order and kinds that its PDF says they have, where it was made to be read aloud."""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from schools.files.looked import HEADING, ITEM, TEXT, Piece

HEADINGS = {"H", "Title", *(f"H{level}" for level in range(1, 7))}
PARAGRAPHS = {"P", "TD", "TH", "Caption", "Note", "Code", "TOCI", "BibEntry"}
DEEPEST = 60
CLOSE = 0.15  # of the letters' height: pieces of a word on one line lie closer than that


def tagged_pieces(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> list[Piece]:
    """Return what the tags of ``page`` say, whose ``words`` were read; nothing where it has no tags."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        marked = _marked(page, words)
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree)))
        return [(kind, said) for top in tops if top for kind, said in _pieces(top, marked, 0) if said]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _pieces(element: Any, marked: dict[int, str], depth: int) -> Iterator[Piece]:
    kind = _kind(element)
    if depth > DEEPEST:
        return
    if kind in HEADINGS:
        yield HEADING, _words(element, marked, depth)
    elif kind == "LI":
        yield ITEM, _words(element, marked, depth)
    elif kind in PARAGRAPHS:
        yield TEXT, _words(element, marked, depth)
    elif kind == "Figure":
        yield TEXT, _read(raw.FPDF_StructElement_GetAltText, element)
    else:
        for child, content in _children(element):
            if child:
                yield from _pieces(child, marked, depth + 1)
            else:
                yield TEXT, " ".join(marked.get(content, "").split())


def _words(element: Any, marked: dict[int, str], depth: int) -> str:
    """Return all words in an element as one line, without the mark or number of an item."""
    said = []
    if depth < DEEPEST:
        for child, content in _children(element):
            if not child:
                said.append(marked.get(content, ""))
            elif _kind(child) != "Lbl":
                said.append(_words(child, marked, depth + 1))
    return " ".join(" ".join(said).split())


def _children(element: Any) -> Iterator[tuple[Any, int]]:
    """Go through what an element holds: another element, or the number of words on the page."""
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        yield child, -1 if child else raw.FPDF_StructElement_GetChildMarkedContentID(element, number)


def _kind(element: Any) -> str:
    return _read(raw.FPDF_StructElement_GetType, element)


def _read(ask: Callable[..., int], *about: Any) -> str:
    """Return a text that the library writes as UTF-16, asked for its length first."""
    length = ask(*about, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(*about, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _marked(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> dict[int, str]:
    """Return the words of each number that the tags speak of."""
    found: dict[int, str] = defaultdict(str)
    ends: dict[int, tuple[float, float]] = {}
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        part = raw.FPDFPage_GetObject(page.raw, number)
        mark = raw.FPDFPageObj_GetMarkedContentID(part)
        if mark < 0 or raw.FPDFPageObj_GetType(part) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        said = _read(lambda buffer, length, part=part: _text(part, words, buffer, length))
        left, bottom, right, top = _bounds(part)
        end = ends.get(mark)
        goes_on = end and abs(end[1] - bottom) < (top - bottom) / 2 and left - end[0] < CLOSE * (top - bottom)
        found[mark] += said if goes_on else f" {said}"
        ends[mark] = right, bottom
    return found


def _text(part: Any, words: pypdfium2.PdfTextPage, buffer: Any, length: int) -> int:
    given = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer else None
    read: int = raw.FPDFTextObj_GetText(part, words.raw, given, length)
    return read


def _bounds(part: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(part, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top
