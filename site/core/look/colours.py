"""Arithmetic of colours: how well two can be told apart, and the nearest one that can.

Contrast is WCAG 2.2's (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and #dfn-relative-luminance). "Nearest" is
by lightness in OKLCH, where equal steps look equal: Björn Ottosson, "A perceptual color space for image processing"
(2020, https://bottosson.github.io/posts/oklab/), whose matrices these are. Hue stays, and strength of colour where
the screen can show it.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

TEXT = 4.5  # WCAG 1.4.3: words
SHAPE = 3.0  # WCAG 1.4.11: borders of controls, focus, marks that carry meaning
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
STEPS = 250  # of lightness: one cannot be seen

Triple = tuple[float, float, float]


class Oklch(NamedTuple):
    """Lightness from 0 to 1, chroma from 0 (grey) to about 0.4, and hue in radians."""

    lightness: float
    chroma: float
    hue: float


def channels(colour: str) -> Triple:
    """Return red, green and blue of "#rrggbb", each from 0 to 1 as stored (with sRGB's curve).

    Raises:
        ValueError: this is no such colour.
    """
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour. Write # and six digits, such as #1d4f91.")
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _stored(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of "#rrggbb": 0 for black, 1 for white."""
    red, green, blue = map(_linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, from 1 (the same) to 21 (black and white), in either order."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def passes(colour: str, grounds: Iterable[str], ratio: float) -> bool:
    """Tell whether ``colour`` has at least ``ratio`` against every one of ``grounds``."""
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def oklch(colour: str) -> Oklch:
    """Return where "#rrggbb" stands in OKLCH."""
    red, green, blue = map(_linear, channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def _light(lightness: float, chroma: float, hue: float) -> Triple:
    """Return linear red, green and blue; outside 0 to 1 where no screen shows the colour."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(light: Triple) -> bool:
    return all(-0.0001 <= value <= 1.0001 for value in light)


def toned(colour: str, lightness: float) -> str:
    """Return ``colour`` at another lightness (0 to 1), as strong as the screen can show it there."""
    _, chroma, hue = oklch(colour)
    if not _shown(_light(lightness, chroma, hue)):
        low, high = 0.0, chroma
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(_light(lightness, middle, hue)) else (low, middle)
        chroma = low
    values = (_stored(min(max(value, 0.0), 1.0)) for value in _light(lightness, chroma, hue))
    return "#" + "".join(f"{round(value * 255):02x}" for value in values)


@lru_cache(maxsize=1024)
def nearest(colour: str, grounds: tuple[str, ...], ratio: float) -> str:
    """Return ``colour`` if it has ``ratio`` against all of ``grounds``, else its nearest tone that has.

    Raises:
        ValueError: no tone has: the grounds are both light and dark.
    """
    if passes(colour, grounds, ratio):
        return colour.lower()
    own = oklch(colour).lightness
    for lightness in sorted((step / STEPS for step in range(STEPS + 1)), key=lambda value: abs(value - own)):
        if passes(tone := toned(colour, lightness), grounds, ratio):
            return tone
    raise ValueError(f"No tone of {colour} has {ratio}:1 against all of {', '.join(grounds)}.")
