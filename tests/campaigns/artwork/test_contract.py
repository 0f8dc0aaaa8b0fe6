"""A design goes in and files come out, in every layout, size and script."""

from io import BytesIO

import pytest
from PIL import Image

from campaigns.artwork import SIZES, check, compose, layouts, pdf, png, preview
from tests.campaigns.artwork.designs import WORDS, design

pytestmark = pytest.mark.alike


@pytest.mark.parametrize("layout", ["picture-above-words", "words-on-picture", "words-alone"])
@pytest.mark.parametrize("language", WORDS)
def test_a_design_of_advised_length_fits_every_size(language, layout):
    assert check(design(language, layout)) == []


def test_a_png_says_what_it_is():
    about = {"Campaign": "Stand up", "Version": "3", "Source": "https://groundswell.example.org/artwork/9"}
    made = Image.open(BytesIO(png(compose(design("ur"), SIZES["square"]), about=about)))
    assert made.size == (1080, 1080)
    assert round(made.info["dpi"][0]) == 96
    assert {name: made.info[name] for name in about} == about
    assert design("ur").headline in made.info["Description"]
    assert made.info["Description"].lang == made.info["Language"] == "ur"


def test_a_preview_has_the_width_that_was_asked_for():
    for key, size in SIZES.items():
        seen = Image.open(BytesIO(preview(design(), key, width=240)))
        assert seen.size == (240, round(240 * size.height / size.width))


def test_a_poster_is_a_pdf_of_its_own_size():
    assert set(layouts()) >= {"picture-above-words", "words-on-picture", "words-alone"}
    assert pdf(compose(design(), SIZES["a4"]), title="Hate has no place", about={}).startswith(b"%PDF-")
