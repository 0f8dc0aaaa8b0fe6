"""A design laid out in one size: everything that is drawn has its place and its colour here."""

from dataclasses import dataclass, replace

import segno
from PIL import Image

from campaigns.artwork.boxes import Box
from campaigns.artwork.colouring import Colours
from campaigns.artwork.sizes import Size
from campaigns.artwork.stacking import Line, Words


@dataclass(frozen=True)
class Code:
    """A QR code: its box, white margin included, and how many pixels a module has."""

    symbol: segno.QRCode
    box: Box
    module: int
    alternative: str


@dataclass(frozen=True)
class Scrim:
    """A veil over the picture: full from the top of ``box`` down, and coming up over ``fade`` pixels above it."""

    box: Box
    fade: float
    percent: int


@dataclass(frozen=True)
class Picture:
    """The picture's box, and the pixels that fill it."""

    box: Box
    pixels: Image.Image
    alternative: str


@dataclass(frozen=True)
class Composition:
    """All that is drawn, each thing with its place in pixels."""

    size: Size
    language: str
    right_to_left: bool
    colours: Colours
    words: tuple[Words, ...]
    code: Code | None
    picture: Picture | None
    scrim: Scrim | None
    alternative: str
    council: str

    def colour(self, words: Words) -> str:
        """Return the colour of one part of the words."""
        if words.labelled:
            return self.colours.on_label
        return self.colours.headline if words.role == "headline" else self.colours.words

    def scaled(self, ratio: float) -> "Composition":
        """Return the same smaller or larger, with the same lines, and without its picture."""
        size = replace(self.size, width=round(self.size.width * ratio), height=round(self.size.height * ratio))
        code = self.code and replace(self.code, box=self.code.box.scaled(ratio))
        words = tuple(_scaled(words, ratio) for words in self.words)
        return replace(self, size=size, words=words, code=code, picture=None, scrim=None)


def _scaled(words: Words, ratio: float) -> Words:
    lines = tuple(_scaled_line(line, ratio) for line in words.lines)
    return replace(words, letters=words.letters * ratio, box=words.box.scaled(ratio), lines=lines)


def _scaled_line(line: Line, ratio: float) -> Line:
    runs = tuple(replace(placed, x=placed.x * ratio, width=placed.width * ratio) for placed in line.runs)
    return replace(line, baseline=line.baseline * ratio, runs=runs)
