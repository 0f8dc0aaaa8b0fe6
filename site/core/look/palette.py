"""The council's two colours made into every colour that the pages need, by day and by night.

The names are those of static/css/tokens.css, which also says what the colours stand on. Whatever pair the form
accepts, every word keeps 4.5:1 and every mark 3:1: a hypothesis test holds it.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from core.look.colours import SHAPE, TEXT, nearest, oklch, passes, toned

TOKENS = "css/tokens.css"
WHITE, INK, BLACK = "#ffffff", "#14101a", "#000000"  # white or black passes on any colour
# What words and marks in the council's colours may stand on.
GROUNDS = ("paper", "surface", "sand", "peach")
NIGHT_BAND = 0.32  # how light the band is at night, at most
NIGHT_LINK = 0.84  # how light a link is at night, at least
HOVER = 0.09  # how far a colour moves under the pointer

Tokens = dict[str, str]


def read_tokens(text: str) -> tuple[Tokens, Tokens]:
    """Return the names and values of a token sheet by day, and by night (those that differ)."""
    day, _, night = text.partition("@media screen and (prefers-color-scheme: dark)")
    pairs = re.compile(r"--([\w-]+):\s*([^;]+);")
    return dict(pairs.findall(day)), dict(pairs.findall(night))


@lru_cache(maxsize=1)
def _grounds() -> tuple[tuple[str, ...], tuple[str, ...]]:
    day, night = read_tokens(Path(str(finders.find(TOKENS))).read_text())
    return tuple(day[name] for name in GROUNDS), tuple(night[name] for name in GROUNDS)


def two_colours(main: str, second: str) -> tuple[str, str]:
    """Return a council's main and second colour; our own two where it has chosen none."""
    if main and second:
        return main, second
    day, _ = read_tokens(Path(str(finders.find(TOKENS))).read_text())
    return day["brand"], day["swell"]


def _band(main: str, second: str) -> Tokens:
    """Return the colours of the band at the top, and what stands on it."""
    words = next(colour for colour in (WHITE, INK, BLACK) if passes(colour, (main,), TEXT))
    lightness = oklch(words).lightness
    quieter = toned(main, lightness - 0.08 if lightness > 0.5 else lightness + 0.08)
    return {
        "brand": main,
        "on-brand": words,
        "on-brand-soft": quieter if passes(quieter, (main,), TEXT) else words,
        "swell": nearest(second, (main,), TEXT),
    }


def _on_pages(colour: str, second: str, grounds: tuple[str, ...], *, darker: bool) -> Tokens:
    """Return the colours of links, buttons and marks on the page."""
    further = oklch(colour).lightness + (-HOVER if darker else HOVER)
    hover = toned(colour, min(max(further, 0.0), 1.0))
    on_button = WHITE if darker else toned(colour, 0.22)
    return {
        "link": colour,
        "link-hover": hover,
        "button": colour,
        "button-hover": hover,
        "on-button": nearest(on_button, (colour, hover), TEXT),
        "accent": nearest(second, grounds, SHAPE),
        "focus": nearest(second, grounds, SHAPE),
    }


def by_day(main: str, second: str) -> Tokens:
    """Return the tokens of light pages. The first colour that can be read on them makes links and buttons."""
    grounds, _ = _grounds()
    readable = next((colour for colour in (main, second) if passes(colour, grounds, TEXT)), None)
    return _band(main, second) | _on_pages(readable or nearest(main, grounds, TEXT), second, grounds, darker=True)


def by_night(main: str, second: str) -> Tokens:
    """Return the tokens of dark pages: the same hues, the band darker and the links lighter."""
    _, grounds = _grounds()
    band = toned(main, min(oklch(main).lightness, NIGHT_BAND))
    link = toned(main, max(oklch(main).lightness, NIGHT_LINK))
    return _band(band, second) | _on_pages(nearest(link, grounds, TEXT), second, grounds, darker=False)


@lru_cache(maxsize=64)
def every_token(main: str, second: str) -> tuple[Tokens, Tokens]:
    """Return every colour by day and by night, in two colours of a council's ("#rrggbb") or, both empty, in our own.

    For what reads no sheet, such as an email.
    """
    day, night = read_tokens(Path(str(finders.find(TOKENS))).read_text())
    night = day | night
    return (day | by_day(main, second), night | by_night(main, second)) if main else (day, night)
