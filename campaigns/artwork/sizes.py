"""The sizes that artwork is made in. They stand in sizes.json: platforms change them more often than we do."""

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "sizes.json"


@dataclass(frozen=True)
class Size:
    """One size of picture, in pixels.

    ``smallest`` is how high the letters (their em) are at least, in pixels: a person reads it where this is shown, on a
    phone or from a step before the wall. ``safe`` is the share of the height at the top, and again at the foot, over
    which a platform lays its own buttons: no words stand there.
    """

    key: str
    label: str
    width: int
    height: int
    dpi: int
    smallest: int
    is_print: bool = False
    safe: float = 0.0

    @property
    def shorter(self) -> int:
        """The shorter side, to which margins and letters are in proportion."""
        return min(self.width, self.height)

    @property
    def in_a_sentence(self) -> str:
        """Its label within a sentence: in small letters, but for the sizes of paper."""
        return self.label if self.is_print else self.label.lower()

    @property
    def shape(self) -> str:
        """Its proportions, in the word that layouts use: wide, square or tall."""
        ratio = self.width / self.height
        return "wide" if ratio > 1.2 else "tall" if ratio < 0.85 else "square"


SIZES = {key: Size(key=key, **size) for key, size in json.loads(FILE.read_text()).items()}
