"""A design laid out in one size: everything has its place and its colour here, and is drawn elsewhere.

Nothing but the picture is drawn yet, since the words' scrim depends on its pixels. Painting and printing put the same
composition on the same spots.
"""

import math
import unicodedata
from dataclasses import replace
from typing import NamedTuple

import segno

from campaigns import qr
from campaigns.artwork import contrast, pictures
from campaigns.artwork.alternative import alternative_text
from campaigns.artwork.boxes import Box
from campaigns.artwork.colouring import colours_for
from campaigns.artwork.compositions import Code, Composition, Picture, Scrim
from campaigns.artwork.cropping import Cover, Crop, part_of
from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.fonts import BOLD, REGULAR, is_right_to_left
from campaigns.artwork.layouts import Layout, layouts
from campaigns.artwork.lines import TooWideError, tidy
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.runs import MissingLetterError, Setting
from campaigns.artwork.sizes import SIZES, Size
from campaigns.artwork.stacking import Column, Part, Words, lowered, set_part, stack
from core.look.colours import TEXT

MARGIN = 0.06  # of the shorter side
CODE = 0.2  # of the shorter side: how wide the QR code is, about
CODE_MOST = 0.4
LONG_ADDRESS = "The address of the QR code is too long to be scanned; use the placement's short address."
FADE = 1.5  # margins over which a scrim comes up above the words
FOOT = 0.026  # of the shorter side: the letters of the council's name and of the address
STANDS = {"top": 0.0, "middle": 0.5, "bottom": 1.0}  # the share of what is left free that stands above the words


def compose(design: Design, size: Size) -> Composition:
    """Lay out ``design`` in one size.

    Raises:
        ArtworkError: something of it cannot be drawn in this size.
    """
    return with_picture(arrange(design, size), design)


def arrange(design: Design, size: Size) -> Composition:
    """Lay out the words of ``design`` and its code, without looking at the picture.

    Raises:
        ArtworkError: they do not fit, the layout is missing something, or this machine cannot draw.
    """
    if said := obstacle():
        raise ArtworkError(said)
    layout = layout_of(design)
    shape = layout.shapes[size.shape]
    mirrored = is_right_to_left(design.language)
    margin = MARGIN * size.shorter
    area = _on_page(shape.words, size, mirrored=mirrored).within(size.safe * size.height, (1 - size.safe) * size.height)
    area = area.inside(margin)
    foot, code = _foot(design, size, area)
    top = min((part.box.y for part in foot), default=area.bottom)
    column = Column(
        area=area.within(area.y, top - margin * 0.6),
        corner=code.box if code else None,
        size=size,
        largest=shape.headline * size.shorter,
        from_right=mirrored,
    )
    laid = stack(_parts(design), column, share=STANDS[layout.stand])
    return Composition(
        size=size,
        language=design.language,
        right_to_left=mirrored,
        colours=colours_for(layout.ground, design.main_colour, design.second_colour),
        words=(*laid, *foot),
        code=code,
        picture=None,
        scrim=None,
        alternative=alternative_text(design),
        council=design.council,
    )


def layout_of(design: Design) -> Layout:
    """Return the layout of ``design``, if it has what that needs.

    Raises:
        ArtworkError: there is no such layout, or no headline, or no picture for one that shows it.
    """
    layout = layouts().get(design.layout)
    if layout is None:
        raise ArtworkError(f"There is no layout “{design.layout}”; choose another.", field="layout")
    if not tidy(design.headline):
        raise ArtworkError("There is no headline; write one.", field="headline")
    if layout.needs_picture and design.picture is None:
        raise ArtworkError(
            f"The layout “{layout.label}” shows a picture; choose one, or a layout without.", field="picture"
        )
    return layout


def _on_page(fractions: Box, size: Size, *, mirrored: bool) -> Box:
    box = Box(
        fractions.x * size.width,
        fractions.y * size.height,
        fractions.width * size.width,
        fractions.height * size.height,
    )
    return box.mirrored(size.width) if mirrored else box


def _parts(design: Design) -> list[Part]:
    weights = {"headline": BOLD, "text": REGULAR, "action": BOLD}
    mirrored = is_right_to_left(design.language)
    return [
        _readable(Part(role, text, Setting(design.language, weight, mirrored), labelled=role == "action"))
        for role, weight in weights.items()
        if (text := tidy(getattr(design, role)))
    ]


def _readable(part: Part) -> Part:
    """Return ``part``, whose characters there all are in our fonts.

    Raises:
        ArtworkError: one is in none of them.
    """
    try:
        part.setting.runs(part.text.replace("\n", " "))
    except MissingLetterError as missing:
        letter = missing.letter
        shown = f"“{letter}” " if letter.isprintable() else ""
        name = unicodedata.name(letter, "a character without a name").lower()
        raise ArtworkError(
            f"The {part.role} has {shown}(U+{ord(letter):04X}, {name}), which is in none of the fonts for the language "
            f"“{part.setting.language}”; write it in other letters or leave it out.",
            field=part.role,
        ) from missing
    return part


def _foot(design: Design, size: Size, area: Box) -> tuple[list[Words], Code | None]:
    """Lay the council's name and the address in words at the near end of the foot, the code at the far one."""
    mirrored = is_right_to_left(design.language)
    code = _code(design, size, area, mirrored=mirrored)
    gap = MARGIN * size.shorter / 2
    width = area.width - (code.box.width + gap if code else 0)
    x = area.right - width if mirrored else area.x
    height = max(size.smallest, FOOT * size.shorter)
    parts = [
        Part("council", tidy(design.council), Setting(design.language, BOLD, mirrored)),
        Part("address", tidy(design.address_in_words), Setting("en", REGULAR, right_to_left=False)),
    ]
    laid: list[Words] = []
    y = 0.0
    for part in parts:
        if part.text:
            laid.append(_set_foot(_readable(part), height, Box(x, y, width, 0), size, from_right=mirrored))
            y = laid[-1].box.bottom
    down = area.bottom - y
    return [lowered(words, down) for words in laid], code


def _set_foot(part: Part, letters: float, place: Box, size: Size, *, from_right: bool) -> Words:
    """Lay a part of the foot; an address that is wider than its place goes on below after its site."""
    for text in (part.text, part.text.replace("/", "/\n", 1)):
        try:
            return set_part(replace(part, text=text), letters, place, from_right=from_right)
        except TooWideError as error:
            last = error
    raise ArtworkError(
        f"The {part.role} at the foot is too long for a line of the {size.in_a_sentence} (“{last.word}”); "
        "choose a shorter one."
    )


def _code(design: Design, size: Size, area: Box, *, mirrored: bool) -> Code | None:
    if not design.address:
        return None
    try:
        symbol = qr.symbol(design.address)
    except segno.DataOverflowError as error:
        raise ArtworkError(LONG_ADDRESS) from error
    modules = qr.modules_across(symbol)
    least = math.ceil(size.dpi / 25.4 / 2) if size.is_print else 3  # half a millimetre on paper
    module = max(round(CODE * size.shorter / modules), least)
    if (width := module * modules) > CODE_MOST * size.shorter:
        raise ArtworkError(LONG_ADDRESS)
    x, y = round(area.x if mirrored else area.right - width), round(area.bottom - width)
    return Code(symbol, Box(x, y, width, width), module, f"QR: {design.address_in_words or design.address}")


def with_picture(composition: Composition, design: Design) -> Composition:
    """Return ``composition`` with the pixels of its picture, and with the scrim that its words need on them.

    Raises:
        ArtworkError: the picture cannot be drawn, or the words cannot be read on it.
    """
    shown = shown_of(composition, design)
    if shown is None or design.picture is None:
        return composition
    layout, (box, part) = layout_of(design), shown
    pixels = pictures.cropped(design.picture, int(box.width), int(box.height), part.box)
    picture = Picture(box, pixels, design.picture_alternative)
    scrim = _scrim(composition, picture, layout) if layout.ground == "picture" else None
    return replace(composition, picture=picture, scrim=scrim)


class Shown(NamedTuple):
    """Where on the sheet the picture stands, and the part of it that is seen there."""

    box: Box
    part: Crop


def shown_of(composition: Composition, design: Design) -> Shown | None:
    """Return where the picture stands and what of it is shown, without reading its pixels; None where there is none.

    Raises:
        ArtworkError: it is no picture, or has too many pixels.
    """
    layout, size = layout_of(design), composition.size
    fractions = layout.shapes[size.shape].picture
    if fractions is None or design.picture is None:
        return None
    left, above, right, below = _on_page(fractions, size, mirrored=composition.right_to_left).corners
    box = Box(left, above, right - left, below - above)
    full = SIZES[size.key].width / size.width  # so that a preview shows the same part
    cover, aim = Cover(), 0.5
    if layout.ground == "picture":
        top = min(words.box.y for words in composition.words)
        aim = top / size.height / 2  # the middle of what the words leave free
        cover = _cover(composition, box, veil=(top - box.y) / box.height if layout.scrim else 1)
    spread = (box.width * full, box.height * full)
    return Shown(box, part_of(pictures.size_of(design.picture), design.focus, spread, cover, aim=aim))


def _cover(composition: Composition, box: Box, *, veil: float) -> Cover:
    """Return what lies on a picture in ``box``."""
    lying = [words.box for words in composition.words] + ([composition.code.box] if composition.code else [])
    return Cover(
        tuple(
            Box((on.x - box.x) / box.width, (on.y - box.y) / box.height, on.width / box.width, on.height / box.height)
            for on in lying
        ),
        veil,
    )


def _scrim(composition: Composition, picture: Picture, layout: Layout) -> Scrim | None:
    """Return the least scrim on which the words can be read, None where they can without."""
    size, colours = composition.size, composition.colours
    bare = [words.box for words in composition.words if not words.labelled]
    corners = [box.moved(-picture.box.x, -picture.box.y).corners for box in bare]
    under = contrast.colours_in(picture.pixels, corners)
    least = contrast.least_veil(colours.words, under, colours.veil)
    if not least:
        return None
    if not layout.scrim:
        reached = contrast.worst(colours.words, under)
        raise ArtworkError(
            f"The words reach a contrast of {reached:.1f}:1 where this picture is worst for them, and need {TEXT}:1. "
            f"A scrim of {least}% would do: choose a layout that lays one, or a picture that is darker there.",
            field="picture",
        )
    margin = MARGIN * size.shorter
    top = min(words.box.y for words in composition.words) - margin / 2
    veiled = picture.box.within(top, picture.box.bottom)
    return Scrim(Box(*map(round, veiled)), round(FADE * margin), least)
