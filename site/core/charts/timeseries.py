"""One number over time, with its intervals, as an SVG."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from core.charts.dressing import INK, LINE, as_svg, dressed

DRAWING = 3  # raise it when the same numbers should look different
SIZE = (697, 393)  # as pages leave room for


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value at the end of its period; ``segment`` changes where the line must not join."""

    on: date
    value: float
    lower: float | None = None
    upper: float | None = None
    segment: int = 0


@dataclass(frozen=True, kw_only=True)
class TimeSeries:
    """What is drawn: published numbers only, oldest first. ``description`` says in words what the picture shows."""

    title: str
    description: str
    unit: str
    points: tuple[Point, ...] = field(default=())
    target: float | None = None
    is_sample: bool = False
    folder: str = "charts"

    def name(self) -> str:
        """Return the file name of the picture: the same numbers and words have the same name."""
        content = json.dumps([DRAWING, asdict(self)], default=str, sort_keys=True)
        return f"{self.folder}/{sha256(content.encode()).hexdigest()[:32]}.svg"

    def svg(self) -> str:
        """Return the picture."""
        return draw(self)


def _rows(series: TimeSeries) -> list[dict[str, Any]]:
    return [asdict(point) | {"on": point.on.isoformat()} for point in series.points]


def _domain(series: TimeSeries) -> list[float]:
    if series.unit == "%":
        return [0, 100]
    tops = [max(point.value, point.upper or 0) for point in series.points] + [series.target or 0]
    lows = [min(point.value, point.lower or 0) for point in series.points]
    return [min(0, *lows), max(tops) or 1]


def specification(series: TimeSeries) -> dict[str, Any]:
    """Return the picture in Vega-Lite: a line with gaps at breaks, a point and an interval bar for each value."""
    import altair as alt

    x = alt.X(
        "on:T",
        title=None,
        scale=alt.Scale(padding=24),
        axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6, grid=False),
    )
    axis = alt.Axis(labelExpr="datum.label + '%'") if series.unit == "%" else alt.Axis(format=",~f")
    title = None if series.unit == "%" else series.unit
    y = alt.Y("value:Q", title=title, scale=alt.Scale(domain=_domain(series), nice=True), axis=axis)
    base = alt.Chart(alt.Data(values=_rows(series)))
    layers: list[Any] = [
        base.mark_line(color=LINE, strokeWidth=2).encode(x=x, y=y, detail="segment:N"),
        base.mark_rule(color=LINE, strokeWidth=2)
        .encode(x=x, y=alt.Y("lower:Q", title=title), y2="upper:Q")
        .transform_filter("isValid(datum.lower)"),
        base.mark_point(color=LINE, fill=LINE, opacity=1, size=60).encode(x=x, y=y),
    ]
    if series.target is not None:
        layers += _level(series.target, f"Target {series.target:g}{'%' if series.unit == '%' else ''}")
    drawing = alt.layer(*layers)
    return dressed(drawing, title=series.title, is_sample=series.is_sample, size=SIZE).to_dict()


def _level(value: float, words: str) -> list[Any]:
    import altair as alt

    at = alt.Chart(alt.Data(values=[{"value": value, "words": words}])).encode(y=alt.Y("value:Q"))
    return [
        at.mark_rule(color=INK, strokeDash=[6, 4]),
        at.mark_text(color=INK, align="left", baseline="bottom", dx=4, dy=-2).encode(x=alt.value(0), text="words:N"),
    ]


def draw(series: TimeSeries) -> str:
    """Return the picture as SVG with a title and a description inside, and no font from elsewhere."""
    return as_svg(specification(series), title=series.title, description=series.description, is_sample=series.is_sample)
