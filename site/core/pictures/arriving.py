"""What happens to a picture's file before it is kept: looked at, refused or put right, and freed of what it hides.

The head is read first; no pixel is before their number is known.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from PIL import ExifTags, ImageCms, ImageOps
from PIL import Image as Picture

from core.pictures.stripping import without_metadata

# Format by extension; a phone's JPEG with a second picture behind the first is an MPO to Pillow.
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MANY_PICTURES = "MPO"
QUALITY = 95  # of what has to be written anew
DEPTH_AT, SIXTEEN = 24, 16  # where a PNG's head says how many bits a colour has
UPRIGHT = 1

BROKEN = "This picture cannot be read. Open it in the program it was made with, save it again and choose it again."
# What Pillow raises at files that are broken or made to harm.
UNREADABLE = (OSError, SyntaxError, ValueError, IndexError, KeyError, ZeroDivisionError, OverflowError, EOFError)


@dataclass(frozen=True)
class Arrived:
    """A picture's file as it is kept, and a sentence for each thing that was done to it."""

    content: bytes
    done: tuple[str, ...]


def arrive(name: str, file: Any) -> Arrived:
    """Return what to keep of ``file``, which was named ``name``.

    Raises:
        ValidationError: we do not take it; the sentence says why, and what to do.
    """
    kind = _kind(name)
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024**2
        raise ValidationError(f"This file is larger than {most} MB. Make the picture smaller and choose it again.")
    file.seek(0)
    data = file.read()
    try:
        return _put_right(kind, name, data)
    except UNREADABLE as error:
        raise ValidationError(BROKEN, code="broken") from error


def _kind(name: str) -> str:
    extension = name.rpartition(".")[2].lower()
    if extension == "svg":
        raise ValidationError(
            "An SVG is a drawing that can hold a program, so it is not taken. Export it as a PNG and choose that.",
            code="svg",
        )
    if extension not in FORMATS:
        raise ValidationError(
            f"Pictures are JPG, PNG or WebP files, and this one is named .{extension[:10]}. Save it as one of them and "
            "choose that.",
            code="extension",
        )
    return FORMATS[extension]


def _put_right(kind: str, name: str, data: bytes) -> Arrived:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Picture.DecompressionBombWarning)  # our own ceiling is lower
        picture = _opened(name, kind, data)
    _refuse_many_pixels(picture.width * picture.height)
    if getattr(picture, "is_animated", False) and picture.format != MANY_PICTURES:
        raise ValidationError(
            "This picture moves, and pages show still ones. Save one frame of it as a file of its own and choose that.",
            code="animated",
        )
    hidden = _what_is_hidden(picture, data)
    content = without_metadata(kind, data)
    changed, done = _rewritten(kind, picture, content)
    return Arrived(changed or content, (*hidden, *done))


def _opened(name: str, kind: str, data: bytes) -> Picture.Image:
    try:
        picture = Picture.open(BytesIO(data), formats=sorted(set(FORMATS.values())))
    except Picture.UnidentifiedImageError:
        if b"<svg" not in data[:1000].lower():
            raise
        raise ValidationError(
            f"This file is named .{name.rpartition('.')[2].lower()} but is an SVG. Export it as a PNG and choose that.",
            code="svg",
        ) from None
    except Picture.DecompressionBombError:
        _refuse_many_pixels(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS + 1)
        raise
    if picture.format not in (kind, MANY_PICTURES):
        extension = name.rpartition(".")[2].lower()
        raise ValidationError(
            f"This file is named .{extension} but is a {picture.format}. Name it .{str(picture.format).lower()} and "
            "choose it again.",
            code="content",
        )
    return picture


def _refuse_many_pixels(pixels: int) -> None:
    largest: int = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if pixels > largest:
        raise ValidationError(
            f"This picture has more than {largest // 1_000_000} million pixels. Make it smaller and choose it again.",
            code="pixels",
        )


def _what_is_hidden(picture: Picture.Image, data: bytes) -> list[str]:
    """Return a sentence where the file says where, or by what, the picture was taken."""
    exif = picture.getexif()
    today = date_format(timezone.localdate(), "j F Y")
    if exif.get_ifd(ExifTags.IFD.GPSInfo) or b"GPSLatitude" in data:
        return [f"Location was removed on {today}."]
    return (
        [f"Data about camera and time was removed on {today}."] if exif or b"http://ns.adobe.com/xap/" in data else []
    )


def _rewritten(kind: str, picture: Picture.Image, content: bytes) -> tuple[bytes, list[str]]:
    """Return the file written anew, and why; empty where it stays as it is, once every pixel of it could be read."""
    turn = picture.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    is_turned, is_deep = turn not in (0, UPRIGHT), kind == "PNG" and content[DEPTH_AT] == SIXTEEN
    if not is_deep and not is_turned and picture.mode != "CMYK":
        picture.draft(picture.mode, (1, 1))  # a JPEG is then read to its end in little memory; others take no notice
        picture.load()
        return b"", []
    done, profile = [], picture.info.get("icc_profile")
    if is_turned:
        picture = ImageOps.exif_transpose(picture)
        done.append("It was turned upright.")
    if is_deep:
        picture = _in_8_bits(picture)
        done.append("It was reduced from 16 to 8 bits a colour.")
    if picture.mode == "CMYK":
        picture, profile = _in_screen_colours(picture, profile), None
        done.append("Its printing colours (CMYK) were turned into screen colours (sRGB).")
    whole = BytesIO()
    picture.save(whole, kind, quality=QUALITY, icc_profile=profile, exif=b"")
    return whole.getvalue(), done


def _in_screen_colours(picture: Picture.Image, profile: bytes | None) -> Picture.Image:
    """Return a picture in printing colours as screens show it, by the profile that says what its inks are."""
    if not profile:
        raise ValidationError(
            "This picture is in printing colours (CMYK) and does not say which inks. Save it in RGB and choose that.",
            code="cmyk",
        )
    try:
        inks, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(inks, screen, "CMYK", "RGB").apply(picture)
    except ImageCms.PyCMSError as error:
        raise ValueError(str(error)) from error


def _in_8_bits(picture: Picture.Image) -> Picture.Image:
    """Return a picture with a byte a colour. Pillow reads colours so already, and shades of grey as they are."""
    if picture.mode.startswith("I"):
        return picture.point(lambda shade: shade * (1 / 256)).convert("L")
    return picture
