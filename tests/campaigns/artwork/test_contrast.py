"""Words can be read on every picture, or are refused with the scrim that would do; read back from the finished file."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from campaigns.artwork import SIZES, ArtworkError, check, compose, png
from campaigns.artwork.contrast import least_veil, worst
from campaigns.artwork.fonts import opened
from core.look.colours import TEXT, contrast, luminance
from tests.campaigns.artwork.designs import design, saved

pytestmark = pytest.mark.alike

BRANDS = (("#55244f", "#ffb27d"), ("#ffdd00", "#0b0c0c"), ("#1d4f91", "#ffffff"), ("#f2f2f2", "#7a1f3d"))
KINDS = ("noise", "gradient", "shapes", "bands", "photograph")
SMALL = (320, 320)
WIDE = replace(SIZES["open-graph"], width=600, height=315, smallest=12)
SQUARE = replace(SIZES["square"], width=400, height=400, smallest=10)


def generated(kind, seed):
    """Return a picture made by code: light or dark, coarse or fine, as PNG or with what JPEG leaves of it."""
    dice = np.random.default_rng(seed)
    low, high = sorted(dice.integers(0, 256, 2)) if seed % 3 else (0, 255)
    if kind == "noise":
        made = Image.fromarray(dice.integers(low, high + 1, (*SMALL, 3), dtype=np.uint8))
    elif kind == "gradient":
        ends = dice.integers(low, high + 1, (2, 2, 3)).astype(np.uint8)
        made = Image.fromarray(ends).resize(SMALL, Image.Resampling.BILINEAR)
    elif kind == "bands":
        stripes = dice.integers(low, high + 1, (24, 1, 3)).astype(np.uint8)
        made = Image.fromarray(stripes).resize(SMALL, Image.Resampling.NEAREST).rotate(dice.integers(0, 90))
    else:
        made = Image.new("RGB", SMALL, tuple(int(part) for part in dice.integers(low, high + 1, 3)))
        pen = ImageDraw.Draw(made)
        for _ in range(40):
            x, y, across = (int(part) for part in dice.integers(0, 320, 3))
            pen.ellipse(
                (x, y, x + across // 3, y + across // 4), fill=tuple(int(part) for part in dice.integers(0, 256, 3))
            )
        if kind == "photograph":
            grain = dice.normal(0, 9, (*SMALL, 1))
            made = made.filter(ImageFilter.GaussianBlur(3))
            made = Image.fromarray((np.asarray(made) + grain).clip(0, 255).astype(np.uint8))
    return saved(made, "JPEG", quality=int(dice.integers(30, 95))) if seed % 2 else saved(made, "PNG")


def ink_of(composition):
    """Return where words stand, fully or in part: their shapes and one pixel around."""
    mask = Image.new("L", (composition.size.width, composition.size.height))
    pen = ImageDraw.Draw(mask)
    for words in composition.words:
        for line in words.lines:
            for placed in line.runs:
                font = opened(placed.run.face, words.letters)
                how = {"direction": placed.run.direction, "language": words.setting.language}
                pen.text((placed.x, line.baseline), placed.run.text, 255, font, anchor="ls", **how)
    return np.asarray(mask)


def luminances(pixels):
    """Return WCAG's relative luminance of each pixel."""
    stored = pixels / 255
    linear = np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def measured(composition, file):
    """Return the worst contrast between the words' colour in a file and what lies around their letters."""
    light, ink = luminances(np.asarray(Image.open(BytesIO(file)))), ink_of(composition)
    found = []
    for words in composition.words:
        left, top, right, bottom = words.box.corners
        part, covered = light[top:bottom, left:right], ink[top:bottom, left:right]
        own, ground = part[covered == 255], part[covered == 0]
        assert np.ptp(own) == 0
        found.append(((np.maximum(ground, own[0]) + 0.05) / (np.minimum(ground, own[0]) + 0.05)).min())
    return min(found)


@pytest.mark.parametrize("kind", KINDS)
def test_words_reach_the_ratio_on_each_of_a_hundred_pictures(kind):
    for seed in range(20):
        main, second = BRANDS[seed % len(BRANDS)]
        drawn = design(
            "ur" if seed % 5 == 0 else "en", picture=generated(kind, seed), main_colour=main, second_colour=second
        )
        composition = compose(drawn, (WIDE, SQUARE)[seed % 2])
        assert measured(composition, png(composition, about={})) >= TEXT, (kind, seed)


def test_the_scrim_is_the_least_that_will_do():
    light = np.array([[255, 255, 255], [10, 10, 10]], dtype=np.uint8)
    percent = least_veil("#ffffff", light, "#000000")
    assert worst("#ffffff", light, "#000000", percent) >= TEXT > worst("#ffffff", light, "#000000", percent - 1)
    assert least_veil("#ffffff", light[1:], "#000000") == 0


def test_a_layout_without_a_scrim_refuses_a_light_picture_and_says_which_scrim_would_do():
    light = saved(Image.new("RGB", (60, 60), "#ffffff"))
    with pytest.raises(ArtworkError) as refused:
        compose(design(layout="words-on-plain-picture", picture=light), SIZES["square"])
    percent = compose(design(picture=light), SIZES["square"]).scrim.percent
    assert str(refused.value) == (
        "The words reach a contrast of 1.0:1 where this picture is worst for them, and need 4.5:1. A scrim of "
        f"{percent}% would do: choose a layout that lays one, or a picture that is darker there."
    )
    assert refused.value.field == "picture"
    assert [str(error) for error in check(design(layout="words-on-plain-picture", picture=light))] == [
        str(refused.value)
    ]


def test_a_layout_without_a_scrim_takes_a_dark_picture_as_it_is():
    dark = saved(Image.new("RGB", (60, 60), "#101820"))
    assert compose(design(layout="words-on-plain-picture", picture=dark), SIZES["square"]).scrim is None


@pytest.mark.parametrize(("main", "second"), BRANDS)
@pytest.mark.parametrize("layout", ["picture-above-words", "words-alone", "words-on-picture"])
def test_every_colour_of_words_can_be_read_on_what_it_stands_on(layout, main, second):
    colours = compose(design(layout=layout, main_colour=main, second_colour=second), SIZES["square"]).colours
    ground = colours.veil if layout == "words-on-picture" else colours.ground
    assert contrast(colours.words, ground) >= TEXT
    assert contrast(colours.headline, ground) >= TEXT
    assert contrast(colours.on_label, colours.label) >= TEXT


def test_luminance_is_that_of_the_rest_of_the_site():
    for colour in ("#000000", "#ffffff", "#777777", "#1d70b8", "#0a0b0c"):
        one = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)]], dtype=np.uint8)
        assert worst("#ffffff", one) == pytest.approx(1.05 / (luminance(colour) + 0.05))
