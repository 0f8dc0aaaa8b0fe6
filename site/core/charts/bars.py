"""Shares of several answers with their intervals, as an SVG: a bar for each, and a line for how far it may be off."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from textwrap import wrap
from typing import Any

from core.charts.dressing import INK, LETTERS_IN_A_LINE, LINE, as_svg, dressed

DRAWING = 2  # raise it when the same numbers should look different
WIDTH = 640
ROW, LINE_OF_TITLE, AXIS = 40, 20, 40
LETTERS_IN_A_LABEL = 32
NEXT_LINE = "|"
BAR = "#9db8d2"  # behind the interval, which is 5.2:1 on it


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One answer: its share and limits, in whole percent."""

    label: str
    value: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, kw_only=True)
class Bars:
    """What is drawn: published numbers only. ``description`` says in words what the picture shows."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    is_sample: bool = False
    folder: str = "charts"

    @property
    def height(self) -> int:
        """How high the picture is, in pixels; it is ``WIDTH`` wide."""
        return ROW * len(self.bars) + LINE_OF_TITLE * (len(wrap(self.title, LETTERS_IN_A_LINE)) + self.is_sample) + AXIS

    def name(self) -> str:
        """Return the file name of the picture: the same numbers and words have the same name."""
        content = json.dumps([DRAWING, asdict(self)], sort_keys=True)
        return f"{self.folder}/{sha256(content.encode()).hexdigest()[:32]}.svg"

    def svg(self) -> str:
        """Return the picture."""
        words = {"title": self.title, "description": self.description, "is_sample": self.is_sample}
        return as_svg(specification(self), **words)  # type: ignore[arg-type]  # two words and a flag


def specification(bars: Bars) -> dict[str, Any]:
    """Return the picture in Vega-Lite: bars from nought to a hundred, in the order of the answers."""
    import altair as alt

    rows = [asdict(bar) | {"label": NEXT_LINE.join(wrap(bar.label, LETTERS_IN_A_LABEL))} for bar in bars.bars]
    axis = alt.Axis(labelExpr="datum.label + '%'", tickCount=5)
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=axis)
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(labelLimit=240, labelExpr=f"split(datum.label, '{NEXT_LINE}')", grid=False),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    drawing = alt.layer(
        base.mark_bar(color=BAR, size=ROW // 2).encode(x=x),
        base.mark_rule(color=LINE, strokeWidth=3)
        .encode(x=alt.X("lower:Q", title=None), x2="upper:Q")
        .transform_filter("isValid(datum.lower)"),
        base.mark_tick(color=INK, thickness=3, size=ROW // 2).encode(x=x),
    )
    return dressed(drawing, title=bars.title, is_sample=bars.is_sample, size=(WIDTH, bars.height)).to_dict()
