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


def test_a_png_tells_other_programs_whose_it_is_and_what_it_is_traced_by():
    about = {
        "Title": "Poster", "Campaign": "stand-up", "Artwork": "poster", "Version": "3", "Language": "ur",
        "Credit": "A. Khan", "Licence": "Creative Commons Attribution (CC BY)",
    }  # fmt: skip
    composition = compose(design("ur"), SIZES["square"])
    made = Image.open(BytesIO(png(composition, about=about)))
    assert made.info["Copyright"] == "A. Khan. Creative Commons Attribution (CC BY)"
    assert made.info["Author"] == design("ur").council
    [told] = made.getxmp()["xmpmeta"]["RDF"].values()
    assert told["rights"]["Alt"]["li"]["text"] == made.info["Copyright"]
    assert told["identifier"] == "stand-up/poster/ur/3"
    assert told["title"]["Alt"]["li"]["text"] == "Poster"
    assert told["creator"]["Seq"]["li"] == made.info["Author"]
    assert told["language"]["Bag"]["li"] == "ur"
    assert {(said["lang"], said["text"]) for said in told["description"]["Alt"]["li"]} == {
        ("x-default", composition.alternative), ("ur", composition.alternative)
    }  # fmt: skip


def test_a_preview_has_the_width_that_was_asked_for():
    for key, size in SIZES.items():
        seen = Image.open(BytesIO(preview(design(), key, width=240)))
        assert seen.size == (240, round(240 * size.height / size.width))


def test_a_poster_is_a_pdf_of_its_own_size():
    assert set(layouts()) >= {"picture-above-words", "words-on-picture", "words-alone"}
    assert pdf(compose(design(), SIZES["a4"]), title="Hate has no place", about={}).startswith(b"%PDF-")
