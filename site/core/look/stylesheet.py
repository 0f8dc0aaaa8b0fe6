"""The one stylesheet of every page: static/css put together, with the letters of a script and the council's colours.

Its address says everything that it depends on, script and colours included, so it asks no database, a browser keeps it
for a year, and a page that tells of a fault or of maintenance is drawn with it too.
"""

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from core.look.fonts import SHEETS
from core.look.palette import Tokens, by_day, by_night

SOURCES = ("css/tokens.css", "css/base.css", "css/components.css")
MARK = "images/mark.svg"
READABLE = " /:='-"  # what an address in quotation marks may hold as it is
OWN_MAIN, OWN_SECOND = "#55244f", "#ffb27d"  # as mark.svg and tokens.css have them
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
BESIDE = re.compile(r'url\("\.\./([^"]+)"\)')  # a file beside static/css


class Made(NamedTuple):
    """A file ready to be sent: plain and compressed, and a name for its content."""

    plain: bytes
    compressed: bytes
    digest: str


def _made(text: str) -> Made:
    plain = text.encode()
    return Made(plain, gzip.compress(plain, mtime=0), sha256(plain).hexdigest()[:12])


def _paths(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(Path(str(finders.find(name))) for name in names)


def _sources(script: str) -> tuple[Path, ...]:
    return _paths((*SOURCES, SHEETS[script]) if script else SOURCES)


def _read(path: Path) -> str:
    return path.read_text()


def _rule(tokens: Tokens) -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}\n"


@lru_cache(maxsize=64)
def _sheet(main: str, second: str, script: str, _changed: tuple[int, ...]) -> Made:
    text = "".join(COMMENT.sub("", _read(path)) for path in _sources(script))
    text = BESIDE.sub(lambda found: f'url("{static(found[1])}")', text)
    if main:
        night = _rule(by_night(main, second))
        text += f"{_rule(by_day(main, second))}@media screen and (prefers-color-scheme: dark){{{night}}}\n"
    return _made(text)


def sheet(main: str = "", second: str = "", script: str = "") -> Made:
    """Return the stylesheet in the two colours given ("#rrggbb"), or in our own where both are empty.

    ``script`` is the language whose letters it brings along, one of `SHEETS`, or empty.
    """
    return _sheet(main, second, script, tuple(path.stat().st_mtime_ns for path in _sources(script)))


@lru_cache(maxsize=64)
def mark(main: str = "", second: str = "") -> str:
    """Return the small picture that browsers show beside a page's name, as an address that holds it whole.

    It has 326 bytes: to ask for it would cost more.
    """
    text = _read(_paths((MARK,))[0]).strip()
    if main:
        white = by_day(main, second)["on-brand"]
        text = text.replace(OWN_SECOND, second).replace("#fff", white).replace(OWN_MAIN, main)
    return f"data:image/svg+xml,{quote(text, safe=READABLE)}"
