"""A composition painted by Pillow."""

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from campaigns import qr
from campaigns.artwork.compositions import Code, Composition, Scrim
from campaigns.artwork.contrast import mask_of
from campaigns.artwork.fonts import opened
from campaigns.artwork.stacking import Words
from campaigns.artwork.telling import XMP_IN_PNG, rights, xmp

QUICKLY = 3  # of zlib's levels: a poster takes a second instead of four, and a twentieth more room


def paint(composition: Composition) -> Image.Image:
    """Return the picture of ``composition``, in RGB."""
    canvas = Image.new("RGB", (composition.size.width, composition.size.height), composition.colours.ground)
    if composition.picture:
        canvas.paste(composition.picture.pixels, composition.picture.box.corners[:2])
    if composition.scrim:
        _paint_scrim(canvas, composition.scrim, composition.colours.veil)
    pen = ImageDraw.Draw(canvas)
    for words in composition.words:
        if words.labelled:
            pen.rectangle(words.box.corners, fill=composition.colours.label)
        _paint_words(pen, words, composition.colour(words))
    if composition.code:
        canvas.paste(drawn_code(composition.code), composition.code.box.corners[:2])
    return canvas


def _paint_scrim(canvas: Image.Image, scrim: Scrim, colour: str) -> None:
    full = mask_of(scrim.percent)
    left, top, right, bottom = scrim.box.corners
    canvas.paste(colour, (left, top, right, bottom), Image.new("L", (right - left, bottom - top), full))
    start = max(0, top - round(scrim.fade))
    if start < top:
        ramp = Image.linear_gradient("L").resize((right - left, top - start)).point(lambda value: value * full / 255)
        canvas.paste(colour, (left, start, right, top), ramp)


def _paint_words(pen: ImageDraw.ImageDraw, words: Words, colour: str) -> None:
    for line in words.lines:
        for placed in line.runs:
            pen.text(
                (placed.x, line.baseline),
                placed.run.text,
                fill=colour,
                font=opened(placed.run.face, words.letters),
                anchor="ls",
                direction=placed.run.direction,
                language=words.setting.language,
            )


def drawn_code(code: Code) -> Image.Image:
    """Return the picture of a QR code, as large as its box."""
    drawn = BytesIO()
    code.symbol.save(drawn, kind="png", border=qr.QUIET, scale=code.module)
    left, top, right, bottom = code.box.corners
    return Image.open(drawn).convert("RGB").resize((right - left, bottom - top), Image.Resampling.BOX)


def png(composition: Composition, *, about: Mapping[str, str]) -> bytes:
    """Return ``composition`` as a PNG file that says what it is.

    ``about``, its alternative text and its language stand in it as PNG's own texts, and once more as XMP, which
    programs for pictures show.
    """
    notes = PngInfo()
    told = {
        "Description": composition.alternative,
        "Language": composition.language,
        "Author": composition.council,
        "Copyright": rights(about),
        **about,
    }
    for name, value in told.items():
        if value:
            notes.add_itxt(name, value, lang=composition.language)
    notes.add_itxt(XMP_IN_PNG, xmp(composition, about))
    made = BytesIO()
    dpi = composition.size.dpi
    paint(composition).save(made, "PNG", dpi=(dpi, dpi), pnginfo=notes, compress_level=QUICKLY)
    return made.getvalue()
