"""Drawings (SVG) inside of office files: lines and colours, without programs and without what is fetched."""

import re
from xml.etree.ElementTree import Element

from schools.files.archives import local
from schools.files.errors import RefusedFileError

OF_PROGRAMS = {"script", "foreignObject", "iframe", "handler", "listener"}
PROGRAM_BEGINS = re.compile(r"\s*(java|vb)script\s*:", re.IGNORECASE)
FETCHED = re.compile(r"@import|url\(\s*[\"']?(?!\s*[\"']?(#|data:image/))", re.IGNORECASE)
INSIDE = ("#", "data:image/")

PROGRAM = (
    "A drawing in this file holds a program. Save the drawing as PNG, put that in its place and choose the file again."
)


def is_drawing(root: Element) -> bool:
    """Tell whether a part is a drawing."""
    return local(root.tag) == "svg"


def check(root: Element, fetches: str) -> None:
    """Look through a drawing; ``fetches`` is the sentence for what is fetched, with a place for what it is.

    Raises:
        RefusedFileError: it holds a program, or fetches something.
    """
    for element in root.iter():
        tag = local(element.tag)
        if tag in OF_PROGRAMS:
            raise RefusedFileError(PROGRAM)
        if tag == "style" and FETCHED.search(element.text or ""):
            raise RefusedFileError(fetches.format("a drawing's style"))
        for key, value in element.attrib.items():
            if local(key).lower().startswith("on") or PROGRAM_BEGINS.match(value):
                raise RefusedFileError(PROGRAM)
            if (local(key) in {"href", "src"} and not value.strip().startswith(INSIDE)) or FETCHED.search(value):
                raise RefusedFileError(fetches.format(value[:60]))
