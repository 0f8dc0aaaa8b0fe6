"""The one stylesheet of every page: static/css put together, with the council's colours at its end.

Its address says everything that it depends on, the two colours included, so it asks no database, a browser keeps it
for a year, and a page that tells of a fault or of maintenance is drawn with it too.
"""

import gzip
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders

from core.look.palette import Tokens, by_day, by_night

SOURCES = ("css/tokens.css", "css/base.css", "css/components.css")
MARK = "images/mark.svg"
OWN_MAIN, OWN_SECOND = "#55244f", "#ffb27d"  # as mark.svg and tokens.css have them
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class Made(NamedTuple):
    """A file ready to be sent: plain and compressed, and a name for its content."""

    plain: bytes
    compressed: bytes
    digest: str


def _made(text: str) -> Made:
    plain = text.encode()
    return Made(plain, gzip.compress(plain, mtime=0), sha256(plain).hexdigest()[:12])


def _paths(names: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(Path(str(finders.find(name))) for name in names)


def _read(path: Path) -> str:
    return path.read_text()


def _rule(tokens: Tokens) -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}\n"


@lru_cache(maxsize=64)
def _sheet(main: str, second: str, _changed: tuple[int, ...]) -> Made:
    text = "".join(COMMENT.sub("", _read(path)) for path in _paths(SOURCES))
    if main:
        night = _rule(by_night(main, second))
        text += f"{_rule(by_day(main, second))}@media screen and (prefers-color-scheme: dark){{{night}}}\n"
    return _made(text)


def sheet(main: str = "", second: str = "") -> Made:
    """Return the stylesheet in the two colours given ("#rrggbb"), or in our own where both are empty."""
    return _sheet(main, second, tuple(path.stat().st_mtime_ns for path in _paths(SOURCES)))


@lru_cache(maxsize=64)
def mark(main: str, second: str) -> Made:
    """Return the small picture that browsers show beside a page's name, in the two colours given."""
    text = _read(_paths((MARK,))[0])
    white = by_day(main, second)["on-brand"]
    return _made(text.replace(OWN_SECOND, second).replace("#fff", white).replace(OWN_MAIN, main))
