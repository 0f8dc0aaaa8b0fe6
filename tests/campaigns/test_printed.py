"""Codes and labels of placements: a scanner reads its short address from each, and people read it beside."""

import re
import zlib
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from campaigns.models import Campaign, Placement
from campaigns.printed import KINDS, SHEETS, labels_pdf, picture_of
from campaigns.printed.codes import lines_of
from tests.campaigns.scanning import SCANNED_AT, pages_of, printed, read, scanned
from tests.factories.campaigns import make_live_page
from tests.factories.placements import make_placement

CODES = ["bus", "bus-42", "2026-10-10", "batley-library-noticeboard", "community-centre-noticeboard-in-batley-1"]
SITES = ["https://x.uk", "http://localhost:8000", "https://hate-crime-awareness.kirklees.gov.uk"]
ADDRESSES = list(zip(CODES, [*SITES, SITES[0], SITES[2]], strict=True))


def placement(code="bus-42", **fields):
    return Placement(code=code, campaign=Campaign(title="No place for hate"), **fields)


@pytest.mark.alike
@pytest.mark.zbar
@pytest.mark.parametrize(("code", "site"), ADDRESSES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_read_after_a_scan_at_200_dots_to_the_inch(settings, kind, code, site):
    settings.SITE_URL = site
    file = picture_of(placement(code), kind)
    assert read(scanned(printed(file, kind))) == [f"{site}/go/{code}/"]


@pytest.mark.alike
@pytest.mark.zbar
@pytest.mark.parametrize("turned", [-7, 0, 90, 183])
def test_a_code_printed_two_centimetres_wide_is_read_whichever_way_it_lies(settings, turned):
    settings.SITE_URL = SITES[2]
    picture = Image.open(BytesIO(picture_of(placement(CODES[3]), "png")))
    width = round(2 / 2.54 * SCANNED_AT)
    small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.BILINEAR)
    assert read(scanned(small, turned=turned, blur=0.5)) == [f"{SITES[2]}/go/{CODES[3]}/"]


@pytest.mark.alike
@pytest.mark.zbar
def test_a_code_with_a_corner_torn_off_is_read_still(settings):
    settings.SITE_URL = SITES[0]
    card = printed(picture_of(placement(), "png"), "png")
    corner = card.width * 0.28
    torn = [(card.width, card.width), (card.width - corner, card.width), (card.width, card.width - corner)]
    ImageDraw.Draw(card).polygon(torn, fill=255)
    assert read(scanned(card)) == ["https://x.uk/go/bus-42/"]


@pytest.mark.alike
@pytest.mark.zbar
def test_the_scan_spoils_what_is_too_small_to_read(settings):
    settings.SITE_URL = SITES[2]
    card = Image.open(BytesIO(picture_of(placement(), "png"))).resize((60, 65))
    assert read(scanned(card)) == []


@pytest.mark.alike
@pytest.mark.parametrize(("code", "site"), ADDRESSES)
def test_around_each_code_stay_four_modules_of_white(settings, site, code):
    settings.SITE_URL = site
    card = Image.open(BytesIO(picture_of(placement(code), "png")))
    dark = card.crop((0, 0, card.width, card.width)).point(lambda dot: 255 - dot).getbbox()
    module = dark[0] / 4
    assert module == int(module) >= 10
    assert dark == (4 * module, 4 * module, card.width - 4 * module, card.width - 4 * module)
    assert card.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.alike
def test_the_address_stands_in_words_in_every_kind(settings):
    settings.SITE_URL = SITES[1]
    drawing = picture_of(placement(), "svg").decode()
    assert re.findall(r"<text[^>]*>([^<]*)</text>", drawing) == ["localhost:8000/go/bus-42"]
    assert "<title>QR code that leads to localhost:8000/go/bus-42</title>" in drawing
    assert words_of(picture_of(placement(), "pdf")) == "localhost:8000/go/bus-42"
    card = Image.open(BytesIO(picture_of(placement(), "png")))
    below = card.crop((0, card.width, card.width, card.height)).point(lambda dot: 255 - dot)
    assert below.getbbox()[2] - below.getbbox()[0] > card.width / 2


def words_of(file):
    with pypdfium2.PdfDocument(file) as document:
        return " ".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.alike
def test_a_long_address_breaks_before_the_short_link_and_nowhere_else(settings):
    settings.SITE_URL = SITES[2]
    assert lines_of(placement("bus-42")) == ["hate-crime-awareness.kirklees.gov.uk", "/go/bus-42"]
    drawing = picture_of(placement(CODES[4]), "svg").decode()
    width = float(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    size = float(re.search(r'font-size="([\d.]+)"', drawing)[1])
    assert size * 0.62 * len("/go/" + CODES[4]) <= width


@pytest.mark.alike
def test_words_of_an_address_are_no_markup(settings):
    settings.SITE_URL = "https://x.uk"
    assert b"<script" not in picture_of(placement("<script>"), "svg")


@pytest.mark.alike
def test_a_picture_of_a_code_says_what_it_is_to_who_does_not_see_it(settings):
    settings.SITE_URL = SITES[0]
    file = picture_of(placement(), "pdf")
    packed = [found for found in re.findall(rb"stream\r?\n(.*?)endstream", file, re.DOTALL) if found[:1] == b"x"]
    assert b"/Alt (QR code that leads to x.uk/go/bus-42)" in file + b"".join(map(zlib.decompress, packed))


def labels_on(sheet, labels):
    """Return the labels of a sheet, cut out where the stationer cut them."""
    height = {21: 38.1, 24: 33.9}[labels] * sheet.height / 297
    down = labels // 3
    top = (sheet.height - down * height) / 2
    for row in range(down):
        for column in range(3):
            left, upper = column * sheet.width / 3, top + row * height
            yield sheet.crop(tuple(map(round, (left, upper, left + sheet.width / 3, upper + height))))


@pytest.mark.zbar
@pytest.mark.django_db
@pytest.mark.parametrize(("code", "site"), [ADDRESSES[0], ADDRESSES[4]])
@pytest.mark.parametrize("labels", SHEETS)
def test_every_label_of_a_sheet_is_read_after_the_same_scan(settings, campaign_index, labels, code, site):
    settings.SITE_URL = site
    make_live_page()
    [sheet] = pages_of(labels_pdf(make_placement(code), labels))
    found = [read(scanned(label)) for label in labels_on(sheet, labels)]
    assert found == [[f"{site}/go/{code}/"]] * labels


@pytest.mark.django_db
@pytest.mark.parametrize("labels", SHEETS)
def test_every_label_has_the_whole_address_in_words_however_long_the_title(settings, campaign_index, labels):
    settings.SITE_URL = SITES[2]
    make_live_page(title="Everybody in every street of every town knows where to turn and whom to ask ")
    file = labels_pdf(make_placement(CODES[4]), labels)
    # What ends a line with its hyphen is read as a break of a word.
    assert words_of(file).replace("\x02", "-").count(f"hate-crime-awareness.kirklees.gov.uk/go/{CODES[4]}") == labels


@pytest.mark.django_db
def test_the_words_of_a_label_are_in_the_language_that_it_leads_to(settings, campaign_index):
    make_live_page(title="No place")
    file = labels_pdf(make_placement(language="pl"), 24)
    assert words_of(file).count("Zeskanujkodlubwpisz:") == 24
    assert words_of(file).count("Noplace") == 24
