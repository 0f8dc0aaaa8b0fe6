"""A line cut into runs: each of one face and one direction, which raqm shapes as a whole."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from campaigns.artwork import bidi
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.fonts import Face, faces, letters_of, opened

JOINERS = range(0x200B, 0x2010)  # zero-width spaces, joiners and marks of direction have no shape of their own
MEASURED_AT = 256  # pixels to the em: widths grow with the size, to 1/64 of a pixel a letter


@dataclass(frozen=True)
class Run:
    """Characters of one face in one direction, in the order in which they are read."""

    text: str
    face: Face
    level: int

    @property
    def direction(self) -> str:
        """Which way it runs, as raqm and style sheets call it."""
        return "rtl" if self.level % 2 else "ltr"

    def width(self, size: float, language: str) -> float:
        """Return how wide it is set, in pixels to 1/64."""
        return opened(self.face, size).getlength(self.text, direction=self.direction, language=language)

    def ink(self, size: float, language: str) -> tuple[float, float]:
        """Return how far its shapes reach above the baseline and below it, in pixels."""
        font = opened(self.face, size)
        _, top, _, bottom = font.getbbox(self.text, direction=self.direction, language=language, anchor="ls")
        return -top, bottom


@dataclass(frozen=True)
class Measure:
    """What a line takes, in ems: its width, and what it needs above its baseline and below."""

    width: float
    above: float
    below: float


@dataclass(frozen=True)
class Setting:
    """How lines are set, whatever their size: language, weight, and the end that they begin at."""

    language: str
    weight: int
    right_to_left: bool

    def runs(self, line: str) -> tuple[Run, ...]:
        """Cut a line into runs, in the order in which they are read.

        Raises:
            ArtworkError: no installed font has one of its characters.
        """
        return _runs(self, line)

    def measure(self, line: str) -> Measure:
        """Measure a line, shaped as a whole: what its faces keep free, and more where its ink reaches further.

        Raises:
            ArtworkError: no installed font has one of its characters.
        """
        return _measure(self, line)


@lru_cache(maxsize=4096)
def _measure(setting: Setting, line: str) -> Measure:
    runs, language = setting.runs(line), setting.language
    inks = [run.ink(MEASURED_AT, language) for run in runs]
    return Measure(
        width=sum(run.width(MEASURED_AT, language) for run in runs) / MEASURED_AT,
        above=max(max(run.face.ascent, ink[0] / MEASURED_AT) for run, ink in zip(runs, inks, strict=True)),
        below=max(max(run.face.descent, ink[1] / MEASURED_AT) for run, ink in zip(runs, inks, strict=True)),
    )


@lru_cache(maxsize=4096)
def _runs(setting: Setting, line: str) -> tuple[Run, ...]:
    cut: list[Run] = []
    face: Face | None = None
    choice = faces(setting.language, setting.weight)
    for letter, level in zip(line, bidi.levels(line, right_to_left=setting.right_to_left), strict=True):
        face = _face(letter, face, choice)
        if cut and cut[-1].face == face and cut[-1].level == level:
            cut[-1] = Run(cut[-1].text + letter, face, level)
        else:
            cut.append(Run(letter, face, level))
    return tuple(cut)


def _face(letter: str, before: Face | None, choice: tuple[Face, ...]) -> Face:
    """Return the face for ``letter``: that of the letter before where it will do for what belongs to no script."""
    if ord(letter) in JOINERS:
        return before or choice[0]
    if before and ord(letter) in letters_of(before) and not letter.isalpha():
        return before
    for face in choice:
        if ord(letter) in letters_of(face):
            return face
    name = unicodedata.name(letter, "a character without a name").lower()
    raise ArtworkError(
        f"No installed font has “{letter}” (U+{ord(letter):04X}, {name}); write it in other letters or leave it out."
    )
