"""The QR code of each size is read where it is printed, and its address stands beside it in words."""

from dataclasses import replace

import pytest
from PIL import Image

from campaigns.artwork import SIZES, ArtworkError, compose, layouts, paint, pdf
from tests.campaigns.artwork.designs import design
from tests.campaigns.scanning import SCANNED_AT, pages_of, read, scanned

pytestmark = pytest.mark.alike

ADDRESSES = (
    "https://x.uk/go/bus",
    "https://hate-crime-awareness.kirklees.gov.uk/go/community-centre-noticeboard-in-batley-1/",
)


def on_paper(picture, box, dots_to_the_inch):
    """Return the code and a finger's width around it as it lies on the scanner."""
    ratio = SCANNED_AT / dots_to_the_inch
    around = box.inside(-10)
    part = picture.crop(around.corners).convert("L")
    return part.resize((round(part.width * ratio), round(part.height * ratio)), Image.Resampling.BILINEAR)


@pytest.mark.zbar
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("layout", ["words-on-picture", "words-alone"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_code_of_every_size_is_read_after_a_scan_at_200_dots_to_the_inch(size, layout, address):
    composition = compose(design("ur", layout, address=address), size)
    paper = on_paper(paint(composition), composition.code.box, size.dpi)
    for turned, blur in ((2, 1.0), (183, 1.0), (-7, 1.3)):
        assert read(scanned(paper, turned=turned, blur=blur)) == [address]


@pytest.mark.zbar
@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_code_of_a_pdf_is_read_at_its_printed_size_too(size):
    composition = compose(design(layout="words-alone"), SIZES[size])
    [sheet] = pages_of(pdf(composition, title="A poster", about={}))
    box = composition.code.box.scaled(SCANNED_AT / 300)
    assert read(scanned(on_paper(sheet, box, SCANNED_AT))) == ["https://groundswell.example.org/go/k7m2p"]


def test_a_module_on_paper_is_half_a_millimetre_at_least():
    for address in ADDRESSES:
        for key in ("a4", "a3"):
            assert compose(design(address=address), SIZES[key]).code.module / 300 * 25.4 >= 0.5


def test_the_address_stands_in_words_and_no_words_touch_the_code():
    for language in ("en", "ur"):
        for layout in layouts():
            dark = replace(design(language, "words-alone"), layout=layout, picture=design().picture)
            if layout == "words-on-plain-picture":
                continue
            for size in SIZES.values():
                composition = compose(dark, size)
                code = composition.code.box
                assert "".join(line.text for line in composition.words[-1].lines) == dark.address_in_words
                for words in composition.words:
                    apart = words.box.right <= code.x or code.right <= words.box.x or words.box.bottom <= code.y
                    assert apart, (language, layout, size.key, words.role)


def test_a_design_without_an_address_has_no_code():
    assert compose(design(address="", address_in_words=""), SIZES["square"]).code is None


def test_an_address_that_no_scanner_would_read_is_refused():
    for length in (200, 2000):  # one that is a code of too many modules, and one that is none at all
        with pytest.raises(ArtworkError, match="use the placement's short address"):
            compose(design(address=f"https://x.uk/{'long/' * length}"), SIZES["open-graph"])
