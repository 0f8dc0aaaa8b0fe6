"""A poster's PDF: the same words on the same spots, as text, in the order in which they are read."""

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from campaigns.artwork import SIZES, compose, pdf
from campaigns.artwork.lines import tidy
from tests.campaigns.artwork import pages
from tests.campaigns.artwork.designs import WORDS, design, saved
from tests.campaigns.artwork.oracle import shaped

pytestmark = pytest.mark.alike

ABOUT = {"Campaign": "stand-up", "Artwork": "poster", "Language": "en", "Version": "3", "Credit": "A. Khan"}
PAPER = {"a4": [0, 0, 210, 297], "a3": [0, 0, 297, 420]}  # millimetres
A3_ALWAYS = ("en", "ur")  # the rest of them takes a minute
EVERY = [
    *((language, "a4") for language in WORDS),
    *(pytest.param((language, "a3"), marks=[] if language in A3_ALWAYS else pytest.mark.long) for language in WORDS),
]


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def composition(request):
    language, size = request.param
    return compose(design(language), SIZES[size])


@pytest.fixture(scope="module")
def language(composition):
    return composition.language


@pytest.fixture(scope="module")
def sheet(composition):
    return pages.opened(pdf(composition, title="Hate has no place", about=ABOUT))


def test_glyphs_and_their_order_are_those_of_harfbuzz_on_the_spots_of_the_picture(composition, sheet):
    shown = iter(pages.runs(sheet))
    points = 72 / composition.size.dpi
    for words in composition.words:
        for number, line in enumerate(words.lines, 1):
            for place, placed in enumerate(line.runs, 1):
                run = placed.run
                text = run.text + " " * (place == len(line.runs) and number < len(words.lines))
                found = next(shown)
                assert found.said == text
                if not text.strip():  # a space between two faces is not drawn
                    continue
                assert found.font.endswith(f"+{run.face.family.replace(' ', '-')}") or run.face.package in found.font
                expected = shaped(text, run.face, words.letters, run.direction, words.setting.language)
                assert found.glyphs == expected.glyphs
                start = placed.x
                if run.level % 2 and text != run.text:
                    start -= shaped(" ", run.face, words.letters, "rtl", words.setting.language).advance / 64
                assert found.x * 0.75 == pytest.approx(start * points, abs=0.3)
                assert found.y * 0.75 == pytest.approx(line.baseline * points, abs=0.3)
    assert next(shown, None) is None


def test_words_are_read_in_order_with_their_language_and_what_is_seen_has_words(language, composition, sheet):
    words = {role: tidy(text).replace("\n", " ") for role, text in WORDS[language].items()}
    assert pages.structure(sheet) == [
        ("Figure", "Two neighbours at a market stall"),
        ("H1", words["headline"]),
        ("P", words["text"]),
        ("P", words["action"]),
        ("P", words["council"]),
        ("P", "groundswell.example.org/go/k7m2p"),
        ("Figure", "QR: groundswell.example.org/go/k7m2p"),
    ]
    assert sheet.Root.Lang == language
    assert sheet.Root.MarkInfo.Marked
    assert sheet.docinfo.Title == "Hate has no place"
    assert sheet.docinfo.Subject == composition.alternative
    assert sheet.docinfo.Keywords == ", ".join(f"{name}: {value}" for name, value in ABOUT.items())
    assert sheet.docinfo.Author == composition.council
    with sheet.open_metadata() as told:
        assert told["dc:rights"] == "A. Khan"
        assert told["dc:identifier"] == "stand-up/poster/en/3"
        assert told["dc:language"] == {language}
    [only] = sheet.pages
    assert [round(float(side) / 72 * 25.4) for side in only.MediaBox] == PAPER[composition.size.key]


def test_every_font_is_embedded(sheet):
    fonts = sheet.pages[0].Resources.Font
    for font in fonts.values():
        [descendant] = font.DescendantFonts
        assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor


@pytest.mark.parametrize("dpi", [72, 96, 150, 200])
def test_the_scrim_comes_up_without_a_line_across_the_sheet(dpi):
    white = saved(Image.new("RGB", (900, 600), "white"))
    made = pdf(compose(design(picture=white), SIZES["a4"]), title="Hate has no place", about=ABOUT)
    with pypdfium2.PdfDocument(made) as file:
        drawn = file[0].render(scale=dpi / 72).to_pil().convert("L")
    margin = np.asarray(drawn, dtype=int)[:-2, dpi // 4]  # down the sheet, beside all words
    assert margin[0] - margin[-1] > 50
    assert np.diff(margin).max() <= 1
    assert np.diff(margin).min() >= -4
