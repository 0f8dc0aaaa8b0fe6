"""What people took from it and what changed: what other rooms know, and the indicators that the plan claimed."""

from collections.abc import Iterator
from datetime import date

from campaigns.enums import Level
from campaigns.evaluation.lines import Line
from campaigns.models import Campaign, CampaignObjective
from campaigns.queries.evidence import evidence_of
from campaigns.registry import Evidence
from indicators import words
from indicators.direction import compare
from indicators.models import Indicator, Measurement
from indicators.publish import Published, figure
from indicators.queries import public_indicators, series, whole_area
from indicators.registry import Kind

NO_VALUE = "No value from the campaign's days or later yet"


def evidence_lines(campaign: Campaign) -> Iterator[Line]:
    """Yield what other rooms know of what people took from ``campaign``, and of what changed."""
    for one in evidence_of(campaign):
        yield Line(
            level=one.level,
            label=one.label,
            value=one.value,
            shown=_shown(one),
            unit=one.unit,
            interval=_interval(one),
            base=f"{one.n} answers" if one.n is not None else "",
            method=one.method,
            source=one.source,
            about=one.sentence,
            url=one.url,
            is_sample=one.is_sample,
            rests_on=one.rests_on,
        )


def _shown(one: Evidence) -> str:
    if one.value is None:
        return f"{one.marker} withheld" if one.marker else "No number"
    return f"{_measured(one.value, one.unit)} {one.marker}".strip()


def _interval(one: Evidence) -> str:
    if one.lower is None or one.upper is None:
        return ""
    return f"Range: {figure(one.lower, one.unit)} to {figure(one.upper, one.unit)}"


def _measured(value: float | None, unit: str) -> str:
    shown = figure(value, unit)
    return shown if unit == "%" else f"{shown} {unit}".strip()


def indicator_lines(campaign: Campaign) -> Iterator[Line]:
    """Yield a line for each objective of the plan that names an indicator: its last value, and the change in words."""
    for objective in campaign.plan_objectives.exclude(indicator=None).select_related("indicator"):
        yield _indicator_line(campaign, objective)


def _indicator_line(campaign: Campaign, objective: CampaignObjective) -> Line:
    indicator = objective.indicator
    assert indicator is not None  # noqa: S101  (the query above)
    record = _record(objective)
    later = [(point, raw) for point, raw in record if point.period_end >= campaign.starts]
    point, raw = later[-1] if later else (None, None)
    wanted = (
        f"{objective.what}. The plan: from {_measured(objective.baseline, indicator.unit)} to "
        f"{_measured(objective.target, indicator.unit)}."
    )
    stood = (
        f"Where it stood: {objective.baseline_source} ({words.day(objective.baseline_on)})."
        if objective.baseline_on
        else ""
    )
    return Line(
        level=Level.OUTCOME,
        label=str(indicator),
        value=point.value if point else None,
        shown=_value(point),
        unit=indicator.unit,
        interval=words.interval(point) if point else "",
        base=words.base(point, Kind(indicator.kind)) if point else "",
        method=indicator.get_kind_display(),
        source=f"{point.source} ({words.period(point)})" if point else indicator.source,
        about=" ".join(filter(None, (wanted, stood, _change(objective, record, raw)))),
        url=indicator.get_absolute_url(),
        is_sample=any(known.is_sample for known, _ in record),
        rests_on=tuple(value_of(indicator, day) for day in (objective.baseline_on, point and point.period_end) if day),
    )


def value_of(indicator: Indicator, period_end: date) -> str:
    """Return what the value of ``indicator`` for the period to ``period_end`` is called in an evaluation."""
    return f"indicator:{indicator.code}:{period_end.isoformat()}"


def _record(objective: CampaignObjective) -> list[tuple[Published, Measurement]]:
    """Return the values of the objective's indicator for the whole area, as the public sees them and as they are."""
    indicator = public_indicators().filter(pk=objective.indicator_id or 0).first()
    if indicator is None:
        return []
    whole = [measurement for measurement in indicator.record if not measurement.area_code]  # type: ignore[attr-defined]
    return list(zip(series(indicator, whole_area()).points, whole, strict=True))


def _value(point: Published | None) -> str:
    if point is None:
        return NO_VALUE
    return str(words.value(point))


def _change(
    objective: CampaignObjective, record: list[tuple[Published, Measurement]], later: Measurement | None
) -> str:
    """Return in words how the last value compares with where it stood: only where both were measured alike."""
    if later is None or objective.indicator is None:
        return ""
    earlier = [raw for point, raw in record if point.period_end == objective.baseline_on and not point.is_withheld]
    if not earlier or earlier[-1] is later:
        return "Where it stood was not measured alike, so nothing is said of a change."
    kind, in_points = Kind(objective.indicator.kind), objective.indicator.is_in_points
    verdict = compare(earlier[-1], later, kind, in_points=in_points).verdict
    return f"Since then: {verdict.value}."
