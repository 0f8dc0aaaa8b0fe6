"""Words laid below each other in a column, as large as they fit, and a sentence where they do not fit at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaigns.artwork import bidi
from campaigns.artwork.boxes import Box
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.lines import TooWideError, broken
from campaigns.artwork.runs import Reach, Run, Setting, advance
from campaigns.artwork.sizes import Size

SMALLER = 0.96  # of the letters, from one step to the next
HEADLINE_LEAST = 1.5  # times the smallest letters, so that it stays the headline
HEADLINE_LINES = 5  # with more it is a paragraph
TEXT = 0.44  # of the headline's letters
PAD, GAP = 0.5, 0.7  # of the text's letters: within the action's label, and between one part and the next
NARROWEST = {"text": 0.85}  # of the width: a paragraph is evened out less than the few words of a headline
FLAT = 0.6  # of the label's pad: what it keeps free above and below


@dataclass(frozen=True)
class PlacedRun:
    """A run with the place of its left end, in pixels."""

    run: Run
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """A line: its runs in the order in which they are read, on one baseline."""

    text: str
    baseline: float
    runs: tuple[PlacedRun, ...]


@dataclass(frozen=True)
class Words:
    """One part of the words where it stands, its letters ``letters`` pixels to the em, on a coloured label or not."""

    role: str
    setting: Setting
    letters: float
    box: Box
    lines: tuple[Line, ...]
    labelled: bool = False


@dataclass(frozen=True)
class Part:
    """Words to be laid: ``text`` is tidy."""

    role: str
    text: str
    setting: Setting
    labelled: bool = False

    def pad(self, letters: float) -> float:
        """Return what its label keeps free at its sides, in pixels."""
        return PAD * letters if self.labelled else 0


@dataclass(frozen=True)
class Column:
    """Where words are laid: in ``area``, less the corner of the code, the headline at most ``largest`` pixels high."""

    area: Box
    corner: Box | None
    size: Size
    largest: float
    from_right: bool

    def width(self, bottom: float) -> float:
        """Return how wide words are that end at ``bottom``."""
        gap = self.size.shorter * 0.03
        if self.corner is None or bottom + gap <= self.corner.y:
            return self.area.width
        return self.area.width - self.corner.width - gap

    def letters(self, part: Part, scale: float) -> float:
        """Return how high the letters of ``part`` are at a scale, never smaller than can be read."""
        headline = part.role == "headline"
        least = self.size.smallest * (HEADLINE_LEAST if headline else 1)
        return round(max(least, self.largest * scale * (1 if headline else TEXT)), 1)

    def scales(self) -> list[float]:
        """Return by how much letters are made smaller, step by step, until none may get any smaller."""
        scales, least = [1.0], min(HEADLINE_LEAST, 1 / TEXT) * self.size.smallest / self.largest
        while scales[-1] > least:
            scales.append(scales[-1] * SMALLER)
        return scales


def set_part(part: Part, letters: float, place: Box, *, from_right: bool) -> Words:
    """Lay one part from the top of ``place`` down, against its left side, or its right one.

    Raises:
        TooWideError: a word is wider.
        MissingLetterError: no installed font has one of the characters.
    """
    pad = part.pad(letters)
    lines, y, widest = [], place.y + pad * FLAT, 0.0
    for text in broken(
        part.text, part.setting, (place.width - 2 * pad) / letters, narrowest=NARROWEST.get(part.role, 0.5)
    ):
        reach = Reach(*(side * letters for side in part.setting.reach(text)))
        runs = _placed(part.setting, text, letters)
        wide = sum(placed.width for placed in runs)
        x = place.right - pad - reach.right - wide if from_right else place.x + pad + reach.left
        lines.append(Line(text, y + reach.above, tuple(replace(run, x=x + run.x) for run in runs)))
        y, widest = y + reach.above + reach.below, max(widest, wide + reach.left + reach.right + 2 * pad)
    left = place.right - widest if from_right else place.x
    box = Box(left, place.y, widest, y + pad * FLAT - place.y)
    return Words(part.role, part.setting, letters, box, tuple(lines), part.labelled)


def _placed(setting: Setting, text: str, letters: float) -> list[PlacedRun]:
    """Return the runs of a line, which begins at nought on the left, in the order in which they are read."""
    runs = setting.runs(text)
    placed = {}
    x = 0.0
    for number in bidi.in_sight(range(len(runs)), lambda number: runs[number].level):
        width = advance(runs[number], setting.language) * letters
        placed[number] = PlacedRun(runs[number], x, width)
        x += width
    return [placed[number] for number in range(len(runs))]


def lowered(words: Words, down: float) -> Words:
    """Return ``words`` lower by so many pixels."""
    lines = tuple(replace(line, baseline=line.baseline + down) for line in words.lines)
    return replace(words, box=words.box.moved(0, down), lines=lines)


def stack(parts: Sequence[Part], column: Column, *, share: float) -> list[Words]:
    """Lay ``parts`` below each other in ``column``, in the largest letters that fit.

    ``share`` says how much of the space that is left stands above them: 0 for none, 1 for all of it.

    Raises:
        ArtworkError: they do not fit in the smallest letters that can be read, or a word is too wide.
    """
    scales = column.scales()
    for scale in scales:
        if laid := _fitted(parts, column, scale, column.area.y):
            spare = column.area.bottom - laid[-1].box.bottom
            lower = (_fitted(parts, column, scale, column.area.y + spare * part) for part in (share, share / 2))
            return next(filter(None, lower), laid)
    raise _too_much(parts, column, scales[-1])


def _fitted(parts: Sequence[Part], column: Column, scale: float, y: float) -> list[Words] | None:
    """Return ``parts`` laid from ``y`` down, or nothing where they do not fit."""
    try:
        laid = _laid(parts, column, scale, y)
    except TooWideError:
        return None
    headlines = (words for words in laid if words.role == "headline")
    if laid[-1].box.bottom > column.area.bottom or any(len(words.lines) > HEADLINE_LINES for words in headlines):
        return None
    return laid


def _laid(parts: Sequence[Part], column: Column, scale: float, y: float) -> list[Words]:
    laid: list[Words] = []
    area = column.area
    for part in parts:
        letters = column.letters(part, scale)
        words = set_part(part, letters, Box(area.x, y, area.width, 0), from_right=column.from_right)
        if (width := column.width(words.box.bottom)) < area.width:
            x = area.right - width if column.from_right else area.x
            words = set_part(part, letters, Box(x, y, width, 0), from_right=column.from_right)
        laid.append(words)
        y = words.box.bottom + GAP * max(column.size.smallest, TEXT * column.largest * scale)
    return laid


def _too_much(parts: Sequence[Part], column: Column, scale: float) -> ArtworkError:
    """Return the sentence for words that do not fit in the smallest letters."""
    label = column.size.in_a_sentence
    for part in parts:
        letters = column.letters(part, scale)
        width = (column.width(column.area.bottom) - 2 * part.pad(letters)) / letters
        try:
            broken(part.text, part.setting, width)
        except TooWideError as error:
            more = max(1, round(len(error.word) * error.excess / (width + error.excess)))
            return ArtworkError(
                f"In the {part.role}, “{error.word}” is about {_characters(more)} too long for a line of the {label}; "
                "divide it or choose a shorter word.",
                field=part.role,
            )
    by_length = sorted(parts, key=lambda part: -len(part.text))
    for part in by_length:
        if kept := _most(part, parts, column, scale):
            return ArtworkError(
                f"The {part.role} is about {_characters(len(part.text) - kept)} too long for the {label}; "
                "shorten it or choose another layout.",
                field=part.role,
            )
    return ArtworkError(
        f"The words are far too long for the {label}; shorten all of them or choose another layout.",
        field=by_length[0].role,
    )


def _most(part: Part, parts: Sequence[Part], column: Column, scale: float) -> int:
    """Return how many characters of ``part`` would fit beside the others, in whole words."""
    words = part.text.split(" ")
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        shorter = replace(part, text=" ".join(words[:middle]))
        tried = [shorter if other is part else other for other in parts]
        low, high = (middle, high) if _fitted(tried, column, scale, column.area.y) else (low, middle - 1)
    return len(" ".join(words[:low]))


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"
