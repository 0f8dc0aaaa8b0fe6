"""A published series in plain words: what a page says of it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.languages.marks import filled, said_in
from core.numbers import in_order, number
from indicators.direction import Direction, Verdict
from indicators.models import Indicator
from indicators.publish import Published, figure
from indicators.queries import Series
from indicators.registry import Kind

ARROWS = {Verdict.HIGHER: "↑", Verdict.LOWER: "↓"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One indicator in words. A sentence that does not apply is empty; ``arrow`` stands on headline ones only."""

    series: Series
    value: str
    period: str
    whom: str
    interval: str
    base: str
    meaning: str
    direction: str
    arrow: str
    baseline: str
    target: str
    is_sample: bool

    @property
    def indicator(self) -> Indicator:
        """The indicator told of."""
        return self.series.indicator

    @property
    def markers(self) -> list[tuple[str, str]]:
        """Every marker that its tables use, with what it means, each once."""
        points = (*self.series.points, *self.series.parts)
        return sorted({explained for point in points for explained in point.markers_explained})


def day(on: date) -> str:
    """Return a day as people write it: 5 March 2026."""
    return date_format(on)


def period(point: Published) -> str:
    """Return the days that a value is for."""
    if point.period_start == point.period_end:
        return day(point.period_start)
    return _("%(first)s to %(last)s") % {"first": day(point.period_start), "last": day(point.period_end)}


def value(point: Published) -> str:
    """Return a value with its unit, marked as English, and markers; the reason in words where it is withheld."""
    if point.is_withheld:
        marker, reason = point.markers_explained[0]
        return f"{marker} {reason}"
    measured = _measured(point.value, point.unit)
    return format_html("{} {}", measured, point.marker) if point.marker else measured


def _measured(value: float | None, unit: str) -> str:
    """Return a value with its unit, in the singular where it is one word for one thing: 54%, 12 events, 1 event."""
    if unit == "%":
        return figure(value, unit)
    unit = unit.removesuffix("s") if value == 1 and " " not in unit else unit
    return format_html(in_order("{} {}"), figure(value, unit), said_in(unit, settings.LANGUAGE_CODE))


def interval(point: Published) -> str:
    """Return the interval in words; an open survey's is never called a margin of error."""
    if point.lower is None or point.upper is None:
        return ""
    words = _("Range from chance alone: %(range)s") if point.is_open else _("Likely range: %(range)s")
    return words % {"range": limits(point)}


def limits(point: Published) -> str:
    """Return the two limits of the interval; nothing where there is none."""
    if point.lower is None or point.upper is None:
        return ""
    return _("%(first)s to %(last)s") % {
        "first": figure(point.lower, point.unit),
        "last": figure(point.upper, point.unit),
    }


def base(point: Published, kind: Kind) -> str:
    """Return how many the value rests on, to the nearest 5."""
    if point.n is None:
        return ""
    named = {"base": number(point.n)}
    if kind == Kind.SURVEY:
        return _("Based on about %(base)s answers") % named
    return _("Based on about %(base)s people or cases") % named


def meaning(point: Published | None, kind: Kind) -> str:
    """Return in one sentence what the interval means."""
    if kind == Kind.PLAIN or point is None or point.lower is None:
        return ""
    if point.is_open:
        return _(
            "Anybody could answer, so this is not representative: the range shows how much the number could differ by "
            "chance alone, and says nothing about people who did not answer."
        )
    if kind == Kind.SURVEY:
        return _(
            "If the survey were done again many times, about 95 in 100 of the ranges made this way would hold the "
            "true number (a 95% confidence interval)."
        )
    return _("The range shows how far the number could differ by chance if nothing else had changed (95% confidence).")


def _direction(series: Series, found: Direction | None) -> str:
    point = series.latest
    if series.indicator.kind == Kind.PLAIN:
        return _("A plain number has no range, no target and no direction.")
    if found is None or point is None or point.is_withheld:
        return ""
    if found.verdict == Verdict.FIRST:
        return _("First value: there is nothing to compare it with yet.")
    if found.since is None:
        return found.verdict.label
    return _("Since %(day)s: %(verdict)s") % {"day": day(found.since), "verdict": found.verdict.label}


def _target(series: Series) -> str:
    if series.target is None:
        return ""
    named = {"value": _measured(series.target.value, series.indicator.unit), "day": day(series.target.due)}
    if series.latest and series.latest.is_open:
        return filled(_("%(value)s by %(day)s. An open survey is not judged against a target."), **named)
    return filled(_("%(value)s by %(day)s"), **named)


def tell(series: Series) -> Told:
    """Return ``series`` in words."""
    point, kind = series.latest, Kind(series.indicator.kind)
    verdict = series.status.verdict if series.status and point and not point.is_withheld else None
    return Told(
        series=series,
        value=value(point) if point else _("No value yet"),
        period=period(point) if point else "",
        whom=_("of those who answered") if point and point.is_open and not point.is_withheld else "",
        interval=interval(point) if point else "",
        base=base(point, kind) if point else "",
        meaning=meaning(point, kind),
        direction=_direction(series, series.status),
        arrow=ARROWS.get(verdict, "") if verdict and series.indicator.headline else "",
        baseline=_direction(series, series.baseline) if series.baseline else "",
        target=_target(series),
        is_sample=series.is_sample,
    )
