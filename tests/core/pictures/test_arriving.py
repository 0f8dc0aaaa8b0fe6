"""What comes as a picture: refused in a sentence, or kept without what it hides, pixel for pixel where that can be."""

import resource
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, ImageChops, ImageCms, PngImagePlugin
from PIL import Image as Canvas
from PIL.Image import Exif

from core.models import Image
from core.pictures.arriving import arrive
from tests.factories.pictures import RECORD, png

pytestmark = pytest.mark.django_db


def saved(kind: str, mode: str = "RGB", **how) -> bytes:
    """Return a picture in which every pixel differs from its neighbours, so that a turn is seen."""
    whole = BytesIO()
    shades = Canvas.linear_gradient("L").resize((48, 32))
    canvas = Canvas.merge("RGB", (shades, shades.transpose(Canvas.Transpose.FLIP_TOP_BOTTOM), shades)).convert(mode)
    canvas.save(whole, kind, **how)
    return whole.getvalue()


def exif(*, orientation: int = 1, place: bool = True) -> bytes:
    told = Exif()
    told[ExifTags.Base.Make], told[ExifTags.Base.Orientation] = "A camera", orientation
    if place:
        told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (53.0, 38.0, 42.0)
    return told.tobytes()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *more: bytes, depth: int = 1, colour: int = 0, body: bytes = b"\0" * 1000) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    inner = [chunk(b"IHDR", header), *more, chunk(b"IDAT", zlib.compress(body)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(inner)


def moving(kind: str) -> bytes:
    whole = BytesIO()
    frames = [Canvas.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(whole, kind, save_all=True, append_images=frames[1:], duration=100)
    return whole.getvalue()


def inks() -> bytes:
    """Return the smallest profile of printing colours: between paper and each full ink, straight lines in L*a*b*."""
    table = b"".join(
        bytes([round(255 * (1 - black) * (1 - (cyan + magenta + yellow) / 4)), 128, 128])
        for cyan in (0, 1)
        for magenta in (0, 1)
        for yellow in (0, 1)
        for black in (0, 1)
    )
    straight = bytes(range(256))
    one = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + one + straight * 4 + table + straight * 3
    light = struct.pack(">3i", 63190, 65536, 54061)
    head = b"\0" * 4 + bytes([2, 64, 0, 0]) + b"prtrCMYKLab " + b"\0" * 12 + b"acsp" + b"\0" * 28 + light + b"\0" * 48
    tags = struct.pack(">I4sII", 1, b"A2B0", 144, len(lut))
    return struct.pack(">I", 144 + len(lut)) + head + tags + lut


MUCH = zlib.compress(b"\0" * 80_000_000, 9)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "200 megapixels": ("a.png", png_of(20_000, 10_000), "more than 40 million pixels. Make it smaller"),
    "a bomb": ("a.png", png_of(60_000, 60_000), "more than 40 million pixels. Make it smaller"),
    "a bomb in words": (
        "a.png",
        png_of(8, 8, chunk(b"zTXt", b"a\0\0" + MUCH)),
        "cannot be read. Open it in the program",
    ),
    "a bomb in colours": ("a.png", png_of(8, 8, chunk(b"iCCP", b"a\0\0" + MUCH)), "cannot be read. Open it in the"),
    "too many bytes": ("a.png", png() + b"\0" * 16_000_000, "larger than 15 MB. Make the picture smaller"),
    "an SVG": ("a.svg", SVG, "can hold a program, so it is not taken. Export it as a PNG"),
    "an SVG named .png": ("a.png", SVG, "is an SVG. Export it as a PNG"),
    "printing colours of nobody knows which inks": ("a.jpg", saved("JPEG", "CMYK"), "Save it in RGB and choose that."),
    "a moving PNG": ("a.png", moving("PNG"), "Save one frame of it"),
    "a moving WebP": ("a.webp", moving("WEBP"), "Save one frame of it"),
    "a GIF": ("a.gif", moving("GIF"), "Pictures are JPG, PNG or WebP files"),
    "a PNG named .jpg": ("a.jpg", png(), "is a PNG. Name it .png and choose it again."),
    "half a JPEG": ("a.jpg", saved("JPEG")[:500], "cannot be read. Open it in the program"),
    "half a PNG": ("a.png", saved("PNG")[:-30], "cannot be read. Open it in the program"),
    "half a WebP": ("a.webp", saved("WEBP")[:-30], "cannot be read. Open it in the program"),
    "no picture": ("a.jpg", b"Hello", "cannot be read. Open it in the program"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), BAD.values(), ids=list(BAD))
def test_a_bad_file_is_refused_in_one_sentence_by_every_way_in(client, officer, name, content, sentence):
    client.force_login(officer)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = {"title": "A", **RECORD}

    alone = client.post(reverse("wagtailimages:add"), said | {"file": SimpleUploadedFile(name, content)})
    assert list(alone.context["form"].errors) == ["file"]
    (told,) = alone.context["form"].errors["file"]
    assert sentence in told

    several = {"title": "A", "files[]": SimpleUploadedFile(name, content)}
    answer = client.post(
        reverse("wagtailimages:add_multiple"), several, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    assert (answer["success"], answer["error_message"]) == (False, told)

    chosen = {f"image-chooser-upload-{key}": value for key, value in said.items()}
    chosen["image-chooser-upload-file"] = SimpleUploadedFile(name, content)
    answer = client.post(reverse("wagtailimages_chooser:create"), chosen).json()
    assert sentence in answer["htmlFragment"]

    assert not Image.objects.exists()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_picture_hides_is_taken_out_and_no_pixel_changes(kind):
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPSLatitude 53,38.7N</x:xmpmeta>")
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"pnginfo": words} if kind == "PNG" else {"comment": b"By Ann"} if kind == "JPEG" else {"lossless": True}
    sent = saved(kind, exif=exif(), icc_profile=colours, **more)
    arrived = arrive(f"a.{kind.lower()}", SimpleUploadedFile("a", sent + b"53 degrees north"))
    assert [done[:22] for done in arrived.done] == ["Location was removed o"]
    with Canvas.open(BytesIO(sent)) as before, Canvas.open(BytesIO(arrived.content)) as kept:
        assert ImageChops.difference(before.convert("RGB"), kept.convert("RGB")).getbbox() is None
        assert kept.info["icc_profile"] == colours
        assert not kept.getexif()
    for secret in (b"Exif", b"A camera", b"GPSLatitude", b"Ann", b"north"):
        assert secret not in arrived.content


def test_a_picture_that_lies_on_its_side_is_turned_upright():
    sent = saved("JPEG", exif=exif(orientation=6, place=False), quality=95)
    arrived = arrive("a.jpg", SimpleUploadedFile("a", sent))
    assert arrived.done[0].startswith("Data about camera and time was removed on ")
    assert arrived.done[1:] == ("It was turned upright.",)
    with Canvas.open(BytesIO(sent)) as before, Canvas.open(BytesIO(arrived.content)) as kept:
        assert kept.size == (32, 48)
        turned = before.convert("RGB").transpose(Canvas.Transpose.ROTATE_270)
        worst = ImageChops.difference(turned, kept.convert("RGB")).getextrema()
        assert max(high for _, high in worst) < 12


def test_a_phones_two_pictures_in_one_file_become_the_first():
    whole = BytesIO()
    Canvas.new("RGB", (8, 8), "red").save(
        whole, "MPO", save_all=True, append_images=[Canvas.new("RGB", (8, 8), "blue")]
    )
    arrived = arrive("a.jpg", SimpleUploadedFile("a", whole.getvalue()))
    with Canvas.open(BytesIO(arrived.content)) as kept:
        assert (kept.format, kept.getpixel((0, 0))[0] > 250) == ("JPEG", True)


def test_printing_colours_become_screen_colours_by_their_profile():
    whole = BytesIO()
    canvas = Canvas.new("CMYK", (16, 16), (0, 0, 0, 0))
    canvas.paste((0, 0, 0, 255), (0, 0, 8, 16))
    canvas.save(whole, "JPEG", icc_profile=inks(), quality=95)
    arrived = arrive("a.jpg", SimpleUploadedFile("a", whole.getvalue()))
    assert arrived.done == ("Its printing colours (CMYK) were turned into screen colours (sRGB).",)
    with Canvas.open(BytesIO(arrived.content)) as kept:
        assert (kept.mode, max(kept.getpixel((2, 8))) < 20, min(kept.getpixel((14, 8))) > 235) == ("RGB", True, True)


def test_16_bits_become_8_and_the_record_says_so(client, officer):
    grey = b"".join(b"\0" + struct.pack(">4H", *[0x8000 + row] * 4) for row in range(4))
    client.force_login(officer)
    sent = SimpleUploadedFile("a.png", png_of(4, 4, depth=16, body=grey))
    client.post(reverse("wagtailimages:add"), {"title": "A", "file": sent, **RECORD})
    kept = Image.objects.get()
    assert kept.changed_on_arrival == "It was reduced from 16 to 8 bits a colour."
    with kept.file.open() as file, Canvas.open(file) as read:
        assert (read.mode, read.getpixel((1, 1))) == ("L", 0x80)
