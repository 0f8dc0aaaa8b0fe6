"""What stands in a PDF page that we made, read by another program than the one that made it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf


class Shown(NamedTuple):
    """One run of a page: what it says, its glyph ids in the order in which they are drawn, and where it begins."""

    said: str
    font: str
    glyphs: list[int]
    x: float
    y: float


def runs(pdf: pikepdf.Pdf) -> list[Shown]:
    """Return the runs of the first page, in the order of its content."""
    page = pdf.pages[0]
    fonts = {name: str(font.BaseFont) for name, font in page.Resources.Font.items()}
    found: list[Shown] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" if "/ActualText" in operands[1]:
                found.append(Shown(str(operands[1]["/ActualText"]), "", [], 0, 0))
            case "Tm":
                found[-1] = found[-1]._replace(x=float(operands[4]), y=float(operands[5]))
            case "Tf":
                found[-1] = found[-1]._replace(font=fonts[str(operands[0])])
            case "Tj" | "TJ":
                found[-1].glyphs.extend(_glyphs(operands[0]))
    return found


def _glyphs(shown: Any) -> Iterator[int]:
    strings = (
        [shown] if isinstance(shown, pikepdf.String) else [part for part in shown if isinstance(part, pikepdf.String)]
    )
    for string in strings:
        data = bytes(string)
        yield from (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def structure(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Return the elements of a tagged page in reading order: what each is, and what it says or stands for."""
    [document] = pdf.Root.StructTreeRoot.K
    return [(str(element.S).strip("/"), _said(element)) for element in document.K if element.S != "/Div"]


def _said(element: pikepdf.Object) -> str:
    if "/Alt" in element:
        return str(element.Alt)
    if "/ActualText" in element:
        return str(element.ActualText)
    children = element.get("/K", [])
    return "".join(_said(child) for child in children if isinstance(child, pikepdf.Dictionary))


def opened(file: bytes) -> pikepdf.Pdf:
    """Open a file."""
    return pikepdf.open(BytesIO(file))
