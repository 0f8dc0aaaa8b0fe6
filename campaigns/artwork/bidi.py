"""In which order the parts of a line stand: Unicode's bidirectional algorithm (UAX 9), by FriBidi.

It is the library that raqm itself asks, so a line of several fonts stands in the order that one of a single font would
have. Pillow says neither levels nor order, hence the call of our own.
"""

import ctypes
import ctypes.util
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0x110, 0x111  # FRIBIDI_PAR_LTR and FRIBIDI_PAR_RTL
NAMES = (
    "libfribidi.so.0",
    "libfribidi.dylib",
    "libfribidi.0.dylib",
    "fribidi-0.dll",
    "fribidi.dll",
    "libfribidi-0.dll",
)
# After Arabic letters the algorithm turns groups of digits around, which makes another telephone number of one.
TELEPHONE = re.compile(r"(?<![\w+])(?:\+?\d+(?:[ \u00a0]\d+)+|[+0]\d*(?:[ \u00a0-]\d+)+)")
MARK = "\u200e"  # a letter without a shape, which runs to the right
Part = TypeVar("Part")


@cache
def _fribidi() -> Any:
    for name in filter(None, (*NAMES, ctypes.util.find_library("fribidi"))):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def is_there() -> bool:
    """Tell whether this machine has FriBidi."""
    return _fribidi() is not None


@lru_cache(maxsize=4096)
def levels_of(text: str, *, right_to_left: bool) -> tuple[int, ...]:
    """Return the embedding level of each character: even ones run to the right, odd ones to the left.

    Telephone numbers keep the order of their groups.
    """
    marks = {found.start() for found in TELEPHONE.finditer(text)}
    marked = "".join(MARK + letter if place in marks else letter for place, letter in enumerate(text))
    found = iter(_levels(marked, RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT))
    return tuple(next(found) if place not in marks else (next(found), next(found))[1] for place in range(len(text)))


def _levels(text: str, direction: int) -> list[int]:
    length = len(text)
    found = (ctypes.c_int8 * length)()
    characters = (ctypes.c_uint32 * length)(*map(ord, text))
    base = ctypes.byref(ctypes.c_uint32(direction))
    _fribidi().fribidi_log2vis(characters, length, base, None, None, None, found)
    return list(found)


def in_sight(parts: Sequence[Part], level: Callable[[Part], int]) -> list[Part]:
    """Return ``parts`` from left to right: rule L2 of the algorithm, with whole runs for characters."""
    ordered = list(parts)
    for depth in range(max(map(level, ordered), default=0), 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and level(ordered[end]) >= depth:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = end + 1
    return ordered
