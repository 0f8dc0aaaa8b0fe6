"""Words broken into lines that are as wide as they may be, and about as wide as each other."""

import re
import unicodedata

from campaigns.artwork.bidi import TELEPHONE
from campaigns.artwork.runs import Setting

SPACES = re.compile(r"[ \t]+")
EVEN = 5  # how many times the width is halved to even out the lines
SURE = 0.02  # by how much words shaped apart may be narrower or wider than the line they make
OVER = 0.7  # ems: how much further its ink may go


class TooWideError(Exception):
    """A word is wider than the lines: which, and how many ems too wide."""

    def __init__(self, word: str, excess: float) -> None:
        super().__init__(word)
        self.word, self.excess = word, excess


def tidy(text: str) -> str:
    """Return ``text`` in Unicode's composed form, without doubled spaces; telephone numbers hold together."""
    rows = (SPACES.sub(" ", row).strip() for row in unicodedata.normalize("NFC", text).splitlines())
    whole = "\n".join(row for row in rows if row)
    return TELEPHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), whole)


def broken(text: str, setting: Setting, width: float, *, narrowest: float = 1.0) -> list[str]:
    """Break tidy ``text`` into lines of at most ``width`` ems, each measured shaped as a whole.

    They are as narrow as the same number of lines allows, down to the share ``narrowest`` of the width, so that no
    word is left alone on the last.

    Raises:
        TooWideError: a word is wider than a line.
        MissingLetterError: no installed font has one of the characters.
    """
    return [line for row in text.splitlines() for line in _row(row.split(" "), setting, width, narrowest)]


def _row(words: list[str], setting: Setting, width: float, narrowest: float) -> list[str]:
    lines = _filled(words, setting, width)
    low, high = width * narrowest, width
    for _ in range(EVEN if len(lines) > 1 and narrowest < 1 else 0):
        narrower = (low + high) / 2
        try:
            tried = _filled(words, setting, narrower)
        except TooWideError:
            tried = []
        if len(tried) == len(lines):
            lines, high = tried, narrower
        else:
            low = narrower
    return lines


def _filled(words: list[str], setting: Setting, width: float) -> list[str]:
    space = setting.width(" ")
    lines: list[str] = []
    taken = 0.0
    for word in words:
        wide = setting.width(word)
        if wide > width:
            raise TooWideError(word, wide - width)
        if lines and _goes_on(f"{lines[-1]} {word}", taken + space + wide, setting, width):
            lines[-1] = f"{lines[-1]} {word}"
            taken += space + wide
        else:
            lines.append(word)
            taken = wide
    return lines


def _goes_on(line: str, about: float, setting: Setting, width: float) -> bool:
    """Tell whether a line fits. To shape it takes long, so that is done where the widths of its words leave a doubt."""
    if about > width * (1 + SURE):
        return False
    return about + OVER < width * (1 - SURE) or setting.span(line) <= width
