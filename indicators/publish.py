"""What the public may see of a number. Every page, file, chart and API answer takes its numbers from here.

Answers to a question: a base and an effective base of 30 or more, whole percentages and whole limits, the base to
5. Counts of people or of what happened to them: withheld under 10, otherwise to 5, limits too; a share of them is
withheld where fewer than 10 are counted or fewer than 10 are not. Counts of other things and of views: whole.
Nothing else about a measurement leaves.
"""

import math
from dataclasses import dataclass
from datetime import date

from core import numbers
from indicators.enums import Marker
from indicators.models import Indicator, Measurement
from indicators.registry import Kind

SMALLEST_BASE = 30
SMALLEST_COUNT = 10
SAMPLE = "Sample data"


@dataclass(frozen=True, kw_only=True)
class Published:
    """A measurement as the public sees it: rounded, or withheld with the reason in ``markers``."""

    indicator: str
    area_code: str
    area_name: str
    period_start: date
    period_end: date
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    unit: str
    markers: tuple[str, ...]
    source: str
    wording_id: str
    is_sample: bool
    is_open: bool

    @property
    def is_withheld(self) -> bool:
        """Whether the value is kept back."""
        return self.value is None

    @property
    def marker(self) -> str:
        """The markers as printed: ``[b] [r]``."""
        return " ".join(f"[{marker}]" for marker in self.markers)

    @property
    def markers_explained(self) -> list[tuple[str, str]]:
        """Each marker in brackets with what it means."""
        return [(f"[{marker}]", str(Marker(marker).label)) for marker in self.markers]


def nearest(value: float, step: float = 1) -> float:
    """Return the multiple of ``step`` nearest to ``value``; halves go up, as people expect."""
    rounded = math.floor(value / step + 0.5) * step
    return int(rounded) if float(step).is_integer() else round(rounded, 6)


def _step(indicator: Indicator) -> float:
    """The step that the values of an indicator are rounded to."""
    if indicator.is_in_points:
        return 1
    if indicator.kind in {Kind.COUNT, Kind.PLAIN}:
        return 5 if indicator.counts_people else 1
    return 0.1


def _withheld(indicator: Indicator, measurement: Measurement) -> str:
    """The marker that stands in place of the value; nothing where it may be shown."""
    if measurement.marker == Marker.CONFIDENTIAL:
        return Marker.CONFIDENTIAL
    if indicator.kind in {Kind.SURVEY, Kind.PROPORTION}:
        if (measurement.n or 0) < SMALLEST_BASE:
            return Marker.CONFIDENTIAL
        if measurement.n_eff is not None and measurement.n_eff < SMALLEST_BASE:
            return Marker.UNRELIABLE
    if indicator.counts_people and _fewest(indicator, measurement) < SMALLEST_COUNT:
        return Marker.CONFIDENTIAL
    return ""


def _fewest(indicator: Indicator, measurement: Measurement) -> float:
    """The smallest number of people that the value stands for: those counted, and in a share those not counted."""
    counted, of = measurement.numerator, measurement.denominator
    if indicator.kind in {Kind.COUNT, Kind.PLAIN}:
        return measurement.value
    if indicator.kind == Kind.RATE:
        return counted or 0
    if indicator.kind == Kind.PROPORTION:
        return min(counted or 0, (of or 0) - (counted or 0))
    return math.inf


def _base(indicator: Indicator, measurement: Measurement) -> int | None:
    if measurement.n is None or indicator.kind == Kind.PLAIN:
        return None
    return int(nearest(measurement.n, 5))


def _source(measurement: Measurement) -> str:
    if not measurement.is_sample or measurement.source.startswith(SAMPLE):
        return measurement.source
    return SAMPLE if measurement.source == "sample" else f"{SAMPLE}. {measurement.source}"


def published(
    indicator: Indicator, measurement: Measurement, *, whole_area: tuple[str, str] = ("", ""), is_break: bool = False
) -> Published:
    """Return ``measurement`` as the public may see it.

    ``whole_area`` is the official code and name that stand for the whole area; ``is_break`` adds [b].
    """
    withheld = _withheld(indicator, measurement)
    marker = measurement.marker if not withheld else ""
    markers = [withheld, Marker.BREAK if is_break and marker != Marker.BREAK else "", marker]
    code, name = (measurement.area_code, measurement.area_name) if measurement.area_code else whole_area
    step = _step(indicator)

    def shown(number: float | None) -> float | None:
        return None if withheld or number is None else nearest(number, step)

    return Published(
        indicator=indicator.code,
        area_code=code,
        area_name=name,
        period_start=measurement.period_start,
        period_end=measurement.period_end,
        value=shown(measurement.value),
        lower=shown(measurement.lower),
        upper=shown(measurement.upper),
        n=None if withheld else _base(indicator, measurement),
        unit=indicator.unit,
        markers=tuple(str(marker) for marker in markers if marker),
        source=_source(measurement),
        wording_id=measurement.wording_id,
        is_sample=measurement.is_sample,
        is_open=measurement.sample_type == "open",
    )


def figure(value: float | None, unit: str) -> str:
    """Return a published number as readers of the language expect it: ``54%``, ``1,250``, ``3.4``."""
    if value is None:
        return ""
    text = numbers.number(value, 0 if float(value).is_integer() else 1)
    return numbers.in_order(f"{text}%" if unit == "%" else text)
