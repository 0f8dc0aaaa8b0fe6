"""Contrast as WCAG counts it, and the nearest colour that has enough."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.look.colours import HEX, SHAPE, TEXT, contrast, luminance, nearest, oklch, passes, toned

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#336699", "#336699", 1.0),
    ],
)
def test_contrast_is_what_published_checkers_say(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize(("colour", "expected"), [("#000000", 0.0), ("#ffffff", 1.0), ("#ff0000", 0.2126)])
def test_luminance_weighs_the_channels(colour, expected):
    assert luminance(colour) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("colour", "lightness", "chroma"),
    [("#ffffff", 1.0, 0.0), ("#000000", 0.0, 0.0), ("#ff0000", 0.628, 0.2577), ("#0000ff", 0.452, 0.3132)],
)
def test_oklch_is_what_its_author_publishes(colour, lightness, chroma):
    found = oklch(colour)
    assert found.lightness == pytest.approx(lightness, abs=0.001)
    assert found.chroma == pytest.approx(chroma, abs=0.001)


@given(colours)
def test_a_colour_at_its_own_lightness_is_itself(colour):
    again = toned(colour, oklch(colour).lightness)
    apart = [abs(int(colour[start : start + 2], 16) - int(again[start : start + 2], 16)) for start in (1, 3, 5)]
    assert max(apart) <= 1


@given(colours, st.floats(0, 1))
def test_every_tone_is_a_colour(colour, lightness):
    assert HEX.fullmatch(toned(colour, lightness))


@given(colours, colours, st.sampled_from([SHAPE, TEXT]))
def test_the_nearest_passes_and_nothing_much_nearer_does(colour, ground, ratio):
    found = nearest(colour, (ground,), ratio)
    assert contrast(found, ground) >= ratio
    if passes(colour, (ground,), ratio):
        assert found == colour
        return
    own = oklch(colour).lightness
    way = oklch(found).lightness - own
    assume(abs(way) > 0.03)
    assert not passes(toned(colour, own + way * 0.8), (ground,), ratio)


def test_no_tone_passes_on_black_and_white_at_once():
    with pytest.raises(ValueError, match="No tone of #336699"):
        nearest("#336699", ("#000000", "#ffffff"), 7.0)


@pytest.mark.parametrize("wrong", ["red", "#fff", "#12345g", "", "#1234567"])
def test_a_word_is_no_colour(wrong):
    with pytest.raises(ValueError, match="is no colour"):
        contrast(wrong, "#ffffff")
