"""A composition as a PDF page whose words are text: selected, searched, read aloud, and sharp at any size.

Each run stands by itself on the spot that the composition gives it, in its own face, so that nothing is laid out anew.
What is read aloud follows the page's elements: the picture, then the words from headline to address, then the code.
"""

import base64
from collections.abc import Iterator, Mapping
from functools import cache, partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pydyf
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from fontTools.ttLib import TTFont

from campaigns import qr
from campaigns.artwork.boxes import Box
from campaigns.artwork.compositions import Code, Composition, Picture, Scrim
from campaigns.artwork.fonts import Face
from campaigns.artwork.stacking import Line, PlacedRun, Words
from campaigns.artwork.telling import described
from core.look.colours import channels
from core.printing import pdf as printed

POINTS = 72  # to the inch
QUALITY = 90
STYLE = """
html, body, h1, p { margin: 0; padding: 0; font-size: 1pt; line-height: 0; }
.at { position: absolute; white-space: pre; }
img.at { display: block; }
"""
END_OF_XMP = b"</rdf:RDF>"
ELEMENTS = {"headline": "h1"}


def pdf(composition: Composition, *, title: str, about: Mapping[str, str]) -> bytes:
    """Return ``composition`` as a tagged PDF of one page; ``about`` says where it comes from, as keywords and XMP.

    Raises:
        CannotPrintError: this machine cannot make PDF files.
    """
    sheet = _Sheet(POINTS / composition.size.dpi, composition.size.width)
    said = [text for words in composition.words for _, _, text in _runs(words, sheet)]
    with TemporaryDirectory(prefix="artwork-") as folder:
        html = _page(composition, title, about, sheet, Path(folder))
        return printed(
            html, stylesheet=_style(composition, sheet), finish=partial(_finish, said, described(composition, about))
        )


def _page(composition: Composition, title: str, about: Mapping[str, str], sheet: "_Sheet", folder: Path) -> SafeString:
    """Return the page; its picture lies in ``folder``, since as words in the page it would take its room five times."""
    body = [_picture(composition.picture, sheet, folder)] if composition.picture else []
    if composition.scrim:
        body.append(_scrim(composition.scrim, composition.colours.veil, sheet))
    body += [_words(words, composition, sheet) for words in composition.words]
    if composition.code:
        body.append(_code(composition.code, sheet))
    return format_html(
        '<html lang="{}" dir="{}"><head><title>{}</title><meta name="author" content="{}">'
        '<meta name="description" content="{}"><meta name="keywords" content="{}"></head><body>{}</body></html>',
        composition.language,
        "rtl" if composition.right_to_left else "ltr",
        title,
        composition.council,
        composition.alternative,
        ", ".join(f"{name}: {value}" for name, value in about.items()),
        SafeString("".join(body)),
    )


def _finish(said: list[str], description: Element, _document: Any, made: Any) -> None:
    _say(said, made)
    _tell(description, made)


def _tell(description: Element, made: Any) -> None:
    """Add to the file's XMP what WeasyPrint has no words for: rights, what it is traced by, and its language."""
    for thing in made.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Subtype") == "/XML":
            [packet] = thing.stream
            thing.stream = [packet.replace(END_OF_XMP, tostring(description, encoding="utf-8") + END_OF_XMP)]


def _say(said: list[str], made: Any) -> None:
    """Write to each run, in the page and in its structure, what it says.

    A font's own table gives each glyph one meaning, and in Nastaliq the same dots stand under many letters.
    """
    runs = iter(said)
    meanings = {}
    for thing in made.objects:
        for mark, properties in pairwise(getattr(thing, "stream", ())):
            if mark == "/Span" and "MCID" in properties:
                meanings[properties["MCID"]] = properties["ActualText"] = pydyf.String(next(runs))
    for thing in made.objects:
        if isinstance(thing, dict) and thing.get("S") == "/Span" and thing["K"][0] in meanings:
            thing["ActualText"] = meanings[thing["K"][0]]


class _Sheet:
    """Turns pixels from the top left into style."""

    def __init__(self, points: float, width: float) -> None:
        self.points, self.width = points, width

    def at(self, box: Box) -> str:
        """Return the style of something that fills ``box``."""
        left, top, wide, high = (f"{side * self.points:.3f}pt" for side in box)
        return f"left:{left};top:{top};width:{wide};height:{high}"

    def start(self, placed: PlacedRun, line: Line, letters: float) -> str:
        """Return the style of a run whose baseline is that of ``line``; it begins at its own end, left or right."""
        ascent, descent = _metrics(placed.run.face)
        top = line.baseline - (ascent - descent) / 2 * letters
        side, x = ("right", self.width - placed.x - placed.width) if placed.run.level % 2 else ("left", placed.x)
        return f"{side}:{x * self.points:.3f}pt;top:{top * self.points:.3f}pt;font-size:{letters * self.points:.4f}pt"


@cache
def _metrics(face: Face) -> tuple[float, float]:
    """Return how far a line of ``face`` goes above the baseline and below by itself, in ems."""
    with TTFont(face.path, lazy=True) as font:
        return font["hhea"].ascent / font["head"].unitsPerEm, -font["hhea"].descent / font["head"].unitsPerEm


def _style(composition: Composition, sheet: _Sheet) -> str:
    size = composition.size
    used = {placed.run.face for words in composition.words for line in words.lines for placed in line.runs}
    faces = "".join(_face(face) for face in sorted(used, key=lambda face: face.family))
    page = f"size: {size.width * sheet.points:.3f}pt {size.height * sheet.points:.3f}pt; margin: 0"
    return f"{faces}@page {{ {page}; background: {composition.colours.ground}; }}{STYLE}"


def _face(face: Face) -> str:
    source = f'url("{face.path.as_uri()}")'
    return f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: {source}; }}\n'


def _words(words: Words, composition: Composition, sheet: _Sheet) -> SafeString:
    runs = format_html_join("", '<span class="at" dir="{}" style="{}">{}</span>', _runs(words, sheet))
    label = ""
    if words.labelled:
        label = format_html(
            '<div class="at" style="{};background:{}"></div>', sheet.at(words.box), composition.colours.label
        )
    return format_html(
        '{}<{} lang="{}" style="color:{}">{}</{}>',
        label,
        element := ELEMENTS.get(words.role, "p"),
        words.setting.language,
        composition.colour(words),
        runs,
        element,
    )


def _runs(words: Words, sheet: _Sheet) -> Iterator[tuple[str, str, str]]:
    """Go through direction, style and text of each run; the last of a line has a space, or words would run together."""
    for number, line in enumerate(words.lines, 1):
        for place, placed in enumerate(line.runs, 1):
            face = placed.run.face
            style = f"{sheet.start(placed, line, words.letters)};font-family:'{face.family}';font-weight:{face.weight}"
            ends = place == len(line.runs) and number < len(words.lines)
            yield placed.run.direction, style, placed.run.text + " " * ends


def _picture(picture: Picture, sheet: _Sheet, folder: Path) -> SafeString:
    file = folder / "picture.jpg"
    picture.pixels.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return _image(file.as_uri(), picture.alternative, picture.box, sheet)


def _code(code: Code, sheet: _Sheet) -> SafeString:
    made = BytesIO()
    code.symbol.save(made, kind="svg", border=qr.QUIET, light="#fff", omitsize=True)
    source = f"data:image/svg+xml;base64,{base64.b64encode(made.getvalue()).decode()}"
    return _image(source, code.alternative, code.box, sheet)


def _image(source: str, alternative: str, box: Box, sheet: _Sheet) -> SafeString:
    return format_html('<img class="at" src="{}" alt="{}" style="{}">', source, alternative, sheet.at(box))


def _scrim(scrim: Scrim, colour: str, sheet: _Sheet) -> SafeString:
    """Return the scrim as one box from the top of the page: an edge within the page would be seen as a line."""
    red, green, blue = (round(channel * 255) for channel in channels(colour))
    full, none = (f"rgba({red},{green},{blue},{opacity})" for opacity in (scrim.percent / 100, 0))
    box = Box(scrim.box.x, 0, scrim.box.width, scrim.box.bottom)
    begins, ends = (100 * max(0, y) / box.height for y in (scrim.box.y - scrim.fade, scrim.box.y))
    ground = f"linear-gradient({none} {begins:.3f}%,{full} {ends:.3f}%)"
    return format_html('<div class="at" style="{};background:{}"></div>', sheet.at(box), ground)
