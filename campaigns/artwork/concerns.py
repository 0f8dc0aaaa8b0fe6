"""What a person should weigh of a design that can be drawn: nothing stops it, so it is said and kept."""

from collections.abc import Collection, Iterator

from campaigns.artwork import pictures
from campaigns.artwork.composing import Shown, arrange, shown_of
from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import layouts
from campaigns.artwork.sizes import SIZES, Size
from campaigns.languages import language_name

HIDDEN = 0.1  # of the focus: with less, what matters is still seen
SHARP = 150  # dots to the inch, below which a poster looks coarse from a step away


def concerns(design: Design) -> list[str]:
    """Return a sentence, with the sizes, the language and the mend, for each thing that will not look well.

    Words that lie on what matters in the picture, and a picture with too few pixels for its paper. What cannot be drawn
    is no concern: ``check`` says that.
    """
    shown = {size.key: found for size in SIZES.values() if (found := _shown(design, size))}
    if design.picture is None or not shown:
        return []
    picture = pictures.size_of(design.picture)
    hidden = {key: found.part.hidden for key, found in shown.items() if found.part.hidden > HIDDEN}
    dots = {key: _dots(found, SIZES[key], picture[0]) for key, found in shown.items() if SIZES[key].is_print}
    return [
        *_on_focus(design, hidden),
        *_coarse(design, {key: few for key, few in dots.items() if few < SHARP}, picture),
    ]


def _shown(design: Design, size: Size) -> Shown | None:
    try:
        return shown_of(arrange(design, size), design)
    except ArtworkError:
        return None


def _dots(shown: Shown, size: Size, across: int) -> int:
    """Return how many of the picture's pixels there are to an inch of paper."""
    return int(size.dpi * shown.part.box.width * across / shown.box.width)


def _on_focus(design: Design, hidden: dict[str, float]) -> Iterator[str]:
    if not hidden:
        return
    most = round(100 * max(hidden.values()))
    if layouts()[design.layout].ground == "picture":
        what = (
            f"words lie on what matters in the picture, on up to {most}% of its focal area. Shorten the words, choose"
        )
        mend = "a picture with more room around it, or a layout that has its words beside the picture."
    else:
        what = f"up to {most}% of the picture's focal area is cut off. Draw that area closer around what matters, or"
        mend = "choose a picture with more room around it."
    yield f"{_where(design, hidden)}: {what} {mend}"


def _coarse(design: Design, dots: dict[str, int], picture: tuple[int, int]) -> Iterator[str]:
    if not dots:
        return
    fewest = min(dots.values())
    least = " by ".join(str(-(-side * SHARP // fewest)) for side in picture)
    yield (
        f"{_where(design, dots)}: the picture is too small for the paper. It has {fewest} dots to the inch there, and "
        f"looks coarse with fewer than {SHARP}. Choose one of at least {least} pixels."
    )


def _where(design: Design, sizes: Collection[str]) -> str:
    *labels, last = (SIZES[key].label for key in sizes)
    return f"{', '.join(labels)}{' and ' if labels else ''}{last} in {language_name(design.language)}"
