"""A picture's bytes made into the pixels that a layout shows of it, guarded against files that are made to hurt.

An A3 has 17 million pixels, so nothing here holds a second copy of a large picture: a worker has 400 MB.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from campaigns.artwork.boxes import Box
from campaigns.artwork.cropping import crop
from campaigns.artwork.errors import ArtworkError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST = 40_000_000  # pixels: more than any size of ours can show
KEPT = 25_000_000  # pixels in memory; a picture with more is halved as it is read
BAND = 128  # rows worked on in one go
WHITE = (255, 255, 255)
Recolour = Callable[[Image.Image], Image.Image]
LYING = 5  # from this of EXIF's orientations on, width and height are each other's
AS_THEY_ARE = ("RGB", "CMYK")  # what is resized without being converted first


def cropped(data: bytes, width: int, height: int, part: Box | None = None) -> Image.Image:
    """Return a ``part`` of a picture (in fractions, else its middle) in ``width`` by ``height`` pixels, in sRGB.

    Of an animated one it is the first frame; what is clear becomes white.

    Raises:
        ArtworkError: it is no picture, damaged, or has too many pixels.
    """
    whole, profile = _read(data, width, height)
    if part:
        box = Box(part.x * whole.width, part.y * whole.height, part.width * whole.width, part.height * whole.height)
    else:
        box = crop(whole.width, whole.height, None, width / height)
    return _resized(whole, box, width, height, _to_srgb(profile, whole.mode))


def size_of(data: bytes) -> tuple[int, int]:
    """Return how many pixels a picture is wide and high, the right way up; none of them is read.

    Raises:
        ArtworkError: it is no picture, or has too many pixels.
    """
    with _opened(data) as picture:
        is_lying = picture.getexif().get(ExifTags.Base.Orientation, 1) >= LYING
        return picture.size[::-1] if is_lying else picture.size


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
        below = min(box.y + (top + rows) * row, whole.height)
        corners = (box.x, min(box.y + top * row, below), min(box.right, whole.width), below)
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
