"""Pictures of every kind are drawn, with what matters in sight; files that are made to hurt are refused."""

import re
import struct
import zlib
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from campaigns.artwork import SIZES, ArtworkError, apart, check, compose, pdf
from campaigns.artwork.boxes import Box
from campaigns.artwork.cropping import crop
from campaigns.artwork.pictures import cropped
from core.making import apart as processes
from tests.campaigns.artwork.designs import design, picture, saved

pytestmark = pytest.mark.alike

FIELD, FIGURE = (30, 120, 60), (220, 60, 40)
part = st.floats(0, 1)


def scene(mode="RGB", size=(120, 80)):
    """Return a green field with a red square at the top left."""
    made = Image.new("RGB", size, FIELD)
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=FIGURE)
    return made.convert(mode)


def near(colour, other):
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


@pytest.mark.parametrize(
    "file",
    [
        saved(scene(), "JPEG", quality=95),
        saved(scene(), "PNG"),
        saved(scene(), "WEBP", lossless=True),
        saved(scene("CMYK"), "JPEG", quality=95),
        saved(scene("P"), "PNG"),
        saved(scene("RGBA"), "PNG"),
        saved(scene(), "WEBP", save_all=True, append_images=[Image.new("RGB", (120, 80))], lossless=True),
        saved(scene(), "PNG", save_all=True, append_images=[Image.new("RGB", (120, 80))]),
        saved(scene(), "PNG", icc_profile=b"no profile of colours"),
    ],
    ids=["jpeg", "png", "webp", "cmyk", "palette", "transparency", "animated webp", "animated png", "broken profile"],
)
def test_every_kind_of_picture_is_drawn_in_its_colours(file):
    made = cropped(file, 60, 40)
    assert (made.mode, made.size) == ("RGB", (60, 40))
    assert near(made.getpixel((2, 2)), FIGURE)
    assert near(made.getpixel((50, 30)), FIELD)


def test_sixteen_bits_become_eight_and_what_is_clear_becomes_white():
    grey = Image.new("I;16", (8, 8), 0x8000)
    assert near(cropped(saved(grey, "PNG"), 4, 4).getpixel((1, 1)), (128, 128, 128))
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert cropped(saved(clear, "PNG"), 4, 4).getpixel((1, 1)) == (255, 255, 255)


def test_a_picture_is_drawn_the_way_up_that_its_camera_noted():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right, so the square comes to stand at the top right
    made = cropped(saved(scene(), "JPEG", quality=95, exif=exif), 40, 60)
    assert near(made.getpixel((37, 3)), FIGURE)
    assert near(made.getpixel((3, 3)), FIELD)


def test_a_picture_of_many_pixels_is_halved_as_it_is_read(monkeypatch):
    monkeypatch.setattr("campaigns.artwork.pictures.KEPT", 5_000)
    for file in (saved(scene(), "PNG"), saved(scene(), "JPEG", quality=95), saved(scene("RGBA"), "PNG")):
        made = cropped(file, 60, 40)
        assert near(made.getpixel((2, 2)), FIGURE)
        assert near(made.getpixel((50, 30)), FIELD)


@given(
    st.tuples(st.integers(1, 4000), st.integers(1, 4000)), st.floats(0.3, 3), st.tuples(part, part, part, part), part
)
def test_the_focus_stays_in_sight_wherever_the_proportions_allow(size, ratio, place, aim):
    (width, height), (x, y, wide, high) = size, place
    focus = (x * (1 - wide), y * (1 - high), wide, high)
    box, at = crop(width, height, focus, ratio, aim), Box(*focus)
    slack = 1e-6 * max(width, height)
    assert -slack <= box.x <= box.right <= width + slack
    assert -slack <= box.y <= box.bottom <= height + slack
    assert box.width / box.height == pytest.approx(ratio)
    if at.width * width <= box.width:
        assert box.x <= at.x * width + slack
        assert at.right * width <= box.right + slack
    if at.height * height <= box.height:
        assert box.y <= at.y * height + slack
        assert at.bottom * height <= box.bottom + slack


def test_what_matters_stands_above_the_words_that_lie_on_the_picture():
    tall = Image.new("RGB", (300, 900), FIELD)
    ImageDraw.Draw(tall).rectangle((100, 400, 200, 460), fill=FIGURE)
    composition = compose(
        design(text="", action="", picture=saved(tall), focus=(100 / 300, 400 / 900, 100 / 300, 60 / 900)),
        SIZES["square"],
    )
    pixels, top = composition.picture.pixels, min(words.box.y for words in composition.words)
    rows = [y for y in range(pixels.height) if near(pixels.getpixel((540, y)), FIGURE)]
    assert 200 <= len(rows) <= 230
    assert rows[-1] < top


def bomb(width, height):
    """Return a PNG that says it has so many pixels, in a hundred bytes."""
    plain = saved(Image.new("L", (1, 1)), "PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + plain[24:29]
    return plain[:12] + header + struct.pack(">I", zlib.crc32(header)) + plain[33:]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (bomb(20_000, 10_000), "This picture has more than 40 million pixels; save it smaller and choose that."),
        (bomb(10_000, 10_000), "This picture has more than 40 million pixels; save it smaller and choose that."),
        (bomb(8_000, 5_001), "This picture has more than 40 million pixels; save it smaller and choose that."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "This file is no picture that can be drawn; save it as JPEG or PNG and choose that.",
        ),
        (
            saved(Image.new("P", (4, 4)), "GIF"),
            "This file is no picture that can be drawn; save it as JPEG or PNG and choose that.",
        ),
        (b"", "This file is no picture that can be drawn; save it as JPEG or PNG and choose that."),
        (saved(scene(), "JPEG")[:400], "This picture is damaged; save it again and choose the new file."),
        (saved(scene(), "PNG")[:150], "This picture is damaged; save it again and choose the new file."),
        (bomb(6_000, 5_000), "This picture is damaged; save it again and choose the new file."),
    ],
    ids=["200 million", "100 million", "40 million", "svg", "gif", "empty", "half a jpeg", "half a png", "lying png"],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(file, sentence):
    with pytest.raises(ArtworkError) as refused:
        compose(design(picture=file), SIZES["square"])
    assert (str(refused.value), refused.value.field) == (sentence, "picture")
    assert [str(error) for error in check(design(picture=file))] == [sentence]


def test_a_damaged_picture_is_refused_after_a_pdf_was_made_too():
    pdf(compose(design(layout="words-alone"), SIZES["square"]), title="A square", about={})
    with pytest.raises(ArtworkError, match="damaged"):
        cropped(saved(scene(), "PNG")[:150], 4, 4)


def most_transparent():
    """Return a PNG of as many pixels as are drawn, each with an opacity."""
    return saved(Image.linear_gradient("L").resize((7990, 5000)).convert("RGBA"), "PNG", compress_level=1)


@pytest.mark.parametrize("file", [lambda: picture(6000, 4000), most_transparent], ids=["photograph", "most pixels"])
def test_a_process_that_draws_the_a3_stays_under_four_hundred_megabytes(file, monkeypatch):
    seen = []
    memory = processes.memory

    def looked(process):
        if psutil.LINUX and (found := re.search(r"VmHWM:\s+(\d+)", status_of(process))):
            seen.append(int(found[1]) * 1024)
        return memory(process)

    monkeypatch.setattr(processes, "memory", looked)
    ordered = design("ur", picture=file())
    for drawn in apart.drawn_apart(ordered, [("a3", "png"), ("a3", "pdf")], about={"Title": "A3"}, alive=lambda: None):
        assert drawn.stat().st_size > 0
    assert not psutil.LINUX or 200_000_000 < max(seen) < 400_000_000


def status_of(process):
    """Return what Linux tells of a process; nothing once it ended."""
    try:
        return Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return ""
