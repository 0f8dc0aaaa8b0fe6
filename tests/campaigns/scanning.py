"""What a scanner makes of paper: a picture at 200 dots to the inch, a little turned, blurred, grey and noisy."""

from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from core.printing import pdf

SCANNED_AT = 200  # dots to the inch
SEED = 20261129


def pages_of(file: bytes) -> list[Image.Image]:
    """Return the pages of a PDF, drawn by another program than the one that made it."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.render(scale=SCANNED_AT / 72).to_pil().convert("L") for page in document]


def printed(file: bytes, kind: str) -> Image.Image:
    """Return a picture of a code as it comes off the press at its own size."""
    if kind == "pdf":
        [page] = pages_of(file)
        return page
    if kind == "svg":
        style = "@page { size: 120mm 140mm; margin: 5mm } svg { display: block }"
        [page] = pages_of(pdf(f"<html lang=en><title>Paper</title><body>{file.decode()}", stylesheet=style))
        return page
    picture = Image.open(BytesIO(file))
    ratio = SCANNED_AT / round(picture.info["dpi"][0])
    return picture.resize((round(picture.width * ratio), round(picture.height * ratio)), Image.Resampling.BILINEAR)


def scanned(paper: Image.Image, *, turned: float = 2.0, noise: float = 20.0, blur: float = 1.0) -> Image.Image:
    """Return ``paper`` as a scanner sees it.

    It lies turned by some degrees; ink is grey, and so is paper, both uneven by that much ``noise``; the lens blurs by
    that many dots; and the sensor adds a little noise of its own.
    """
    dice = np.random.default_rng(SEED)
    dots = np.asarray(paper.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255), dtype=float)
    uneven = _picture(40 + 0.75 * dots + dice.normal(0, noise, dots.shape)).filter(ImageFilter.GaussianBlur(blur))
    return _picture(np.asarray(uneven, dtype=float) + dice.normal(0, 3, dots.shape))


def _picture(dots: np.ndarray) -> Image.Image:
    return Image.fromarray(dots.clip(0, 255).astype(np.uint8))


def read(picture: Image.Image) -> list[str]:
    """Return what the codes in ``picture`` say. Whoever asks is marked ``zbar``: it looks for the system's library."""
    from pyzbar.pyzbar import ZBarSymbol, decode

    return [found.data.decode() for found in decode(picture, symbols=[ZBarSymbol.QRCODE])]
