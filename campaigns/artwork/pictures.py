"""A picture's bytes made into the pixels that a layout shows of it, guarded against files that are made to hurt."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from campaigns.artwork.boxes import Box
from campaigns.artwork.designs import Fractions
from campaigns.artwork.errors import ArtworkError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
MOST = 40_000_000  # pixels: what a poster can show is less than half of it
KEPT = 24_000_000  # pixels held in memory; larger pictures are halved as they are read
WHITE = (255, 255, 255)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """Open a picture's header, if it is one that may be drawn.

    Raises:
        ArtworkError: it is no picture, damaged, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST:
                    raise _too_large(picture.width * picture.height)
                yield picture
    except UnidentifiedImageError as error:
        raise ArtworkError(
            "This file is no picture that can be drawn; save it as JPEG or PNG and choose that.", field="picture"
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large(0) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ArtworkError(
            "This picture is damaged; save it again and choose the new file.", field="picture"
        ) from error


def _too_large(pixels: int) -> ArtworkError:
    has = f"has {pixels / 1e6:.0f} million pixels" if pixels else "has far too many pixels"
    return ArtworkError(
        f"This picture {has}, and {MOST / 1e6:.0f} million are the most; save it smaller and choose that.",
        field="picture",
    )


def cropped(data: bytes, focus: Fractions | None, width: int, height: int) -> Image.Image:
    """Return the part of a picture that fills ``width`` by ``height`` pixels with its focus in it, in RGB.

    Raises:
        ArtworkError: it is no picture, damaged, or has too many pixels.
    """
    with opened(data) as picture:
        picture.draft("RGB", (width, height))
        if picture.width * picture.height > KEPT:
            picture.draft("RGB", (picture.width // 2, picture.height // 2))
        whole = ImageOps.exif_transpose(_in_rgb(picture))
        box = crop(whole.width, whole.height, focus, width / height)
        return whole.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _in_rgb(picture: Image.Image) -> Image.Image:
    """Return the first frame in RGB, on white where it is transparent."""
    picture.load()
    if picture.mode.startswith("I"):  # 16 bits a channel, of which screens and presses show eight
        return picture.point(lambda value: value / 257, "L").convert("RGB")
    if picture.has_transparency_data:
        ground = Image.new("RGB", picture.size, WHITE)
        clear = picture.convert("RGBA")
        ground.paste(clear, mask=clear)
        ground.info = {"exif": picture.info.get("exif", b"")}
        return ground
    return picture.convert("RGB")


def crop(width: int, height: int, focus: Fractions | None, ratio: float) -> tuple[float, float, float, float]:
    """Return the largest box with the proportions ``ratio`` (width by height) around the focus, as corners in pixels.

    The middle of the box is as near to the middle of the focus as the edges allow; so the focus lies inside wherever
    it is no wider and no higher than the box.
    """
    wide, high = min(width, height * ratio), min(height, width / ratio)
    at = Box(*focus) if focus else Box(0, 0, 1, 1)
    left = min(max((at.x + at.width / 2) * width - wide / 2, 0), width - wide)
    top = min(max((at.y + at.height / 2) * height - high / 2, 0), height - high)
    return left, top, left + wide, top + high
