"""What HarfBuzz says by itself of a string in one of our font files."""

from functools import cache
from io import BytesIO
from typing import NamedTuple

import uharfbuzz
from fontTools.ttLib import TTFont

from campaigns.artwork.fonts import Face


class Shaped(NamedTuple):
    """Glyph ids from left to right, and how far they take the pen in 64ths of a pixel."""

    glyphs: list[int]
    advance: int


@cache
def _face(face: Face) -> uharfbuzz.Face:
    """Open a font: HarfBuzz reads no woff2."""
    plain = BytesIO()
    with TTFont(face.path) as font:
        font.flavor = None
        font.save(plain)
    return uharfbuzz.Face(plain.getvalue())


def shaped(text: str, face: Face, size: float, direction: str, language: str) -> Shaped:
    """Return what HarfBuzz makes of ``text``."""
    font = uharfbuzz.Font(_face(face))
    font.scale = (round(size * 64), round(size * 64))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.language = direction, language
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    glyphs = [info.codepoint for info in buffer.glyph_infos]
    return Shaped(glyphs, sum(position.x_advance for position in buffer.glyph_positions))
