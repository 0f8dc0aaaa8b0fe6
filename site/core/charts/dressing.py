"""What every picture has in common: its colours, its letters, its title, and the words inside for who cannot see it."""

from html import escape
from typing import Any

WIDTH = 640
INK, LINE, GRID = "#1b1b1f", "#1f4e79", "#c9ccd3"  # on white: 17:1, 8.6:1; the grid carries no meaning
SAMPLE_INK = "#8a1c1c"  # on white: 9:1
FONT = "sans-serif"


def dressed(drawing: Any, *, title: str | list[str], is_sample: bool, height: int, width: int = WIDTH) -> Any:
    """Return ``drawing`` with its title, its size and our colours; an invented one says so below the title."""
    import altair as alt

    heading = alt.TitleParams(
        text=title,
        subtitle="Sample data" if is_sample else "",
        anchor="start",
        color=INK,
        subtitleColor=SAMPLE_INK,
        subtitleFontWeight="bold",
        fontSize=16,
        subtitleFontSize=14,
        limit=WIDTH,
    )
    return (
        drawing.properties(width=width, height=height, title=heading, background="white")
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
