"""Which part of a picture is shown: its focus in sight, and where there is room for it, free of the words on it."""

from dataclasses import dataclass

import numpy as np

from campaigns.artwork.boxes import Box
from campaigns.artwork.designs import Fractions

CLOSER = (1.0, 0.9, 0.8, 0.7)  # how much of the largest part is shown, where showing less frees the focus
STEPS = 33  # places tried along each side
# What weighs against a part: most of all the share of the focus that words lie on; then the share below a veil, what is
# cut off beyond what the proportions ask, and how far the focus is from where it would stand by itself.
HIDDEN, VEILED, CUT, AWAY = 4.0, 0.3, 0.2, 0.05
NOTHING = 0.005  # a share of the focus that nobody misses
POINT = 0.01  # of the picture's sides: what a focus that is a point is taken for


@dataclass(frozen=True)
class Cover:
    """What lies on the part that is shown, in fractions of that: words and code, and a veil from ``veil`` down."""

    boxes: tuple[Box, ...] = ()
    veil: float = 1.0


@dataclass(frozen=True)
class Crop:
    """The part of a picture that is shown, in fractions of the picture; what share of the focus is not seen there."""

    box: Box
    hidden: float


def part_of(
    picture: tuple[int, int], focus: Fractions | None, box: tuple[float, float], cover: Cover, *, aim: float
) -> Crop:
    """Return the part of a ``picture`` of so many pixels that fills a ``box`` of as many as the full size has.

    It is what :func:`crop` says, unless words lie on the focus there: then it is moved, and shown closer where the
    picture has half a pixel for each of the box, to where least of the focus is covered.
    """
    width, height = picture
    ratio = box[0] / box[1]
    plain = crop(width, height, focus, ratio, aim)
    if focus is None:
        return Crop(_fractions(plain, picture), 0.0)
    at = Box(focus[0] * width, focus[1] * height, max(focus[2], POINT) * width, max(focus[3], POINT) * height)
    tried = [(plain, *_seen(at, plain, cover))]
    if sum(tried[0][1:]) > NOTHING:
        closer = [share for share in CLOSER if share == 1 or share * plain.width >= box[0] / 2]
        tried += [(part, *_seen(at, part, cover)) for share in closer for part in _parts(picture, at, plain, share)]

    def weight(one: tuple[Box, float, float]) -> float:
        part, hidden, veiled = one
        middle = ((at.x + at.width / 2 - part.x) / part.width, (at.y + at.height / 2 - part.y) / part.height)
        away = abs(middle[0] - 0.5) + abs(middle[1] - aim)
        return HIDDEN * hidden + VEILED * veiled + CUT * (1 - part.width / plain.width) + AWAY * away

    best, hidden, _ = min(tried, key=weight)
    return Crop(_fractions(best, picture), hidden if hidden > NOTHING else 0.0)


def _parts(picture: tuple[int, int], at: Box, plain: Box, share: float) -> list[Box]:
    """Return every part of the picture that is tried, that ``share`` of the plain one, with the focus in it."""
    wide, high = plain.width * share, plain.height * share
    across = _starts(picture[0] - wide, at.right - wide, at.x, plain.x, share)
    down = _starts(picture[1] - high, at.bottom - high, at.y, plain.y, share)
    return [Box(x, y, wide, high) for x in across for y in down]


def _starts(spare: float, least: float, most: float, plain: float, share: float) -> list[float]:
    """Return where a part may begin on one side, ``spare`` at most; around a larger focus only the plain one."""
    if least > most:
        return [plain] if share == 1 else []
    return [float(start) for start in np.linspace(min(max(0, least), spare), max(0, min(most, spare)), STEPS)]


def _seen(at: Box, part: Box, cover: Cover) -> tuple[float, float]:
    """Return which shares of what is ``at`` a place are not seen in a part at all, and seen below the veil."""
    shown = Box(
        (at.x - part.x) / part.width, (at.y - part.y) / part.height, at.width / part.width, at.height / part.height
    )
    whole = shown.width * shown.height
    inside = shown.shared(Box(0, 0, 1, 1))
    words = sum(shown.shared(box) for box in cover.boxes)
    return 1 - max(0.0, inside - words) / whole, shown.shared(Box(0, cover.veil, 1, max(0.0, 1 - cover.veil))) / whole


def _fractions(part: Box, picture: tuple[int, int]) -> Box:
    width, height = picture
    return Box(part.x / width, part.y / height, part.width / width, part.height / height)


def crop(width: int, height: int, focus: Fractions | None, ratio: float, aim: float = 0.5) -> Box:
    """Return the largest box with the proportions ``ratio`` (width by height) around the focus, in pixels.

    The middle of the focus stands in the middle of the box and, from its top, at the share ``aim`` of its height, or as
    near to that as the edges allow. The focus lies inside wherever it is no wider and no higher than the box.
    """
    wide, high = min(width, height * ratio), min(height, width / ratio)
    if focus is None:
        return Box((width - wide) / 2, (height - high) / 2, wide, high)
    left, top, across, down = focus
    return Box(
        _start(width, wide, left * width, across * width, 0.5),
        _start(height, high, top * height, down * height, aim),
        wide,
        high,
    )


def _start(whole: float, shown: float, start: float, length: float, aim: float) -> float:
    """Return where ``shown`` of ``whole`` begins, so that a stretch of it lies at ``aim`` and inside."""
    found = start + length / 2 - shown * aim
    if length <= shown:
        found = min(max(found, start + length - shown), start)
    return min(max(found, 0), whole - shown)
