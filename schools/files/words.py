"""The words of office files, for reading on a page: in which slide they stand, and which of them are headings."""

import posixpath
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from schools.files.archives import local, said, xml_of
from schools.files.looked import HEADING, ITEM, TEXT, Piece

TITLES = {"title", "ctrTitle"}
BREAKS = {"br": " ", "tab": " ", "line-break": " ", "s": " ", "cr": " "}


def words_of(archive: ZipFile, kind: str) -> list[list[Piece]]:
    """Return the pieces of each slide of "pptx" or "odp", or of the whole text of "docx" or "odt"."""
    return [list(pieces) for pieces in READERS[kind](archive)]


def notes_in(archive: ZipFile, kind: str) -> int:
    """Return on how many slides the speaker's notes say something."""
    if kind == "pptx":
        notes = (name for name in archive.namelist() if name.startswith("ppt/notesSlides/") and name.endswith(".xml"))
        return sum(any(_of_shape(shape, "body") for shape in _shapes(xml_of(archive, name))) for name in notes)
    if kind == "odp":
        found = (part for part in xml_of(archive, "content.xml").iter() if local(part.tag) == "notes")
        return sum(any(_words(p) for p in part.iter() if local(p.tag) == "p") for part in found)
    return 0


def comments_in(archive: ZipFile) -> int:
    """Return how many comments stand beside the words."""
    beside = ("word/comments.xml", "ppt/comments/", "content.xml")
    parts = (name for name in archive.namelist() if name.startswith(beside) and name.endswith(".xml"))
    kinds = {"comment", "cm", "annotation"}
    return sum(local(element.tag) in kinds for name in parts for element in xml_of(archive, name).iter())


def _pptx(archive: ZipFile) -> Iterator[Iterator[Piece]]:
    related = {said(one, "Id"): said(one, "Target") for one in xml_of(archive, "ppt/_rels/presentation.xml.rels")}
    for element in xml_of(archive, "ppt/presentation.xml").iter():
        if local(element.tag) == "sldId":
            key = next(value for name, value in element.attrib.items() if name.endswith("}id"))
            yield _slide(xml_of(archive, posixpath.normpath(posixpath.join("ppt", related[key])).lstrip("/")))


def _slide(root: Element) -> Iterator[Piece]:
    shapes = list(_shapes(root))
    shapes.sort(key=lambda shape: _placeholder(shape) not in TITLES)  # a title is read first, wherever it was drawn
    for shape in shapes:
        is_title, is_list = _placeholder(shape) in TITLES, _placeholder(shape) in {"body", "obj", ""}
        for paragraph in (part for part in shape.iter() if local(part.tag) == "p"):
            if words := _words(paragraph):
                yield HEADING if is_title else ITEM if is_list else TEXT, words


def _shapes(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if local(element.tag) in {"sp", "graphicFrame"})


def _placeholder(shape: Element) -> str | None:
    """Return what a shape of a slide is for: "title", "body"; empty where the layout does not say, None for others."""
    found = next((part for part in shape.iter() if local(part.tag) == "ph"), None)
    return None if found is None else said(found, "type")


def _of_shape(shape: Element, kind: str) -> str:
    return _words(shape) if _placeholder(shape) == kind else ""


def _docx(archive: ZipFile) -> Iterator[Iterator[Piece]]:
    yield _paragraphs(xml_of(archive, "word/document.xml"), _kind_in_word)


def _kind_in_word(paragraph: Element) -> str:
    style = next((said(part, "val") for part in paragraph.iter() if local(part.tag) == "pStyle"), "")
    if style.lower().startswith(("heading", "title")) or any(
        local(part.tag) == "outlineLvl" for part in paragraph.iter()
    ):
        return HEADING
    return ITEM if any(local(part.tag) == "numPr" for part in paragraph.iter()) else TEXT


def _odt(archive: ZipFile) -> Iterator[Iterator[Piece]]:
    yield _open_paragraphs(xml_of(archive, "content.xml"))


def _odp(archive: ZipFile) -> Iterator[Iterator[Piece]]:
    for element in xml_of(archive, "content.xml").iter():
        if local(element.tag) == "page":
            yield _open_slide(element)


def _open_slide(page: Element) -> Iterator[Piece]:
    for frame in page:
        if local(frame.tag) != "notes":
            is_title = said(frame, "class") == "title"
            yield from ((HEADING if is_title else kind, words) for kind, words in _open_paragraphs(frame))


def _open_paragraphs(root: Element) -> Iterator[Piece]:
    listed = {part for item in root.iter() if local(item.tag) == "list-item" for part in item.iter()}
    for part in root.iter():
        if local(part.tag) in {"h", "p"} and (words := _words(part)):
            yield HEADING if local(part.tag) == "h" else ITEM if part in listed else TEXT, words


def _paragraphs(root: Element, kind: Callable[[Element], str]) -> Iterator[Piece]:
    for part in root.iter():
        if local(part.tag) == "p" and (words := _words(part)):
            yield kind(part), words


def _words(element: Element) -> str:
    """Return the words in ``element`` as one line, without deleted ones and comments."""
    return " ".join("".join(_letters(element)).split())


def _letters(element: Element) -> Iterator[str]:
    tag = local(element.tag)
    if tag in {"delText", "annotation", "instrText", "tracked-changes"}:
        return
    yield BREAKS.get(tag, "")
    yield element.text or ""
    for part in element:
        yield from _letters(part)
        yield part.tail or ""


READERS = {"pptx": _pptx, "docx": _docx, "odp": _odp, "odt": _odt}
