"""What may be a logo: a small picture, or a drawing that holds nothing but shapes."""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError

LARGEST = 200_000  # bytes: it is fetched on every first visit
WIDEST = 4_000  # pixels
FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
SVG = "http://www.w3.org/2000/svg"
# Shapes, words and paint. Whatever runs, moves, links or loads is not here.
ELEMENTS = re.compile(
    "svg|g|defs|symbol|use|title|desc|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|style|switch|"
    "linearGradient|radialGradient|stop|pattern|clipPath|mask"
)
LOADS = re.compile(r"@import|expression\s*\(|javascript:|url\(\s*['\"]?(?!['\"#\s])|\\", re.IGNORECASE)
DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)", re.IGNORECASE)
NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*")


class Logo(NamedTuple):
    """What a file turned out to be, whatever its name says."""

    extension: str
    width: float
    height: float


def recognise(data: bytes) -> Logo:
    """Return what kind of logo ``data`` is, with its size (pixels, or a drawing's own units).

    Raises:
        ValidationError: it is too big, damaged, of another kind, or a drawing that holds more than shapes.
    """
    if len(data) > LARGEST:
        raise ValidationError(
            f"This file has {len(data) // 1000} kB and a logo may have {LARGEST // 1000}. Save it smaller, or as SVG."
        )
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return _drawing(data) if start == b"<" else _picture(data)


def _picture(data: bytes) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=list(FORMATS)) as picture:
                picture.verify()
    except UnidentifiedImageError as error:
        raise ValidationError("This is no PNG, JPEG, WebP or SVG. Save the logo as one of these.") from error
    except Exception as error:  # Pillow's readers raise what they like
        raise ValidationError("This picture is damaged. Save the logo again, and choose the new file.") from error
    if max(picture.size) > WIDEST:
        raise ValidationError(f"This picture is wider or higher than {WIDEST} pixels. Save it smaller.")
    return Logo(FORMATS[str(picture.format)], *picture.size)


def _drawing(data: bytes) -> Logo:
    try:
        text = data.decode("utf-8-sig")
        if DECLARES.search(text):
            raise ValidationError("This SVG declares a document type or a style sheet. Export it as plain SVG.")
        root = fromstring(text)  # noqa: S314  (no declarations, so no entities; and it is small)
    except (UnicodeDecodeError, ParseError, ValueError) as error:
        raise ValidationError("This SVG is damaged. Export the logo again, as plain SVG in UTF-8.") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValidationError("This is no SVG drawing. Save the logo as SVG, PNG, JPEG or WebP.")
    for fault in _faults(root):
        raise ValidationError(
            f"This SVG holds {fault}, which could run or load something on our pages. "
            "Export the logo as plain SVG with shapes alone, or save it as PNG."
        )
    return Logo("svg", *_size(root))


def _faults(root: Element) -> Iterator[str]:
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        if name == "script":
            yield "a script"
        if space != f"{{{SVG}" or not ELEMENTS.fullmatch(name):
            yield f"<{name}>"
        if name == "style" and LOADS.search("".join(element.itertext())):
            yield "a style that loads something"
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            if local.startswith("on"):
                yield f"a script ({local})"
            if (local == "href" and not value.startswith("#")) or LOADS.search(value):
                yield f"an address ({local})"


def _size(root: Element) -> tuple[float, float]:
    box = root.get("viewBox", "").replace(",", " ").split()
    pair = (root.get("width", ""), root.get("height", "")) if len(box) != 4 else (box[2], box[3])
    found = [float(match[1]) for value in pair if (match := NUMBER.fullmatch(value))]
    if len(found) != 2 or min(found) <= 0:
        raise ValidationError("This SVG does not say how large it is (viewBox). Export the logo again.")
    return found[0], found[1]
