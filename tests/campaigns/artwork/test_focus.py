"""Words keep off what matters in the picture where the picture has room; where it has none, a sentence says so."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from campaigns.artwork import SIZES, compose, preview
from campaigns.artwork.boxes import Box
from campaigns.artwork.concerns import concerns
from tests.campaigns.artwork.designs import design, saved

pytestmark = pytest.mark.alike

FEW = {"text": "", "action": "", "address": "", "address_in_words": ""}


def scene(width, height, focus):
    """Return a dark picture with a red square where the focus is."""
    made = Image.new("RGB", (width, height), (20, 30, 30))
    left, top, across, down = focus
    corners = (left * width, top * height, (left + across) * width, (top + down) * height)
    ImageDraw.Draw(made).rectangle(corners, fill=(220, 60, 40))
    return saved(made, "PNG")


def red(picture):
    """Return the box of what is red."""
    pixels = np.asarray(picture.convert("RGB"), dtype=int)
    rows, columns = np.nonzero((pixels[..., 0] > 160) & (pixels[..., 2] < 90))
    return Box(columns.min(), rows.min(), np.ptp(columns), np.ptp(rows))


def covered(composition, figure):
    """Return which share of ``figure`` words and code lie on."""
    lying = [words.box for words in composition.words] + ([composition.code.box] if composition.code else [])
    return sum(figure.shared(box) for box in lying) / (figure.width * figure.height)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(
    ("size", "focus"),
    [
        ("open-graph", (0.42, 0.48, 0.12, 0.16)),
        ("screen", (0.42, 0.48, 0.12, 0.16)),
        ("square", (0.45, 0.1, 0.1, 0.15)),
        ("square", (0.6, 0.62, 0.06, 0.1)),
        ("story", (0.2, 0.1, 0.1, 0.15)),
        ("a4", (0.7, 0.1, 0.1, 0.15)),
    ],
)
def test_words_keep_off_the_focus_where_the_picture_has_room(language, size, focus):
    drawn = design(language, picture=scene(3000, 2000, focus), focus=focus, **FEW)
    composition = compose(drawn, SIZES[size])
    figure = red(composition.picture.pixels)
    assert covered(composition, figure) < 0.01
    part = composition.picture.pixels
    assert figure.lies_in(Box(0, 0, part.width, part.height))
    assert not [said for said in concerns(drawn) if SIZES[size].label in said and "words lie" in said]


def test_languages_read_from_either_side_show_the_focus_on_the_other():
    focus = (0.42, 0.45, 0.12, 0.16)
    picture = scene(3600, 1600, focus)
    middles = {}
    for language in ("en", "ur"):
        composition = compose(design(language, picture=picture, focus=focus), SIZES["screen"])
        figure = red(composition.picture.pixels)
        middles[language] = (figure.x + figure.width / 2) / 1920
        assert covered(composition, figure) < 0.01
    assert middles["ur"] < 0.5 < middles["en"]


def test_a_preview_shows_the_same_part():
    focus = (0.42, 0.55, 0.12, 0.16)
    drawn = design("ur", layout="words-on-picture", picture=scene(3000, 2000, focus), focus=focus, **FEW)
    full = red(compose(drawn, SIZES["screen"]).picture.pixels)
    small = red(Image.open(BytesIO(preview(drawn, "screen", width=960))))
    assert (small.x * 2, small.y * 2) == pytest.approx((full.x, full.y), abs=6)


def test_where_there_is_no_room_the_sizes_the_language_and_the_mend_are_said():
    focus = (0.05, 0.05, 0.9, 0.9)
    drawn = design("ur", picture=scene(6000, 4000, focus), focus=focus)
    [said] = concerns(drawn)
    assert said.startswith(
        "Link preview, Square post, Story, Screen, A4 poster and A3 poster in Urdu: words lie on what"
    )
    assert "Shorten the words, choose a picture with more room around it, or a layout that has its words beside" in said
    [beside] = concerns(design("ur", "picture-above-words", picture=drawn.picture, focus=focus))
    assert "in Urdu: up to" in beside
    assert "focal area is cut off. Draw that area closer around what matters" in beside


def test_a_picture_too_small_for_its_paper_is_said_with_the_pixels_that_would_do():
    small = design(picture=saved(Image.new("RGB", (1500, 1000))), focus=None)
    [said] = concerns(small)
    assert said == (
        "A4 poster and A3 poster in English: the picture is too small for the paper. It has 60 dots to the inch there, "
        "and looks coarse with fewer than 150. Choose one of at least 3750 by 2500 pixels."
    )
    assert concerns(design(picture=saved(Image.new("RGB", (3750, 2500))), focus=None)) == []
    turned = Image.Exif()
    turned[0x0112] = 6
    assert concerns(design(picture=saved(Image.new("RGB", (2500, 3750)), exif=turned), focus=None)) == []
    assert concerns(design(layout="words-alone")) == []
    assert concerns(design(picture=b"none")) == []
