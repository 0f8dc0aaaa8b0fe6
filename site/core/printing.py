"""PDF files of pages of HTML, tagged so that they can be read aloud, with the letters of every language of the site.

WeasyPrint sets them, which needs the system's Pango: where that is missing, only printing is.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import ImageFile

from core.look.fonts import PACKAGES

TAGGED = "pdf/ua-1"  # ISO 14289-1: with the order, headings and language that screen readers need
FAMILIES = {
    "Paper": ("noto-sans-gujarati", "latin"),
    "Paper Extended": ("noto-sans-gujarati", "latin-ext"),
    "Paper Gujarati": ("noto-sans-gujarati", "gujarati"),
    "Paper Nastaliq": ("noto-nastaliq-urdu", "arabic"),
}
WEIGHTS = (400, 700)


class CannotPrintError(Exception):
    """This machine lacks what printing needs; the sentence says what, and the mend."""


def pdf(html: str, *, stylesheet: str, finish: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return ``html`` as a tagged PDF, styled by ``stylesheet`` alone; nothing is fetched but our own fonts.

    The fonts' families are :data:`FAMILIES`: each has the letters of one script, and a style lists them all.
    ``finish`` gets WeasyPrint's document and the PDF made of it (pydyf's) before that is written.

    Raises:
        CannotPrintError: Pango is missing.
    """
    weasyprint = _weasyprint()
    fonts, ours = (
        weasyprint.text.fonts.FontConfiguration(),
        weasyprint.urls.URLFetcher(allowed_protocols=("file", "data")),
    )
    style = weasyprint.CSS(string=_faces() + stylesheet, font_config=fonts, url_fetcher=ours)
    made: bytes = weasyprint.HTML(string=html, url_fetcher=ours).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant=TAGGED, finisher=finish
    )
    return made


def _weasyprint() -> Any:
    as_was = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint
    except OSError as missing:
        raise CannotPrintError(
            "This machine cannot make PDF files, because Pango is missing. Install it (Debian: libpango-1.0-0, "
            "libpangoft2-1.0-0 and libharfbuzz-subset0) and start the site again."
        ) from missing
    # To import it tells all of Pillow to take half a picture for a whole one; uploads and artwork must not.
    ImageFile.LOAD_TRUNCATED_IMAGES = as_was
    return weasyprint


def _faces() -> str:
    return "".join(_face(family, *font, weight) for family, font in FAMILIES.items() for weight in WEIGHTS)


def _face(family: str, package: str, letters: str, weight: int) -> str:
    file: Path = PACKAGES / package / "files" / f"{package}-{letters}-{weight}-normal.woff"
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{file.as_uri()}"); }}\n'
