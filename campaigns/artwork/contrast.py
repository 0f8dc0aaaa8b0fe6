"""How well words can be read on pixels: WCAG 2.2's contrast ratio against the worst of them.

https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from core.look.colours import TEXT, luminance

Colours = NDArray[np.uint8]
SHADES = 1 << 24  # all that three bytes can say
ROWS, CHUNK = 256, 1 << 15  # rows and colours looked at in one go, so that a poster takes little memory
_stored = np.arange(256) / 255
LINEAR = np.where(_stored <= 0.04045, _stored / 12.92, ((_stored + 0.055) / 1.055) ** 2.4)


def colours_in(picture: Image.Image, boxes: Iterable[tuple[int, int, int, int]]) -> Colours:
    """Return every colour that ``picture`` (RGB) has inside ``boxes`` (corners in pixels), each once."""
    seen = np.zeros(SHADES, dtype=bool)
    for left, top, right, bottom in boxes:
        for start in range(top, bottom, ROWS):
            part = picture.crop((left, start, right, min(start + ROWS, bottom)))
            seen[np.frombuffer(part.tobytes("raw", "RGBX"), dtype="<u4") & (SHADES - 1)] = True
    planes = seen.reshape(256, -1)  # by their blue, so that no list of numbers is as long as there are shades
    found: Colours = np.empty((np.count_nonzero(seen), 3), dtype=np.uint8)
    filled = 0
    for blue, plane in enumerate(planes):
        shades = np.flatnonzero(plane)
        rows = found[filled : filled + len(shades)]
        rows[:, 0], rows[:, 1], rows[:, 2] = shades & 255, shades >> 8, blue
        filled += len(shades)
    return found


def mask_of(percent: int) -> int:
    """Return an opacity as Pillow's masks have it, from 0 to 255; never less than asked."""
    return -(-percent * 255 // 100)


def worst(words: str, colours: Colours, veil: str = "#000000", percent: int = 0) -> float:
    """Return the contrast of ``words`` ("#rrggbb") with that of ``colours``, below a veil, on which they read worst."""
    parts = (colours[start : start + CHUNK] for start in range(0, len(colours), CHUNK))
    return min(_contrast(words, _veiled(part, veil, percent)) for part in parts)


def _veiled(colours: Colours, veil: str, percent: int) -> Colours:
    """Return ``colours`` below a veil of one colour, blended and rounded as Pillow does."""
    mask = mask_of(percent)
    over = np.array(ImageColor.getrgb(veil), dtype=np.uint16)
    return ((colours.astype(np.uint16) * (255 - mask) + over * mask + 127) // 255).astype(np.uint8)


def _contrast(words: str, colours: Colours) -> float:
    red, green, blue = LINEAR[colours].T
    grounds = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    own = luminance(words)
    return float(((np.maximum(grounds, own) + 0.05) / (np.minimum(grounds, own) + 0.05)).min())


def least_veil(words: str, colours: Colours, veil: str) -> int:
    """Return the least opacity (whole percent) of ``veil`` over ``colours`` on which ``words`` reach 4.5:1.

    ``words`` must have it on the veil itself.
    """
    low, high = 0, 100
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if worst(words, colours, veil, middle) >= TEXT else (middle + 1, high)
    return high
