"""The QR code of a placement as SVG, PNG and PDF, with its short address in words below it.

It leads where the placement leads on the day.
"""

from collections.abc import Callable
from html import escape
from io import BytesIO

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageDraw, ImageFont

from campaigns import qr
from campaigns.models import Placement
from campaigns.qr import QUIET
from core.look.fonts import PACKAGES
from core.printing import pdf

WIDTH = 100  # millimetres, with its white margin; a code is read from ten times its width
DPI = 300
LONGEST_LINE = 32
WORDS = PACKAGES / "noto-sans-gujarati" / "files" / "noto-sans-gujarati-latin-700-normal.woff2"
LINE = 1.4  # of the size of the letters: from one line to the next
LETTER = 0.62  # of the size of the letters: how wide one is at most, on average over an address
STYLE = """
@page { size: 100mm 125mm; margin: 0; }
html { font: 700 5mm/1.3 "Paper", "Paper Extended"; color: #000; }
body { margin: 0; text-align: center; }
svg { display: block; width: 100mm; height: 100mm; }
p { margin: 0; }
"""


def symbol(placement: Placement) -> segno.QRCode:
    """Return the code of a placement's short address."""
    return qr.symbol(placement.address)


def symbol_svg(placement: Placement) -> SafeString:
    """Return the code alone as a part of a page, with words for who does not see it. It takes the size it is given."""
    title = f"QR code that leads to {placement.address_in_words}"
    return mark_safe(symbol(placement).svg_inline(border=QUIET, light="#fff", omitsize=True, title=title))  # noqa: S308  (segno escapes it)


def lines_of(placement: Placement) -> list[str]:
    """Return the short address in one line, or in two where it is long: the site, and what stands behind it."""
    words = placement.address_in_words
    if len(words) <= LONGEST_LINE:
        return [words]
    site, _, _ = words.partition("/")
    return [site, words.removeprefix(site)]


def _letters(lines: list[str], modules: int) -> float:
    """Return how high letters can be, in modules, so that each of ``lines`` is as wide as the code at most."""
    return min(modules / 12, (modules - 2 * QUIET) / (LETTER * max(map(len, lines))))


def _band(lines: list[str], size: float) -> float:
    """Return how high the words stand below the code, with white under them."""
    return (LINE * len(lines) + 1) * size


def svg(placement: Placement) -> bytes:
    """Return the code and the address as a drawing that a printer can make any size."""
    lines, code = lines_of(placement), symbol(placement)
    modules = qr.modules_across(code)
    size = _letters(lines, modules)
    height = modules + _band(lines, size)
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=QUIET, omitsize=True, xmldecl=False, svgclass=None, nl=False)
    inner = drawn.getvalue().decode().replace("<svg ", f'<svg width="{modules}" height="{modules}" ', 1)
    words = "".join(
        f'<text x="{modules / 2}" y="{modules + LINE * size * number + size * 0.6:.2f}" font-size="{size:.2f}" '
        f'font-family="sans-serif" font-weight="bold" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    title = f"<title>QR code that leads to {escape(placement.address_in_words)}</title>"
    ground = f'<path fill="#fff" d="M0 0h{modules}v{height:.2f}H0z"/>'
    frame = f'width="{WIDTH}mm" height="{WIDTH * height / modules:.2f}mm" viewBox="0 0 {modules} {height:.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {frame}>{title}{ground}{inner}{words}</svg>'.encode()


def png(placement: Placement) -> bytes:
    """Return the same in dots, sharp at 300 to the inch: each module is a whole number of them."""
    lines, code = lines_of(placement), symbol(placement)
    modules = qr.modules_across(code)
    scale = round(WIDTH / 25.4 * DPI / modules)
    drawn = BytesIO()
    code.save(drawn, kind="png", border=QUIET, scale=scale)
    size = _letters(lines, modules) * scale
    card = Image.new("L", (modules * scale, round(modules * scale + _band(lines, size))), 255)
    card.paste(Image.open(drawn).convert("L"))
    font, pen = ImageFont.truetype(WORDS, round(size)), ImageDraw.Draw(card)
    for number, line in enumerate(lines):
        pen.text((card.width / 2, modules * scale + LINE * size * number), line, fill=0, font=font, anchor="ma")
    made = BytesIO()
    card.save(made, "PNG", dpi=(DPI, DPI), optimize=True)
    return made.getvalue()


def page(placement: Placement) -> bytes:
    """Return the same as a small PDF page, in vectors, whose words can be copied and read aloud.

    Raises:
        CannotPrintError: this machine cannot make PDF files.
    """
    lines, modules = lines_of(placement), qr.modules_across(symbol(placement))
    context = {"placement": placement, "symbol": symbol_svg(placement), "lines": lines}
    size = _letters(lines, modules) * WIDTH / modules
    style = f"{STYLE} p {{ font-size: {size:.2f}mm; }}"
    return pdf(render_to_string("campaigns/printed/code.html", context), stylesheet=style)


KINDS: dict[str, tuple[str, Callable[[Placement], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
    "pdf": ("application/pdf", page),
}


def picture_of(placement: Placement, kind: str) -> bytes:
    """Return the code of ``placement`` as a file of one of :data:`KINDS`.

    Raises:
        CannotPrintError: it is a PDF, and this machine cannot make one.
    """
    return KINDS[kind][1](placement)
