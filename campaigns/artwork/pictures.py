"""A picture's bytes made into the pixels that a layout shows of it, guarded against files that are made to hurt.

An A3 has 17 million pixels, so nothing here holds a second copy of a large picture: a worker has 400 MB.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from campaigns.artwork.boxes import Box
from campaigns.artwork.designs import Fractions
from campaigns.artwork.errors import ArtworkError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST = 40_000_000  # pixels: more than any size of ours can show
KEPT = 25_000_000  # pixels in memory; a picture with more is halved as it is read
BAND = 128  # rows worked on in one go
WHITE = (255, 255, 255)
Recolour = Callable[[Image.Image], Image.Image]
AS_THEY_ARE = ("RGB", "CMYK")  # what is resized without being converted first


def cropped(data: bytes, focus: Fractions | None, width: int, height: int, *, aim: float = 0.5) -> Image.Image:
    """Return the part of a picture that fills ``width`` by ``height`` pixels with its focus in it, in sRGB.

    :func:`crop` says what of it stays in sight. Of an animated one it is the first frame; what is clear becomes white.

    Raises:
        ArtworkError: it is no picture, damaged, or has too many pixels.
    """
    whole, profile = _read(data, width, height)
    box = crop(whole.width, whole.height, focus, width / height, aim)
    return _resized(whole, box, width, height, _to_srgb(profile, whole.mode))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                _refuse_too_many(picture)
                yield picture
    except UnidentifiedImageError as error:
        raise ArtworkError(
            "This file is no picture that can be drawn; save it as JPEG or PNG and choose that.", field="picture"
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ArtworkError(
            f"This picture has more than {MOST // 1_000_000} million pixels; save it smaller and choose that.",
            field="picture",
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ArtworkError(
            "This picture is damaged; save it again and choose the new file.", field="picture"
        ) from error


def _refuse_too_many(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST:
        raise Image.DecompressionBombError


def _read(data: bytes, width: int, height: int) -> tuple[Image.Image, bytes | None]:
    """Return a whole picture, the right way up, and its profile of colours."""
    with _opened(data) as picture:
        return _whole(picture, width, height), picture.info.get("icc_profile")


def _whole(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Read a picture no larger than memory allows, and a JPEG no finer than it will be shown."""
    turned = picture.getexif().get(ExifTags.Base.Orientation, 1) > 1
    copied = turned or picture.mode not in AS_THEY_ARE or picture.has_transparency_data
    kept = KEPT // 2 if copied else KEPT
    least = (height, width) if turned else (width, height)
    if picture.width * picture.height > kept:
        least = (min(least[0], picture.width // 2), min(least[1], picture.height // 2))
    picture.draft("RGB", least)
    picture.load()
    whole = _halved(picture) if picture.width * picture.height > kept else _flat(picture)
    ImageOps.exif_transpose(whole, in_place=True)
    return whole


def _halved(picture: Image.Image) -> Image.Image:
    """Return a picture half as wide and half as high."""
    width, height = picture.width // 2, picture.height // 2
    bands = (
        (top, _flat(picture.crop((0, 2 * top, 2 * width, 2 * min(top + BAND, height)))).reduce(2))
        for top in range(0, height, BAND)
    )
    top, band = next(bands)
    small = Image.new(band.mode, (width, height))
    small.paste(band, (0, top))
    for top, band in bands:
        small.paste(band, (0, top))
    small.info = picture.info
    return small


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB, or CMYK as it is, on white where it is transparent."""
    if picture.mode in AS_THEY_ARE and not picture.has_transparency_data:
        return picture
    if picture.mode.startswith("I"):  # 16 bits a channel, of which screens and presses show eight
        return picture.convert("I").point(lambda value: value / 257).convert("L").convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, WHITE)
    ground.paste(clear, mask=clear)
    ground.info = picture.info
    return ground


def _resized(whole: Image.Image, box: Box, width: int, height: int, in_srgb: Recolour) -> Image.Image:
    """Return what is in ``box`` at another size, in bands: done at once, it takes the memory twice."""
    made = Image.new("RGB", (width, height))
    row = box.height / height
    for top in range(0, height, BAND):
        rows = min(BAND, height - top)
        corners = (box.x, box.y + top * row, box.right, min(box.y + (top + rows) * row, whole.height))
        made.paste(in_srgb(whole.resize((width, rows), Image.Resampling.BICUBIC, box=corners)), (0, top))
    return made


def _to_srgb(profile: bytes | None, mode: str) -> Recolour:
    """Return what makes a picture in ``mode`` one in sRGB, by the profile of colours that came with it."""
    if profile:
        try:
            transform = ImageCms.buildTransform(BytesIO(profile), ImageCms.createProfile("sRGB"), mode, "RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken, or of other channels than the picture: its numbers as they are
        else:
            return transform.apply
    return lambda band: band if band.mode == "RGB" else band.convert("RGB")


def crop(width: int, height: int, focus: Fractions | None, ratio: float, aim: float = 0.5) -> Box:
    """Return the largest box with the proportions ``ratio`` (width by height) around the focus, in pixels.

    The middle of the focus stands in the middle of the box and, from its top, at the share ``aim`` of its height, or as
    near to that as the edges allow. The focus lies inside wherever it is no wider and no higher than the box.
    """
    wide, high = min(width, height * ratio), min(height, width / ratio)
    if focus is None:
        return Box((width - wide) / 2, (height - high) / 2, wide, high)
    left, top, across, down = focus
    return Box(
        _start(width, wide, left * width, across * width, 0.5),
        _start(height, high, top * height, down * height, aim),
        wide,
        high,
    )


def _start(whole: float, shown: float, start: float, length: float, aim: float) -> float:
    """Return where ``shown`` of ``whole`` begins, so that a stretch of it lies at ``aim`` and inside."""
    found = start + length / 2 - shown * aim
    if length <= shown:
        found = min(max(found, start + length - shown), start)
    return min(max(found, 0), whole - shown)
