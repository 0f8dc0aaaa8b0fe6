"""Which letters there are: the installed Noto fonts, each file with the letters of one range.

No font has all the letters of a line that speaks of a place in another script, so each character takes the first face
that has it, those of the language before others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from core.look.fonts import PACKAGES

REGULAR, BOLD = 400, 700
# Languages by the script that they are set in; all others are set in Latin letters.
SCRIPT_OF = {
    **dict.fromkeys(("ur", "ks", "pnb", "skr"), "nastaliq"),
    **dict.fromkeys(("ar", "fa", "ps", "ckb", "sd", "ug"), "arabic"),
    **dict.fromkeys(("bn", "as", "syl"), "bengali"),
    **dict.fromkeys(("hi", "mr", "ne"), "devanagari"),
    "gu": "gujarati",
    "pa": "gurmukhi",
    "uk": "cyrillic",
    "ru": "cyrillic",
    "bg": "cyrillic",
    "el": "greek",
    "vi": "vietnamese",
}
RIGHT_TO_LEFT = frozenset({"nastaliq", "arabic"})


@dataclass(frozen=True)
class Face:
    """One file of letters. ``ascent`` and ``descent`` are what a line of them keeps free, in ems from its baseline."""

    package: str
    letters: str
    weight: int
    ascent: float
    descent: float

    @property
    def path(self) -> Path:
        """Where the file is."""
        return PACKAGES / self.package / "files" / f"{self.package}-{self.letters}-{self.weight}-normal.woff"

    @property
    def family(self) -> str:
        """A name that no other face has, for the PDF."""
        return f"{self.package} {self.letters} {self.weight}"


# Nastaliq's words hang from high on the right to below the line on the left: 2.2 em from one line to the next.
FACES = {
    "latin": ("noto-sans", "latin", 0.95, 0.27),
    "latin-ext": ("noto-sans", "latin-ext", 0.95, 0.27),
    "vietnamese": ("noto-sans", "vietnamese", 1.05, 0.27),
    "cyrillic": ("noto-sans", "cyrillic", 0.95, 0.27),
    "cyrillic-ext": ("noto-sans", "cyrillic-ext", 0.95, 0.27),
    "greek": ("noto-sans", "greek", 0.95, 0.27),
    "greek-ext": ("noto-sans", "greek-ext", 0.95, 0.27),
    "nastaliq": ("noto-nastaliq-urdu", "arabic", 1.4, 0.8),
    "arabic": ("noto-sans-arabic", "arabic", 1.1, 0.5),
    "gurmukhi": ("noto-sans-gurmukhi", "gurmukhi", 1.0, 0.4),
    "gujarati": ("noto-sans-gujarati", "gujarati", 1.0, 0.4),
    "bengali": ("noto-sans-bengali", "bengali", 1.0, 0.4),
    "devanagari": ("noto-sans", "devanagari", 1.05, 0.4),
}


def script_of(language: str) -> str:
    """Return the script that ``language`` ("ur", "pt-br") is set in, a key of :data:`FACES`."""
    return SCRIPT_OF.get(language.partition("-")[0].lower(), "latin")


def is_right_to_left(language: str) -> bool:
    """Tell whether lines of ``language`` begin on the right."""
    return script_of(language) in RIGHT_TO_LEFT


@cache
def faces(language: str, weight: int) -> tuple[Face, ...]:
    """Return every face, in the order in which words of ``language`` look for their letters."""
    own = script_of(language)
    names = sorted(FACES, key=lambda name: name != own)
    return tuple(
        Face(package, letters, weight, ascent, descent)
        for package, letters, ascent, descent in (FACES[name] for name in names)
    )


@cache
def letters_of(face: Face) -> frozenset[int]:
    """Return the code points that ``face`` has."""
    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=256)
def opened(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return ``face`` at a size (pixels to the em), always shaped by raqm: Pillow's own engine joins no letters."""
    return ImageFont.truetype(face.path, size, layout_engine=ImageFont.Layout.RAQM)


def missing_files() -> Iterator[Path]:
    """Go through the files of letters that are not installed."""
    for weight in (REGULAR, BOLD):
        yield from (face.path for face in faces("en", weight) if not face.path.exists())
