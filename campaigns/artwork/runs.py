"""A line cut into runs: each of one face and one direction, which raqm shapes as a whole."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from campaigns.artwork.bidi import in_sight, levels_of
from campaigns.artwork.fonts import Face, faces, letters_of, opened

JOINERS = range(0x200B, 0x2010)  # zero-width spaces, joiners and marks of direction have no shape of their own
MEASURED_AT = 256  # pixels to the em: widths grow with the size, to 1/64 of a pixel a letter


class MissingLetterError(Exception):
    """No installed font has a character: which."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


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


class Reach(NamedTuple):
    """How far a line goes, in ems: above and below its baseline, and with its ink beyond its width on either side."""

    left: float
    above: float
    right: float
    below: float


@dataclass(frozen=True)
class Setting:
    """How lines are set, whatever their size: language, weight, and the end that they begin at.

    Measures are in ems, since shapes grow with the size of the letters; each is taken once, since it takes long.
    """

    language: str
    weight: int
    right_to_left: bool

    def runs(self, line: str) -> tuple[Run, ...]:
        """Cut a line into runs, in the order in which they are read.

        Raises:
            MissingLetterError: no installed font has one of its characters.
        """
        return _runs(self, line)

    def width(self, line: str) -> float:
        """Return how wide a line is, each of its runs shaped as a whole."""
        return sum(advance(run, self.language) for run in self.runs(line))

    def span(self, line: str) -> float:
        """Return how wide a line is with what of its ink goes further: in Nastaliq that can be most of an em."""
        reach = self.reach(line)
        return reach.left + self.width(line) + reach.right

    def reach(self, line: str) -> Reach:
        """Return how far a line goes: what its faces keep free above and below, and more where ink goes further."""
        return _reach(self, line)


@lru_cache(maxsize=4096)
def _reach(setting: Setting, line: str) -> Reach:
    runs = in_sight(setting.runs(line), lambda run: run.level)
    inks = [_ink(run, setting.language) for run in runs]
    return Reach(
        left=max(0, -inks[0][0]),
        above=max(max(run.face.ascent, -ink[1]) for run, ink in zip(runs, inks, strict=True)),
        right=max(0, inks[-1][2] - advance(runs[-1], setting.language)),
        below=max(max(run.face.descent, ink[3]) for run, ink in zip(runs, inks, strict=True)),
    )


@lru_cache(maxsize=8192)
def advance(run: Run, language: str) -> float:
    """Return how far ``run`` takes the pen, in ems."""
    font = opened(run.face, MEASURED_AT)
    return font.getlength(run.text, direction=run.direction, language=language) / MEASURED_AT


def _ink(run: Run, language: str) -> tuple[float, ...]:
    """Return the corners of the shapes of ``run`` around the beginning of its baseline, in ems."""
    corners = opened(run.face, MEASURED_AT).getbbox(run.text, direction=run.direction, language=language, anchor="ls")
    return tuple(corner / MEASURED_AT for corner in corners)


@lru_cache(maxsize=4096)
def _runs(setting: Setting, line: str) -> tuple[Run, ...]:
    levels = levels_of(line, right_to_left=setting.right_to_left)
    cut: list[Run] = []
    for letter, face, level in zip(line, _faces(line, faces(setting.language, setting.weight)), levels, strict=True):
        if cut and cut[-1].face == face and cut[-1].level == level:
            cut[-1] = Run(cut[-1].text + letter, face, level)
        else:
            cut.append(Run(letter, face, level))
    return tuple(cut)


def _faces(line: str, choice: tuple[Face, ...]) -> list[Face]:
    found: list[Face] = []
    for letter in line:
        found.append(_face(letter, found[-1] if found else None, choice))
    for place in range(1, len(line) - 1):
        if line[place] == " ":  # between two scripts the wider space, or they touch
            found[place] = max(found[place - 1], found[place + 1], key=lambda face: advance(Run(" ", face, 0), ""))
    return found


def _face(letter: str, before: Face | None, choice: tuple[Face, ...]) -> Face:
    """Return the face for ``letter``: that of the letter before where it will do for what belongs to no script."""
    if ord(letter) in JOINERS:
        return before or choice[0]
    if before and ord(letter) in letters_of(before) and not letter.isalpha():
        return before
    for face in choice:
        if ord(letter) in letters_of(face):
            return face
    raise MissingLetterError(letter)
