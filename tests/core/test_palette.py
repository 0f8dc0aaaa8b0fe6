"""Everything that stands on something can be told from it: in our own colours, and in whatever a council chooses."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.look.colours import SHAPE, TEXT, contrast, nearest
from core.look.palette import GROUNDS, by_day, by_night, read_tokens

CSS = Path(settings.REPOSITORY) / "static" / "css"
# (what stands there, what it stands on)
WORDS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-hover") for ground in GROUNDS),
    *(("error", ground) for ground in ("paper", "surface", "error-soft")),
    ("on-sea", "sea"),
    ("ink", "highlight"),
    ("ink-soft", "highlight"),
    ("on-button", "button"),
    ("on-button", "button-hover"),
    *((ink, "brand") for ink in ("on-brand", "on-brand-soft", "swell")),
]
MARKS = [(mark, ground) for mark in ("line-strong", "focus", "accent", "button") for ground in GROUNDS]
DAY, NIGHT = read_tokens((CSS / "tokens.css").read_text())
SCHEMES = {"day": DAY, "night": DAY | NIGHT}
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def too_alike(tokens: dict[str, str]) -> list[str]:
    """Return one line for each pair that cannot be told apart well enough."""
    asked = [(pair, TEXT) for pair in WORDS] + [(pair, SHAPE) for pair in MARKS]
    ratios = [(pair, contrast(tokens[pair[0]], tokens[pair[1]]), least) for pair, least in asked]
    return [f"{one} on {other}: {ratio:.2f}" for (one, other), ratio, least in ratios if ratio < least]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_our_own_colours_can_be_read(scheme):
    assert too_alike(SCHEMES[scheme]) == []


@hypothesis_settings(deadline=None)
@given(colours, colours)
def test_whatever_pair_the_form_takes_can_be_read_by_day_and_by_night(main, second):
    second = nearest(second, (main,), TEXT)
    assert too_alike(DAY | by_day(main, second)) == []
    assert too_alike(SCHEMES["night"] | by_night(main, second)) == []


def test_a_brand_sets_only_names_that_the_sheet_uses():
    used = set(re.findall(r"var\(--([\w-]+)\)", "".join(path.read_text() for path in CSS.glob("*.css"))))
    assert set(by_day("#1d4f91", "#ffd500")) - used == set()
    assert set(by_night("#1d4f91", "#ffd500")) - used == set()


def test_a_colour_that_can_be_read_stays_as_it_was_chosen():
    day = by_day("#1d4f91", "#ffd500")
    assert (day["brand"], day["link"], day["swell"]) == ("#1d4f91", "#1d4f91", "#ffd500")


def test_every_name_used_is_given():
    text = "".join(path.read_text() for path in CSS.glob("*.css"))
    used, given = set(re.findall(r"var\(--([\w-]+)", text)), set(re.findall(r"--([\w-]+):", text))
    assert used - given == set()
    assert set(DAY) - used == set()
