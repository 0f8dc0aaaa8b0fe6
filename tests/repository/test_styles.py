"""What holds for every style sheet: one sheet reads both ways, and it stays small."""

import gzip
import re

import pytest

from core.look.stylesheet import SOURCES
from tests.installations import REPOSITORY

SHEETS = sorted((REPOSITORY / "static/css").glob("*.css"))
# Sides and sizes that do not turn with the direction of writing; each has a logical twin.
PHYSICAL = re.compile(
    r"(?<![\w-])((?:(?:(?:min|max)-)?(?:width|height)|top|right|bottom|left"
    r"|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:top|right|bottom|left)(?:-[a-z]+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
SHORTHAND = re.compile(r"(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*([^;}]+)")
LARGEST = 7_000  # bytes, compressed


def rules(text: str) -> str:
    """Return a sheet without comments, and without what stands in media queries' brackets and in addresses."""
    text = re.sub(r"/\*.*?\*/|url\(\"[^\"]*\"\)", "", text, flags=re.DOTALL)
    return re.sub(r"@(?:media|container)[^{]*", "@", text)


def uneven(values: str) -> bool:
    """Tell whether a shorthand of four gives the left another value than the right."""
    parts = re.findall(r"[^\s(]+(?:\([^)]*\))?", values)
    return len(parts) == 4 and parts[1] != parts[3]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sides_follow_the_direction_of_writing(sheet):
    text = rules(sheet.read_text())
    assert PHYSICAL.findall(text) == []
    assert [values for values in SHORTHAND.findall(text) if uneven(values)] == []


@pytest.mark.parametrize(
    "physical",
    ["margin-left: 1em", "width: 2em", "max-width: 2em", "text-align: left", "border-top-left-radius: 0", "top: 0"],
)
def test_a_physical_side_would_be_found(physical):
    assert PHYSICAL.findall(f".a {{ {physical}; }}")


def test_every_page_s_sheets_are_small():
    shared = "".join((REPOSITORY / "static" / source).read_text() for source in SOURCES)
    assert len(gzip.compress(shared.encode())) <= LARGEST


def test_sheets_respect_what_visitors_set():
    shared = "".join(sheet.read_text() for sheet in SHEETS)
    for setting in ("prefers-color-scheme: dark", "forced-colors: active", "prefers-reduced-motion", "print"):
        assert re.search(rf"@media [a-z ]*\(?{setting}", shared)
