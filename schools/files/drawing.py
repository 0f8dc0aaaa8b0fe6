"""The pages of a PDF as pictures, and their words."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from schools.files.looked import ITEM, TEXT, Piece
from schools.files.tagged import tagged_pieces

MOST_PICTURES = 60  # pages; the words of all of them are read
WIDTH, TALLEST = 900, 2600  # pixels
QUALITY = 55
GOES_ON = 0.75  # of the longest line: a shorter one ends its paragraph, unless the next begins with a small letter
ENOUGH = 0.6  # of the letters of a page: tags that tell of fewer leave too much out
SHORTEST_FULL = 45  # letters; lines of slides are shorter, and each says a thing of its own
NO_LETTERS = {0: None, 0xFFFE: None, 0xFFFF: None}  # what the library puts where a hyphen broke a word
MARK = re.compile(r"^\s*[-\u2022\u25cf\u25aa\u25e6\u2023\u2013]\s+")


def pages_of(path: Path, to: Path) -> Iterator[tuple[list[Piece], tuple[int, int] | None]]:
    """Go through the pages of a PDF: the pieces of each, and the size of its picture, laid in ``to`` as "1.webp"."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        for number in range(len(pdf)):
            page = pdf[number]
            size = _draw(page, to / f"{number + 1}.webp") if number < MOST_PICTURES else None
            yield _pieces(page), size
            page.close()
    finally:
        pdf.close()


def _draw(page: pypdfium2.PdfPage, to: Path) -> tuple[int, int]:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    whole = io.BytesIO()
    picture.save(whole, "WEBP", quality=QUALITY, method=4)
    to.write_bytes(whole.getvalue())
    bitmap.close()
    return picture.size


def _pieces(page: pypdfium2.PdfPage) -> list[Piece]:
    """Return the words of a page as its tags say them, or line by line where those leave much of it out."""
    words = page.get_textpage()
    lines = [" ".join(line.split()) for line in words.get_text_range().translate(NO_LETTERS).splitlines()]
    tagged = tagged_pieces(page, words)
    words.close()
    is_whole = sum(len(said) for _, said in tagged) >= ENOUGH * sum(map(len, lines))
    return tagged if tagged and is_whole else list(_paragraphs(lines))


def _paragraphs(lines: list[str]) -> Iterator[Piece]:
    """Go through lines as paragraphs: one that goes on is known by how far the one before it runs."""
    full = max(GOES_ON * max(map(len, lines), default=0), SHORTEST_FULL)
    paragraph: list[str] = []
    for line in lines:
        if paragraph and ((len(paragraph[-1]) < full and not line[:1].islower()) or MARK.match(line)):
            yield _piece(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield _piece(paragraph)


def _piece(lines: list[str]) -> Piece:
    kind = ITEM if MARK.match(lines[0]) else TEXT
    return kind, " ".join([MARK.sub("", lines[0], count=1), *lines[1:]])
