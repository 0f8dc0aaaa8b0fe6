"""A design as a small picture within a second, and all that stands in its way in any size."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from campaigns.artwork import pictures
from campaigns.artwork.composing import arrange, layout_of, with_picture
from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.painting import paint
from campaigns.artwork.sizes import SIZES

LOOK = 480  # pixels of the shorter side in which a check looks at a picture


def preview(design: Design, size_key: str, width: int = 480) -> bytes:
    """Return ``design`` as a JPEG of so many pixels in width, laid out as the full size is.

    Raises:
        ArtworkError: it cannot be drawn in this size.
    """
    arranged = arrange(design, SIZES[size_key])
    made = BytesIO()
    small = arranged.scaled(width / arranged.size.width)
    paint(with_picture(small, design)).save(made, "JPEG", quality=85)
    return made.getvalue()


def check(design: Design) -> list[ArtworkError]:
    """Return everything that stops ``design`` in any of the sizes, each thing once."""
    found: dict[str, ArtworkError] = {}
    if design.picture is not None:
        with _noting(found):
            pictures.cropped(design.picture, LOOK, LOOK)
    for size in SIZES.values():
        with _noting(found):
            arranged, layout = arrange(design, size), layout_of(design)
            if layout.ground == "picture" and not layout.scrim:
                with_picture(arranged.scaled(LOOK / size.shorter), design)
    return list(found.values())


@contextmanager
def _noting(found: dict[str, ArtworkError]) -> Iterator[None]:
    try:
        yield
    except ArtworkError as error:
        found.setdefault(str(error), error)
