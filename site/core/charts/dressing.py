"""What every picture has in common: its colours, its letters, its title, and the words inside for who cannot see it."""

from html import escape
from textwrap import wrap
from typing import Any

INK, LINE, GRID = "#1b1b1f", "#1f4e79", "#c9ccd3"  # on white: 17:1, 8.6:1; the grid carries no meaning
SAMPLE_INK = "#8a1c1c"  # on white: 9:1
FONT = "sans-serif"
LETTERS_IN_A_LINE = 78  # of a title


def dressed(drawing: Any, *, title: str, is_sample: bool, size: tuple[int, int]) -> Any:
    """Return ``drawing`` with its title and our colours; an invented one says so below the title.

    ``size`` is the width and height of the whole picture, in pixels, so that a page can leave room for it.
    """
    import altair as alt

    heading = alt.TitleParams(
        text=wrap(title, LETTERS_IN_A_LINE),
        subtitle="Sample data" if is_sample else "",
        anchor="start",
        color=INK,
        subtitleColor=SAMPLE_INK,
        subtitleFontWeight="bold",
        fontSize=16,
        subtitleFontSize=14,
        limit=size[0],
    )
    return (
        drawing.properties(
            width=size[0],
            height=size[1],
            title=heading,
            background="white",
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        .configure(font=FONT)
        .configure_axis(
            labelColor=INK, titleColor=INK, labelFontSize=13, titleFontSize=13, gridColor=GRID, domainColor=INK
        )
        .configure_view(stroke=None)
        .configure_text(fontSize=13)
    )


def as_svg(specification: dict[str, Any], *, title: str, description: str, is_sample: bool) -> str:
    """Return the picture as SVG with a title and a description inside, and no font from elsewhere."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(specification)
    opening, rest = svg.split(">", 1)
    words = f"{title}. Sample data." if is_sample else title
    labelled = f'{opening} role="img" aria-labelledby="title desc">'
    return f'{labelled}<title id="title">{escape(words)}</title><desc id="desc">{escape(description)}</desc>{rest}'
