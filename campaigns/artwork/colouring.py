"""The council's two colours put to use, so that words on each ground can be read."""

from dataclasses import dataclass

from campaigns.artwork.errors import ArtworkError
from core.look.colours import SHAPE, TEXT, contrast, nearest
from core.look.palette import INK, WHITE, by_day, by_night


@dataclass(frozen=True)
class Colours:
    """What a sheet is painted in. ``label`` is the box under the call to action, ``veil`` what a scrim is made of."""

    ground: str
    headline: str
    words: str
    label: str
    on_label: str
    veil: str


def colours_for(ground: str, main: str, second: str) -> Colours:
    """Return the colours of a layout whose words stand on ``ground``: paper, brand or picture.

    Raises:
        ArtworkError: the two cannot be told apart, or are no colours.
    """
    try:
        alike = contrast(main, second) < SHAPE
    except ValueError as error:
        raise ArtworkError(str(error), field="colours") from error
    if alike:
        raise ArtworkError(
            "The council's two colours are too much alike; choose one that is much lighter than the other.",
            field="colours",
        )
    if ground == "paper":
        strong = nearest(main, (WHITE,), TEXT)
        return Colours(WHITE, strong, INK, strong, WHITE, WHITE)
    tokens = by_day(main, second) if ground == "brand" else by_night(main, second)
    band, words, label = tokens["brand"], tokens["on-brand"], tokens["swell"]
    return Colours(band, words, words, label, nearest(band, (label,), TEXT), band)
